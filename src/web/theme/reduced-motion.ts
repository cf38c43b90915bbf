import { useSyncExternalStore } from 'react';

const question = '(prefers-reduced-motion: reduce)';

function subscribe(listener: () => void) {
  const media = window.matchMedia(question);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

/** Whether the system's user asked for as little motion as possible. */
export const useReducedMotion = (): boolean =>
  useSyncExternalStore(subscribe, () => window.matchMedia(question).matches);
