/** Addresses of the pages. They carry ids and page names only: never a customer's name or number. */
import { type AnchorHTMLAttributes, type MouseEvent, useEffect, useSyncExternalStore } from 'react';
import { anythingUnsaved, useAskBeforeLeaving } from '../shared/unsaved.ts';

/** The page that is shown. Going back in the browser changes the address first: it may still be asked about. */
let shown: string | null = null;
const listeners = new Set<() => void>();
/** Asks whether what is being written may be lost; set while a page is open. */
let ask: ((leave: () => void) => void) | null = null;

function show(path: string): void {
  shown = path;
  for (const listener of listeners) listener();
}

function moved(): void {
  const to = window.location.pathname;
  if (to === shown) return;
  if (ask === null || shown === null || !anythingUnsaved()) show(to);
  else {
    window.history.pushState(null, '', shown);
    ask(() => go(to));
  }
}

function subscribe(listener: () => void) {
  if (listeners.size === 0) {
    shown = window.location.pathname;
    window.addEventListener('popstate', moved);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('popstate', moved);
  };
}

const path = () => {
  shown ??= window.location.pathname;
  return shown;
};

export function usePath(): string {
  return useSyncExternalStore(subscribe, path);
}

/** What follows from something that was done; where a person wants to go elsewhere, `Link` asks about unsaved work first. */
export function go(to: string, options: { replace?: boolean } = {}): void {
  if (to === window.location.pathname) return;
  if (options.replace) window.history.replaceState(null, '', to);
  else window.history.pushState(null, '', to);
  window.scrollTo(0, 0);
  show(to);
}

/** Lets links and the browser's back button ask before unsaved work is left. */
export function useLeaveGuard(): (leave: () => void) => void {
  const question = useAskBeforeLeaving();
  useEffect(() => {
    ask = question;
    return () => {
      ask = null;
    };
  });
  return question;
}

type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { to: string };

export function Link({ to, onClick, ...rest }: LinkProps) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!plain || event.defaultPrevented) return;
    event.preventDefault();
    if (ask === null || to === shown) go(to);
    else ask(() => go(to));
  };
  return <a href={to} onClick={follow} {...rest} />;
}
