import { memo, useState } from 'react';
import type { CampaignLive } from '../../../contract/wallboard.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { wallboard } from '../../i18n/wallboard/index.ts';
import { words } from '../../i18n/words/index.ts';
import { Panel } from '../../shared/page.tsx';
import { useBreakWord } from '../../shared/reason-lists.ts';

type Agent = CampaignLive['agents'][number];
type State = Agent['activity'] | 'on-break';
const order: readonly State[] = ['talking', 'wrap-up', 'reserved', 'ringing', 'ready', 'on-break', 'none'];

const stateOf = (agent: Agent): State => (agent.presence === 'on-break' ? 'on-break' : agent.activity);

/** One agent. Drawn again only when state or whole minute changes, so that hundreds cost little each second. */
const Tile = memo(function Tile(props: { name: string; state: State; stateWord: string; minutes: string }) {
  return (
    <li className={`agent-tile state-${props.state}`}>
      <span className="agent-name">{props.name}</span>
      <span className="agent-since">
        {props.stateWord} · {props.minutes}
      </span>
    </li>
  );
});

export function AgentsPanel({ live }: { live: CampaignLive }) {
  const t = useTexts(wallboard);
  const w = useTexts(words);
  const format = useFormat();
  const breakWord = useBreakWord();
  const [shown, show] = useState<State | null>(null);
  const present = live.agents.filter((agent) => agent.presence !== 'signed-out');
  const counts = new Map<State, number>();
  for (const agent of present) counts.set(stateOf(agent), (counts.get(stateOf(agent)) ?? 0) + 1);
  const names: Record<State, string> = { ...w.activity, 'on-break': w.presence['on-break'] };
  const listed = present
    .filter((agent) => shown === null || stateOf(agent) === shown)
    .sort((a, b) => order.indexOf(stateOf(a)) - order.indexOf(stateOf(b)) || a.since - b.since);
  return (
    <Panel title={t.agents} extra={t.agentsOf(format.number(present.length))}>
      <div className="state-chips">
        {order.map((state) => (
          <button
            key={state}
            type="button"
            className={`state-chip state-${state}`}
            aria-pressed={shown === state}
            onClick={() => show(shown === state ? null : state)}
          >
            <span className="state-count">{format.number(counts.get(state) ?? 0)}</span>
            <span>{names[state]}</span>
          </button>
        ))}
      </div>
      <ul className="agent-tiles">
        {listed.map((agent) => {
          const state = stateOf(agent);
          const minutes = Math.floor((live.at - agent.since) / 60_000);
          return (
            <Tile
              key={agent.userId}
              name={agent.name}
              state={state}
              stateWord={state === 'on-break' && agent.reason ? breakWord(agent.reason) : names[state]}
              minutes={minutes < 1 ? t.underMinute : t.minutes(format.number(minutes))}
            />
          );
        })}
      </ul>
    </Panel>
  );
}
