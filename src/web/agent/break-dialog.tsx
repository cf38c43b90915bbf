import { Button, Modal } from 'antd';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { AgentMessage } from '../../contract/live.ts';
import { agent } from '../i18n/agent/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { words } from '../i18n/words/index.ts';
import { Key } from '../shared/key.tsx';
import { useDesk } from './desk-provider.tsx';

type Reason = Extract<AgentMessage, { type: 'break' }>['reason'];
const reasons: readonly Reason[] = ['rest', 'meal', 'noon-cover', 'training', 'coaching', 'meeting', 'technical'];

/** One press each: a digit or a click takes the break with its reason. */
export function BreakDialog({ open, during, close }: { open: boolean; during: boolean; close: () => void }) {
  const t = useTexts(agent).breakDialog;
  const w = useTexts(words).breakReasons;
  const { command } = useDesk();
  const list = useRef<HTMLUListElement>(null);
  const take = (reason: Reason | undefined) => {
    if (!reason) return;
    close();
    void command({ type: 'break', reason });
  };
  const press = (event: KeyboardEvent) => {
    if (/^[1-9]$/.test(event.key)) take(reasons[Number(event.key) - 1]);
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
      <ul className="choice-list" ref={list} onKeyDown={press}>
        {reasons.map((reason, index) => (
          <li key={reason}>
            <Button block size="large" onClick={() => take(reason)} data-testid={`break-${reason}`}>
              <Key>{index + 1}</Key>
              <span className="grow">{w[reason]}</span>
            </Button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
