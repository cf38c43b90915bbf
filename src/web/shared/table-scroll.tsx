import { type ReactNode, useEffect, useRef, useState } from 'react';

/** A table that may be wider than its place: then it scrolls sideways, by keyboard too. */
export function TableScroll({ label, children }: { label?: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [wide, setWide] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => setWide(element.scrollWidth > element.clientWidth + 1);
    const watch = new ResizeObserver(look);
    watch.observe(element);
    for (const child of element.children) watch.observe(child);
    return () => watch.disconnect();
  }, []);
  return (
    <div
      ref={box}
      className="table-scroll"
      {...(wide ? { tabIndex: 0, role: 'group', 'aria-label': label ?? '' } : {})}
    >
      {children}
    </div>
  );
}
