import { type ReactNode, useEffect, useRef, useState } from 'react';

/** On which sides more is than is seen. */
type Beyond = 'left' | 'right' | 'both' | null;

function beyond({ scrollLeft, scrollWidth, clientWidth }: HTMLElement): Beyond {
  const left = scrollLeft > 1;
  const right = scrollWidth - clientWidth - scrollLeft > 1;
  if (left && right) return 'both';
  if (left) return 'left';
  return right ? 'right' : null;
}

/** A table that may be wider than its place: then it scrolls sideways, by keyboard too, and its edge fades where it goes on. */
export function TableScroll({ label, children }: { label?: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [more, setMore] = useState<Beyond>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => setMore(beyond(element));
    const watch = new ResizeObserver(look);
    watch.observe(element);
    for (const child of element.children) watch.observe(child);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      watch.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  return (
    <div
      ref={box}
      className="table-scroll"
      {...(more === null
        ? {}
        : { 'data-beyond': more, tabIndex: 0, role: 'group', ...(label === undefined ? {} : { 'aria-label': label }) })}
    >
      {children}
    </div>
  );
}
