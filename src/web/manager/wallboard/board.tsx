import { memo } from 'react';
import type { CampaignLive } from '../../../contract/wallboard.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { wallboard } from '../../i18n/wallboard/index.ts';
import { words } from '../../i18n/words/index.ts';
import { BandMeter } from '../../shared/band-meter.tsx';
import { Badge, Figure, Panel } from '../../shared/page.tsx';
import { useUndialledReason } from '../../shared/undialled.ts';
import { ListeningPanel } from '../listening/listening-panel.tsx';
import { AgentsPanel } from './agents-panel.tsx';
import { useHistory } from './history.ts';
import { MovingCharts } from './moving-charts.tsx';
import { useNewestDecision } from './newest-decision.ts';
import { pacingWhy } from './pacing-why.ts';

function Abandonment({ live }: { live: CampaignLive }) {
  const t = useTexts(wallboard);
  const format = useFormat();
  const { hour, today, window, windowDays } = live.abandonRate;
  const rows = [
    { label: t.hour, value: hour },
    { label: t.today, value: today },
    { label: t.window(format.number(windowDays)), value: window },
  ];
  const worst = window !== null && window > live.cap;
  return (
    <Panel title={t.abandonment} extra={<Badge tone={worst ? 'bad' : 'ok'}>{worst ? t.overCap : t.underCap}</Badge>}>
      <p className="figure-note">
        {t.abandonTerms} · {t.cap(format.percent(live.cap))}
      </p>
      <dl className="cap-rows">
        {rows.map(({ label, value }) => (
          <div key={label} className="cap-row">
            <dt>{label}</dt>
            <dd className={value !== null && value > live.cap ? 'over' : ''}>{format.percent(value, 2)}</dd>
            <span className="cap-track" aria-hidden="true">
              <span style={{ width: `${Math.min(100, ((value ?? 0) / (live.cap * 1.4)) * 100)}%` }} />
              <i />
            </span>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function Pacing({ live }: { live: CampaignLive }) {
  const t = useTexts(wallboard);
  const w = useTexts(words);
  const format = useFormat();
  const { lines } = live;
  const decision = useNewestDecision(live.campaignId, live.state === 'running');
  const pacing = live.pacing === null ? null : { ...live.pacing, ...decision };
  return (
    <Panel title={t.pacing} extra={<Badge tone="info">{w.modes[live.mode]}</Badge>}>
      {pacing ? (
        <div className="column tight">
          {pacing.placed === 0 ? null : <p className="strong">{t.placed(format.number(pacing.placed))}</p>}
          <p data-testid="pacing-why">{pacingWhy(pacing, t.why, format)}</p>
          {pacing.binding ? <p className="muted">{word(t.binding, pacing.binding)}</p> : null}
          {pacing.agentsNeeded === null ? null : (
            <p className="note tone-info">{t.agentsNeeded(format.number(pacing.agentsNeeded))}</p>
          )}
        </div>
      ) : (
        <p className="muted">{t.paused}</p>
      )}
      <div className="figures small-figures lines-row">
        <Figure label={t.linesInUse} value={format.number(lines.inUse)} note={t.ofMax(format.number(lines.max))} />
        <Figure label={t.ringing} value={format.number(lines.ringing)} />
        <Figure label={t.waiting} value={format.number(lines.waiting)} />
      </div>
    </Panel>
  );
}

function Contacts({ live }: { live: CampaignLive }) {
  const t = useTexts(wallboard);
  const sayReason = useUndialledReason();
  const format = useFormat();
  const { waiting, inAttempt, finished, undialledByReason } = live.contacts;
  const reasons = Object.entries(undialledByReason).sort(([, a], [, b]) => b - a);
  return (
    <Panel title={t.contacts}>
      <div className="figures small-figures side-by-side">
        <Figure label={t.contactStates.waiting} value={format.number(waiting)} />
        <Figure label={t.contactStates.inAttempt} value={format.number(inAttempt)} />
        <Figure label={t.contactStates.finished} value={format.number(finished)} />
      </div>
      {reasons.length > 0 ? (
        <>
          <h3 className="spaced">{t.notDialled}</h3>
          <dl className="count-list">
            {reasons.map(([reason, count]) => (
              <div key={reason} className="row spread">
                <dt>{sayReason(reason)}</dt>
                <dd>{format.number(count)}</dd>
              </div>
            ))}
          </dl>
        </>
      ) : null}
    </Panel>
  );
}

/** The live picture of one campaign; drawn again only when its own figures change. */
export const Board = memo(function Board({ live }: { live: CampaignLive }) {
  const t = useTexts(wallboard);
  const w = useTexts(words).figures;
  const format = useFormat();
  const points = useHistory(live);
  const { today } = live;
  const results = [
    { label: w.attempts, value: today.attempts },
    { label: w.answered, value: today.answered },
    { label: w.connected, value: today.connected },
    { label: w.abandoned, value: today.abandoned },
    { label: w.sales, value: today.sales },
    { label: w.optOuts, value: today.optOuts },
  ];
  return (
    <>
      <div className="grid three">
        <Panel title={t.utilization}>
          <div className="meters">
            <BandMeter value={live.talkUtilization.lastHalfHour} band={live.band} label={t.halfHour} />
            <BandMeter value={live.talkUtilization.today} band={live.band} label={t.today} />
          </div>
          <p className="figure-note">{format.named(w.talkUtilization, w.talkTerms)}</p>
          <p className="figure-note">
            {format.named(`${w.occupancy} ${format.percent(live.occupancy.today)}`, w.occupancyTerms)}
          </p>
        </Panel>
        <Abandonment live={live} />
        <Pacing live={live} />
      </div>
      <Panel title={t.results}>
        <div className="figures">
          {results.map(({ label, value }) => (
            <Figure key={label} label={label} value={format.number(value)} />
          ))}
        </div>
      </Panel>
      <MovingCharts points={points} bandMin={live.band?.min ?? null} bandMax={live.band?.max ?? null} cap={live.cap} />
      <div className="grid main-side stretched">
        <AgentsPanel live={live} />
        <Contacts live={live} />
      </div>
      <ListeningPanel />
    </>
  );
});
