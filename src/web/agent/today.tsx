import type { AgentView } from '../../contract/agent-desk.ts';
import { agent } from '../i18n/agent/index.ts';
import { useFormat, useTexts } from '../i18n/locale.tsx';
import { words } from '../i18n/words/index.ts';
import { BandMeter } from '../shared/band-meter.tsx';
import { Figure, Panel } from '../shared/page.tsx';

/** The agent's own day: utilization against the band, and what it is made of. */
export function Today({ today }: { today: AgentView['today'] }) {
  const t = useTexts(agent);
  const w = useTexts(words).figures;
  const format = useFormat();
  const { signedInMs, talkMs, wrapUpMs } = today;
  const talk = signedInMs > 0 ? talkMs / signedInMs : null;
  const occupied = signedInMs > 0 ? (talkMs + wrapUpMs) / signedInMs : null;
  return (
    <Panel title={t.today.title} className="today">
      <BandMeter value={talk} band={today.band} label={w.talkUtilization} terms={w.talkTerms} />
      <div className="figures small-figures">
        <Figure label={w.conversations} value={format.number(today.conversations)} />
        <Figure label={w.sales} value={format.number(today.sales)} />
        <Figure label={w.attempts} value={format.number(today.attempts)} />
        <Figure label={w.occupancy} value={format.percent(occupied)} />
        <Figure label={w.talkTime} value={format.hours(talkMs)} />
        <Figure label={w.wrapUp} value={format.hours(wrapUpMs)} />
        <Figure label={w.signedIn} value={format.hours(signedInMs)} />
        <Figure label={w.breaks} value={format.hours(today.breakMs)} />
      </div>
    </Panel>
  );
}
