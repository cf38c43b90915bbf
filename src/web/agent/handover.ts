/**
 * Only one window takes calls. When it closes, or its page dies, the one it took the desk from goes on by itself, so that no customer is
 * put through to nobody. Whose turn it is is a lock that the browser gives on: a page that ends has no time left to say so.
 */
import { useCallback, useEffect, useRef, useState } from 'react';

const name = 'fairline.desk';

/** Asks for the desk's lock. `taken`: it was there, and another window took it. */
function hold(options: LockOptions, told: { got(letGo: () => void): void; taken(letGo: () => void): void }): void {
  // Pages without a secure context have no locks: there the button is left.
  const locks: LockManager | undefined = navigator.locks;
  let letGo: (() => void) | null = null;
  const kept = () =>
    new Promise<void>((resolve) => {
      letGo = resolve;
      told.got(resolve);
    });
  locks?.request(name, options, kept).catch(() => {
    if (letGo !== null) told.taken(letGo);
  });
}

/** `live`: this window takes the calls; `waiting`: another does. Of a window in another browser nothing is known: there, too, the button is left. */
export function useHandover({ live, waiting, takeOver }: { live: boolean; waiting: boolean; takeOver: () => void }) {
  const letGo = useRef<(() => void) | null>(null);
  /** Another window of this browser took the lock, so it had one: when it is free again that window has ended. */
  const [taken, setTaken] = useState(false);
  const goOn = useRef(takeOver);
  useEffect(() => {
    goOn.current = takeOver;
  });

  const keep = useCallback((options: LockOptions, then: () => void) => {
    hold(options, {
      got(end) {
        letGo.current = end;
        setTaken(false);
        then();
      },
      taken(end) {
        if (letGo.current !== end) return;
        letGo.current = null;
        setTaken(true);
      },
    });
  }, []);

  useEffect(() => {
    if (live && letGo.current === null) keep({ steal: true }, () => {});
  }, [live, keep]);

  useEffect(() => {
    if (!waiting || !taken) return;
    const stop = new AbortController();
    keep({ signal: stop.signal }, () => goOn.current());
    return () => stop.abort();
  }, [waiting, taken, keep]);

  useEffect(() => () => letGo.current?.(), []);
}
