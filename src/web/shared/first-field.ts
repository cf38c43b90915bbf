import { type RefObject, useRef } from 'react';

/** A dialog to be filled in is written into at once: without this the cross that closes it has the focus. */
export function useFirstField(): { body: RefObject<HTMLDivElement | null>; afterOpenChange: (open: boolean) => void } {
  const body = useRef<HTMLDivElement>(null);
  return {
    body,
    afterOpenChange: (open) => {
      if (open) body.current?.querySelector<HTMLElement>('input, textarea')?.focus();
    },
  };
}
