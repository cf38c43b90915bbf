import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { dialogOpen } from '../dialog-open.ts';
import { Key } from '../key.tsx';
import { belongsToFocus, type KeySet, keyName, readKeys, writeKeys } from './key-set.ts';

type Handlers<A extends string> = Partial<Record<A, () => void>> & { digit?: (digit: number) => void };

export type Keys<A extends string> = {
  set: KeySet<A>;
  map: Record<A, string>;
  change: (action: A, key: string) => void;
  reset: () => void;
  /** While keys are being changed or a dialog asks something, the desk does not act on them. */
  pause: (paused: boolean) => void;
  register: (handlers: { current: Handlers<A> }) => () => void;
};

/** The keys of one desk: who provides them, acts on them, shows them on buttons and changes them. */
export function makeKeys<A extends string>(set: KeySet<A>) {
  const Context = createContext<Keys<A> | null>(null);

  function useKeys(): Keys<A> {
    const keys = useContext(Context);
    if (!keys) throw new Error('useKeys needs a KeysProvider');
    return keys;
  }

  function KeysProvider({ children }: { children: ReactNode }) {
    const [map, setMap] = useState(() => readKeys(set));
    const paused = useRef(false);
    const registered = useRef(new Set<{ current: Handlers<A> }>());
    useEffect(() => {
      const press = (event: KeyboardEvent) => {
        const name = keyName(event);
        // Taken already: a digit that answered a dialog does nothing behind it.
        if (event.defaultPrevented || paused.current || name === '') return;
        if (belongsToFocus(name, event.target) || dialogOpen()) return;
        const action = set.actions.find((candidate) => map[candidate] === name);
        if (event.repeat && (action === undefined || !set.repeats?.includes(action))) return;
        const digit = action === undefined && /^\d$/.test(name) ? Number(name) : null;
        for (const { current } of registered.current) {
          const run = action ? current[action] : undefined;
          if (run) run();
          else if (digit !== null && current.digit) current.digit(digit);
          else continue;
          event.preventDefault();
          return;
        }
      };
      const early = set.early ?? false;
      window.addEventListener('keydown', press, early);
      return () => window.removeEventListener('keydown', press, early);
    }, [map]);
    const register = useCallback((handlers: { current: Handlers<A> }) => {
      registered.current.add(handlers);
      return () => void registered.current.delete(handlers);
    }, []);
    const keys = useMemo<Keys<A>>(() => {
      const keep = (next: Record<A, string>) => {
        writeKeys(set, next);
        setMap(next);
      };
      return {
        set,
        map,
        register,
        change: (action, key) => keep({ ...map, [action]: key }),
        reset: () => keep(set.usual),
        pause: (value) => {
          paused.current = value;
        },
      };
    }, [map, register]);
    return <Context value={keys}>{children}</Context>;
  }

  /** Acts on keys for as long as the component is shown; always with the newest handlers. */
  function useKeyActions(handlers: Handlers<A>): void {
    const { register } = useKeys();
    const latest = useRef(handlers);
    latest.current = handlers;
    useEffect(() => register(latest), [register]);
  }

  /** The present key of an action, to stand on its button; nothing where no keys act. */
  function KeyHint({ action }: { action: A }) {
    const keys = useContext(Context);
    return keys === null ? null : <Key>{keys.map[action]}</Key>;
  }

  return { KeysProvider, useKeys, useKeyActions, KeyHint };
}
