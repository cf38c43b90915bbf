import { Button, Modal } from 'antd';
import { useState } from 'react';
import type { AgentView } from '../../contract/agent-desk.ts';
import { agent } from '../i18n/agent/index.ts';
import { common } from '../i18n/common/index.ts';
import { useFormat, useTexts } from '../i18n/locale.tsx';
import { words } from '../i18n/words/index.ts';
import { bandState } from '../shared/band-meter.tsx';
import { Icon, type IconName } from '../shared/icons.tsx';
import { Badge } from '../shared/page.tsx';
import { useBreakWord } from '../shared/reason-lists.ts';
import { BreakDialog } from './break-dialog.tsx';
import { useDesk, useDeskNow } from './desk-provider.tsx';
import { KeyHint, useKeyActions } from './keys/agent-keys.ts';

type Look = { tone: string; icon: IconName };
const looks: Record<AgentView['activity'], Look> = {
  none: { tone: 'idle', icon: 'stop' },
  ready: { tone: 'ready', icon: 'check' },
  reserved: { tone: 'reserved', icon: 'phone' },
  ringing: { tone: 'reserved', icon: 'phone' },
  talking: { tone: 'talking', icon: 'phone' },
  'wrap-up': { tone: 'wrap-up', icon: 'clock' },
};

/** With a customer on the screen the day's figures are not; the one that the team is led by stays in sight. */
function Utilization({ today: { signedInMs, talkMs, band } }: { today: AgentView['today'] }) {
  const w = useTexts(words).figures;
  const format = useFormat();
  const talk = signedInMs > 0 ? talkMs / signedInMs : null;
  const state = bandState(talk, band);
  return (
    <span className="status-utilization" data-testid="utilization">
      <span className="small muted">{w.talkUtilization}</span> <strong>{format.percent(talk)}</strong>{' '}
      {state ? <Badge tone={state.tone}>{w[state.word]}</Badge> : null}
    </span>
  );
}

/** State and timers at the left, what the agent can do at the right; always in the same place. */
export function StatusBar({ view }: { view: AgentView }) {
  const t = useTexts(agent);
  const c = useTexts(common);
  const w = useTexts(words);
  const format = useFormat();
  const now = useDeskNow();
  const breakWord = useBreakWord();
  const { command } = useDesk();
  const [asking, ask] = useState<'break' | 'sign-out' | null>(null);
  const onBreak = view.presence === 'on-break';
  const busy = view.activity !== 'none' && view.activity !== 'ready';
  const look: Look = onBreak ? { tone: 'break', icon: 'coffee' } : looks[view.activity];
  const state = onBreak ? w.presence['on-break'] : w.activity[view.activity];
  const left = view.deadlineAt === null ? null : view.deadlineAt - now;
  const ready = () => void command({ type: 'ready' });
  const maySayReady = onBreak || view.activity === 'none';
  useKeyActions({
    ...(maySayReady ? { ready } : {}),
    ...(onBreak ? {} : { break: () => ask('break') }),
  });
  return (
    <section className={`status-bar look-${look.tone}`} aria-label={state}>
      <div className="status-state" data-testid="agent-state">
        <span className="status-icon">
          <Icon name={look.icon} size={22} />
        </span>
        <div>
          <strong>{state}</strong>
          {onBreak ? <span className="small"> {breakWord(view.breakReason)}</span> : null}
          <span className="status-clock" data-testid="state-clock">
            {format.clock(now - view.since)}
          </span>
        </div>
      </div>
      {left !== null && view.activity === 'wrap-up' ? (
        <div className={left < 15_000 ? 'status-left urgent' : 'status-left'}>
          <span className="small">{left < 0 ? t.timers.overdue : t.timers.left}</span>
          <strong>{format.clock(Math.abs(left))}</strong>
        </div>
      ) : left !== null && view.call?.state === 'preview' ? (
        <div className="status-left" data-testid="preview-left">
          <span className="small">{t.timers.preview}</span>
          <strong>{format.clock(Math.max(0, left))}</strong>
        </div>
      ) : null}
      <span className={`badge tone-${view.legState === 'joined' ? 'ok' : 'warn'}`}>{t.line[view.legState]}</span>
      {view.next ? (
        <span className="row next-presence">
          <span className="badge tone-info">
            {view.next.presence === 'on-break' ? t.next['on-break'](breakWord(view.next.reason)) : t.next['signed-out']}
          </span>
          <Button size="small" onClick={ready}>
            {t.actions.cancelNext}
          </Button>
        </span>
      ) : null}
      <span className="grow" />
      {view.call ? <Utilization today={view.today} /> : null}
      {maySayReady ? (
        <Button type="primary" size="large" onClick={ready} data-testid="ready">
          {onBreak ? t.onBreak.back : t.actions.ready} <KeyHint action="ready" />
        </Button>
      ) : null}
      {onBreak ? null : (
        <Button size="large" icon={<Icon name="coffee" />} onClick={() => ask('break')} data-testid="break">
          {t.actions.break} <KeyHint action="break" />
        </Button>
      )}
      <Button size="large" onClick={() => ask('sign-out')} data-testid="sign-out-campaign">
        {t.actions.signOut}
      </Button>
      <BreakDialog open={asking === 'break'} during={busy} close={() => ask(null)} />
      <Modal
        title={t.signOutDialog.title}
        open={asking === 'sign-out'}
        okText={t.actions.signOut}
        cancelText={c.cancel}
        onCancel={() => ask(null)}
        onOk={() => {
          ask(null);
          void command({ type: 'sign-out' });
        }}
      >
        <p>{t.signOutDialog.body}</p>
      </Modal>
    </section>
  );
}
