import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { agent } from '../i18n/agent/index.ts';
import { useLocale, useTexts } from '../i18n/locale.tsx';
import { Key } from '../shared/key.tsx';
import { reasonsQuery } from '../shared/reason-lists.ts';
import { QueryView } from '../shared/states.tsx';
import { useDesk } from './desk-provider.tsx';

/** One press each: a click, or a digit for the first nine, takes the break with its reason. */
export function BreakDialog({ open, during, close }: { open: boolean; during: boolean; close: () => void }) {
  const t = useTexts(agent).breakDialog;
  const { locale } = useLocale();
  const { command } = useDesk();
  const list = useRef<HTMLUListElement>(null);
  const query = useQuery(reasonsQuery('break-reasons'));
  const reasons = query.data?.items.filter(({ offered }) => offered) ?? [];
  const take = (reason: string | undefined) => {
    if (reason === undefined) return;
    close();
    void command({ type: 'break', reason });
  };
  const press = (event: KeyboardEvent) => {
    if (!/^[1-9]$/.test(event.key)) return;
    // Taken here: the dialog may be gone before the desk sees the key, and a digit chooses an outcome there.
    event.preventDefault();
    take(reasons[Number(event.key) - 1]?.code);
  };
  useEffect(() => {
    if (!open) return;
    // After the dialog has taken the focus for itself.
    const timer = window.setTimeout(() => list.current?.querySelector('button')?.focus(), 50);
    return () => window.clearTimeout(timer);
  }, [open]);
  return (
    <Modal title={t.title} open={open} onCancel={close} footer={null} width={380}>
      {during ? <p className="muted">{t.during}</p> : null}
      <QueryView query={query}>
        {() => (
          <ul className="choice-list" ref={list} onKeyDown={press}>
            {reasons.map(({ code, label }, index) => (
              <li key={code}>
                <Button block size="large" onClick={() => take(code)} data-testid={`break-${code}`}>
                  {index < 9 ? <Key>{index + 1}</Key> : null}
                  <span className="grow">{label[locale]}</span>
                </Button>
              </li>
            ))}
          </ul>
        )}
      </QueryView>
    </Modal>
  );
}
