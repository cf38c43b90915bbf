import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { dialogOpen } from '../../shared/dialog-open.ts';
import { Key } from '../../shared/key.tsx';
import {
  isPlainKey,
  isTyping,
  type KeyAction,
  type KeyMap,
  keyActions,
  keyName,
  readKeys,
  usualKeys,
  writeKeys,
} from './key-map.ts';

type Handlers = Partial<Record<KeyAction, () => void>> & { digit?: (digit: number) => void };
type Keys = {
  map: KeyMap;
  change: (action: KeyAction, key: string) => void;
  reset: () => void;
  /** While keys are being changed or a dialog asks something, the desk does not act on them. */
  pause: (paused: boolean) => void;
  register: (handlers: { current: Handlers }) => () => void;
};

const Context = createContext<Keys | null>(null);

export function useKeys(): Keys {
  const keys = useContext(Context);
  if (!keys) throw new Error('useKeys needs a KeysProvider');
  return keys;
}

export function KeysProvider({ children }: { children: ReactNode }) {
  const [map, setMap] = useState(readKeys);
  const paused = useRef(false);
  const registered = useRef(new Set<{ current: Handlers }>());
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const name = keyName(event);
      if (event.defaultPrevented) return;
      if (paused.current || name === '' || event.repeat || (isPlainKey(name) && isTyping(event.target))) return;
      if (dialogOpen()) return;
      const action = keyActions.find((candidate) => map[candidate] === name);
      for (const { current } of registered.current) {
        const run = action ? current[action] : undefined;
        const digit = /^\d$/.test(name) ? Number(name) : null;
        if (run) run();
        else if (!action && digit !== null && current.digit) current.digit(digit);
        else continue;
        event.preventDefault();
        return;
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [map]);
  const register = useCallback((handlers: { current: Handlers }) => {
    registered.current.add(handlers);
    return () => void registered.current.delete(handlers);
  }, []);
  const keys = useMemo<Keys>(() => {
    const keep = (next: KeyMap) => {
      writeKeys(next);
      setMap(next);
    };
    return {
      map,
      register,
      change: (action, key) => keep({ ...map, [action]: key }),
      reset: () => keep(usualKeys),
      pause: (value) => {
        paused.current = value;
      },
    };
  }, [map, register]);
  return <Context value={keys}>{children}</Context>;
}

/** Acts on keys for as long as the component is shown; always with the newest handlers. */
export function useKeyActions(handlers: Handlers): void {
  const { register } = useKeys();
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => register(latest), [register]);
}

/** The present key of an action, to stand on its button. */
export function KeyHint({ action }: { action: KeyAction }) {
  return <Key>{useKeys().map[action]}</Key>;
}
