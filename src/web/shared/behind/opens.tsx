import { Drawer } from 'antd';
import { type ReactNode, useState } from 'react';
import { behind } from '../../i18n/behind/index.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { CallsBehind } from './calls-behind.tsx';
import { type Asked, useSource } from './source.ts';

/** A figure that opens down to what it counted; plain text where nobody gave a source, or where there is nothing to see. */
export function Opens({ children, count, ...asked }: Asked & { children: ReactNode; count: number | null }) {
  const t = useTexts(behind);
  const source = useSource();
  const [open, setOpen] = useState(false);
  if (source === null || count === null || count === 0) return <>{children}</>;
  const name = asked.week === 'before' ? t.before(t.figures[asked.figure]) : t.figures[asked.figure];
  return (
    <>
      <button type="button" className="link-button" title={t.open(name)} onClick={() => setOpen(true)}>
        {children}
      </button>
      <Drawer
        title={name}
        size={Math.min(920, window.innerWidth)}
        open={open}
        onClose={() => setOpen(false)}
        destroyOnHidden
        rootClassName="no-print"
      >
        {open ? <CallsBehind source={source} asked={asked} /> : null}
      </Drawer>
    </>
  );
}
