/** Live calls of the agents within one's sight: listen, whisper, speak with both, take the customer over. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Radio } from 'antd';
import { Suspense } from 'react';
import type { FloorAgent, Listening, ListeningMode } from '../../../contract/listening.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { listening } from '../../i18n/listening/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { words } from '../../i18n/words/index.ts';
import { useConfirm } from '../../shared/confirm.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { Badge, Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { late } from '../../shared/late.ts';

/** The reader's own phone in the browser; loaded only when somebody listens. */
const SoftphonePanel = late(() => import('../../agent/softphone/softphone-panel.tsx'));

/** Who speaks with whom changes by the second. */
const REFRESH_MS = 2_000;
const modes: readonly ListeningMode[] = ['listen', 'whisper', 'barge'];

export function ListeningPanel() {
  const t = useTexts(listening);
  const may = useMay();
  const { done, refused } = useOutcome();
  const allowed = may('call.listen');
  const mine = useQuery({
    queryKey: ['listening'],
    queryFn: ({ signal }) => api('GET /api/listening', { signal }),
    refetchInterval: REFRESH_MS,
    enabled: allowed,
  });
  const agents = useQuery({
    queryKey: ['listening-agents'],
    queryFn: ({ signal }) => api('GET /api/listening/agents', { signal }),
    refetchInterval: REFRESH_MS,
    enabled: allowed,
  });
  const start = useMutation({
    mutationFn: (agentId: string) => api('POST /api/listening', { body: { agentId, mode: 'listen' } }),
    onSuccess: () => done(t.listen, 'listening'),
    onError: refused,
  });
  if (!allowed) return null;
  const current = mine.data?.listening ?? null;
  return (
    <Panel title={t.title} extra={t.intro}>
      {current === null ? null : <Present current={current} />}
      <QueryView query={agents}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t.nobody} />
          ) : (
            <Floor items={items} busy={current !== null || start.isPending} listen={(id) => start.mutate(id)} />
          )
        }
      </QueryView>
    </Panel>
  );
}

/** Nobody is on the line with these: one may wait in their room for the next call. */
const withoutCall: ReadonlySet<FloorAgent['activity']> = new Set(['none', 'ready', 'wrap-up']);

/** Whose calls are going on now; below, folded, who has none. */
function Floor({ items, ...rest }: { items: FloorAgent[]; busy: boolean; listen: (agentId: string) => void }) {
  const t = useTexts(listening);
  const format = useFormat();
  const rows = [...items].sort((a, b) => a.since - b.since);
  const live = rows.filter(({ activity }) => !withoutCall.has(activity));
  const others = rows.filter(({ activity }) => withoutCall.has(activity));
  return (
    <div className="column" data-testid="floor-agents">
      {live.length === 0 ? <p className="muted">{t.noCalls}</p> : <AgentRows items={live} {...rest} />}
      {others.length === 0 ? null : (
        <details>
          <summary>{t.others(format.number(others.length))}</summary>
          <AgentRows items={others} {...rest} />
        </details>
      )}
    </div>
  );
}

function AgentRows(props: { items: FloorAgent[]; busy: boolean; listen: (agentId: string) => void }) {
  const t = useTexts(listening);
  const w = useTexts(words);
  return (
    <ul className="line-list">
      {props.items.map((agent) => (
        <li key={agent.userId} className="row spread">
          <span>
            <span className="strong">{agent.name}</span>{' '}
            <span className="muted small">{[agent.teamName, agent.campaignName].filter(Boolean).join(' · ')}</span>
          </span>
          <span className="row">
            <Badge tone={agent.activity === 'talking' ? 'ok' : 'plain'}>
              {agent.presence === 'on-break' ? w.presence['on-break'] : w.activity[agent.activity]}
            </Badge>
            <Button
              size="small"
              disabled={props.busy}
              aria-label={t.listenTo(agent.name)}
              onClick={() => props.listen(agent.userId)}
            >
              {t.listen}
            </Button>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Where the reader listens now, and how they take part. */
function Present({ current }: { current: Listening }) {
  const t = useTexts(listening);
  const may = useMay();
  const { done, refused } = useOutcome();
  const confirm = useConfirm();
  const act = useMutation({
    mutationFn: async (what: ListeningMode | 'take-over' | 'stop') => {
      if (what === 'stop') await api('POST /api/listening/stop', {});
      else if (what === 'take-over') await api('POST /api/listening/take-over', {});
      else await api('PATCH /api/listening', { body: { mode: what } });
      return what;
    },
    onSuccess: (what) =>
      done(what === 'stop' ? t.states.over : what === 'take-over' ? t.modes['taken-over'] : t.modes[what], 'listening'),
    onError: refused,
  });
  const taken = current.mode === 'taken-over';
  const ready = current.state === 'joined' && !act.isPending;
  return (
    <div className="note tone-info column" role="status" data-testid="listening" data-mode={current.mode}>
      <div className="row spread">
        <strong>{t.now(current.agentName)}</strong>
        <span className="row">
          <Badge tone={current.state === 'joined' ? 'ok' : 'warn'}>{t.states[current.state]}</Badge>
          <Suspense fallback={null}>
            <SoftphonePanel />
          </Suspense>
        </span>
      </div>
      <div className="row">
        {taken ? (
          <span>{t.modes['taken-over']}</span>
        ) : (
          <Radio.Group
            aria-label={t.how}
            optionType="button"
            disabled={!ready}
            value={current.mode}
            onChange={(event) => {
              const mode = modes.find((one) => one === event.target.value);
              if (mode !== undefined) act.mutate(mode);
            }}
            options={modes.map((mode) => ({ value: mode, label: t.modes[mode] }))}
          />
        )}
        {!taken && may('call.take-over') ? (
          <Button
            disabled={!ready}
            onClick={() =>
              confirm({
                title: t.takeOver,
                consequence: t.takeOverSure,
                action: t.takeOver,
                act: () => act.mutateAsync('take-over'),
              })
            }
          >
            {t.takeOver}
          </Button>
        ) : null}
        <Button
          danger
          loading={act.isPending}
          onClick={() =>
            taken
              ? confirm({
                  title: t.stopTakenTitle,
                  consequence: t.stopTakenHint,
                  action: t.stop,
                  act: () => act.mutateAsync('stop'),
                })
              : act.mutate('stop')
          }
        >
          {taken ? t.stop : t.leave}
        </Button>
      </div>
    </div>
  );
}
