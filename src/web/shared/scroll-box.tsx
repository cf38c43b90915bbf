import type { ReactNode } from 'react';

/** A part of a page that scrolls on its own, also by keyboard. */
export function ScrollBox({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without focus its content cannot be scrolled by keyboard (WCAG 2.1.1).
    <section className="tall-scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
