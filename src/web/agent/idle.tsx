import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { AgentView } from '../../contract/agent-desk.ts';
import { api } from '../api/client.ts';
import { agent } from '../i18n/agent/index.ts';
import { useFormat, useTexts, word } from '../i18n/locale.tsx';
import { words } from '../i18n/words/index.ts';
import { Badge, Panel } from '../shared/page.tsx';
import { useBreakWord } from '../shared/reason-lists.ts';
import { QueryView, StatePanel } from '../shared/states.tsx';
import { useDeskCampaign } from './campaign.ts';
import { useDesk, useDeskNow } from './desk-provider.tsx';
import { Today } from './today.tsx';

function Appointments() {
  const t = useTexts(agent).appointments;
  const w = useTexts(words).taskKinds;
  const format = useFormat();
  const now = useDeskNow();
  const query = useQuery({
    queryKey: ['appointments'],
    queryFn: ({ signal }) => api('GET /api/agent/appointments', { signal }),
    refetchInterval: 30_000,
  });
  return (
    <Panel title={t.title}>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="muted">{t.none}</p>
          ) : (
            <ul className="line-list">
              {items.map((item) => (
                <li key={item.contactId} className="row spread">
                  <span>
                    <span className="strong">{item.contactName}</span>{' '}
                    <span className="muted small">{word(w, item.kind)}</span>
                  </span>
                  <span className="row">
                    {item.at <= now ? <Badge tone="warn">{t.due}</Badge> : null}
                    <span className="nowrap">{format.moment(item.at)}</span>
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Panel>
  );
}

/** Between calls: what happens next, appointments and the own day. */
export function Idle({ view }: { view: AgentView }) {
  const t = useTexts(agent);
  const breakWord = useBreakWord();
  const { command } = useDesk();
  const onBreak = view.presence === 'on-break';
  const leg = view.legState;
  const runs = useDeskCampaign(view.campaignId, 15_000).data?.running ?? true;
  return (
    <div className="idle">
      <section className="panel idle-main">
        {onBreak ? (
          <StatePanel icon="coffee" title={t.onBreak.title(breakWord(view.breakReason))} hint={t.onBreak.hint} />
        ) : leg === 'absent' ? (
          <StatePanel icon="alert" title={t.waiting.notReady} hint={t.waiting.legAbsent} alert>
            <Button type="primary" onClick={() => void command({ type: 'ready' })}>
              {t.waiting.connectLine}
            </Button>
          </StatePanel>
        ) : leg === 'dialling' ? (
          <StatePanel icon="phone" title={t.waiting.notReady} hint={t.waiting.legDialling} />
        ) : view.activity === 'ready' && !runs ? (
          <StatePanel icon="clock" title={t.waiting.paused} hint={t.waiting.pausedHint} />
        ) : view.activity === 'ready' ? (
          <StatePanel icon="phone" title={t.waiting.title} hint={t.waiting.hint} />
        ) : (
          <StatePanel icon="clock" title={t.waiting.notReady} />
        )}
        {view.maySell ? null : <p className="note tone-warn">{t.noSelling}</p>}
      </section>
      <div className="column">
        <Today today={view.today} />
        <Appointments />
      </div>
    </div>
  );
}
