import type { ReactNode } from 'react';

/** A key drawn on its button; the button's own words say what it does. */
export function Key({ children }: { children: ReactNode }) {
  return (
    <span className="key" aria-hidden="true">
      {children}
    </span>
  );
}
