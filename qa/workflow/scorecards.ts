/** Cards of agents and teams, put together from the dialler's ledger and quality's findings at the moment they are asked for. */
import { DateTime } from 'luxon';
import { z } from 'zod';
import { QualityError } from '../errors.ts';
import type { AgentQuality, AgentWork, Figures, Work } from '../ports/figures.ts';
import type { AgentOf, People } from '../ports/people-store.ts';
import type { Clock } from '../ports/surroundings.ts';
import type { Viewer } from '../ports/viewer.ts';
import {
  agentCard,
  type CompositeScales,
  compositeOf,
  DEFAULT_SCALES,
  type InspectedRecording,
  rankAgents,
} from '../rules/scorecard.ts';
import { wireRate } from './wire-rate.ts';

export type CardQuery = {
  period: 'day' | 'week' | 'month';
  day?: string | undefined;
  subject: 'agent' | 'team';
  campaignId?: string | undefined;
};
type Band = { min: number; max: number };
type Deps = {
  figures: Pick<Figures, 'byAgent'>;
  work: Work;
  people: People;
  clock: Clock;
  band: (campaignId: string | null) => Promise<Band | null>;
};

const share = z.number().min(0).max(1);
const weightsShape = z.object({
  effectiveRate: share,
  utilization: share,
  sales: share,
  complaints: share,
  selfCheck: share,
  conduct: share,
});
export type Weights = z.infer<typeof weightsShape>;
/** The default scales' own weights, as shares of 1. */
const defaultWeights: Weights = {
  effectiveRate: 0.42,
  utilization: 0.05,
  sales: 0.21,
  complaints: 0.16,
  selfCheck: 0.11,
  conduct: 0.05,
};

type Subject = { id: string; name: string; teamId: string | null; agents: string[] };
type Period = { from: string; to: string; start: number; end: number };

export function createScorecards({ figures, work, people, clock, band }: Deps) {
  async function weightsOf(centreId: string): Promise<Weights> {
    return weightsShape.catch(defaultWeights).parse(await people.weights(centreId));
  }

  async function cards(viewer: Viewer, query: CardQuery, weights?: Weights) {
    const centre = await people.centre(viewer);
    if (centre === null) return [];
    const period = periodOf(query, clock.now(), centre.timeZone);
    const campaignId = query.campaignId ?? null;
    const [agents, quality, worked, limits, scales] = await Promise.all([
      people.agents(viewer),
      people
        .agentsOf(centre.centreId)
        .then((agentIds) => figures.byAgent({ from: period.start, to: period.end }, { campaignId, agentIds })),
      work({ from: period.start, to: Math.min(period.end, clock.now()) }, { centreId: centre.centreId, campaignId }),
      band(campaignId),
      weights === undefined ? weightsOf(centre.centreId) : weights,
    ]);
    const ranks = new Map(
      rankAgents(quality.map(({ agentId, inspected }) => ({ agentId, inspected }))).map((each) => [
        each.agentId,
        each.rank,
      ]),
    );
    return subjectsOf(query.subject, agents)
      .map((subject) =>
        cardOf(
          subject,
          query.period,
          period,
          quality,
          worked,
          limits,
          scalesOf(scales),
          query.subject === 'agent' ? (ranks.get(subject.id) ?? null) : null,
        ),
      )
      .filter((card) => card.signedInMs > 0 || card.attempts > 0 || card.inspected > 0 || card.sales > 0);
  }

  return {
    cards: (viewer: Viewer, query: CardQuery) => cards(viewer, query),

    async history(viewer: Viewer, agentId: string, period: CardQuery['period'], count: number) {
      const centre = await people.centre(viewer);
      if (centre === null) return [];
      const found = [];
      for (let back = 0; back < count; back += 1) {
        const day = DateTime.fromMillis(clock.now(), { zone: centre.timeZone })
          .minus({ [period]: back })
          .toFormat('yyyy-MM-dd');
        found.push(
          ...(await cards(viewer, { period, day, subject: 'agent' })).filter(({ subject }) => subject.id === agentId),
        );
      }
      return found;
    },

    async whose(viewer: Viewer, subjectId: string, query: CardQuery) {
      const centre = await people.centre(viewer);
      const subject = subjectsOf(query.subject, await people.agents(viewer)).find(({ id }) => id === subjectId);
      if (centre === null || subject === undefined) return null;
      const { start, end } = periodOf(query, clock.now(), centre.timeZone);
      return { from: start, to: end, agentIds: subject.agents };
    },

    async weights(viewer: Viewer): Promise<Weights> {
      const centre = await people.centre(viewer);
      return centre === null ? defaultWeights : weightsOf(centre.centreId);
    },

    /** With `preview` nothing is stored: the cards of last week as they would have been. */
    async setWeights(viewer: Viewer, weights: Weights, preview: boolean) {
      const centre = await people.centre(viewer);
      if (centre === null) throw new QualityError('centre-unknown', 'You belong to no centre.');
      if (!preview) await people.setWeights(centre.centreId, weights, viewer.userId, clock.now());
      const day = DateTime.fromMillis(clock.now(), { zone: centre.timeZone })
        .minus({ weeks: 1 })
        .toFormat('yyyy-MM-dd');
      return cards(viewer, { period: 'week', day, subject: 'agent' }, weights);
    },
  };
}

function periodOf({ period, day }: CardQuery, now: number, zone: string): Period {
  const at = day === undefined ? DateTime.fromMillis(now, { zone }) : DateTime.fromISO(day, { zone });
  const start = at.startOf(period);
  const end = start.plus({ [period]: 1 });
  return {
    from: start.toFormat('yyyy-MM-dd'),
    to: end.minus({ days: 1 }).toFormat('yyyy-MM-dd'),
    start: start.toMillis(),
    end: end.toMillis(),
  };
}

function subjectsOf(kind: 'agent' | 'team', agents: readonly AgentOf[]): Subject[] {
  if (kind === 'agent')
    return agents.map(({ agentId, name, teamId }) => ({ id: agentId, name, teamId, agents: [agentId] }));
  const teams = new Map<string, Subject>();
  for (const { agentId, teamId, teamName } of agents) {
    if (teamId === null) continue;
    const team = teams.get(teamId) ?? { id: teamId, name: teamName ?? '', teamId, agents: [] };
    team.agents.push(agentId);
    teams.set(teamId, team);
  }
  return [...teams.values()];
}

/** The centre's weights on the default scales; a composite without any weight is not shown. */
function scalesOf(weights: Weights): CompositeScales {
  const weigh = (measure: keyof CompositeScales, weight: number) => ({ ...DEFAULT_SCALES[measure], weight });
  return {
    effectiveRate: weigh('effectiveRate', weights.effectiveRate),
    validSales: weigh('validSales', weights.sales),
    utilization: weigh('utilization', weights.utilization),
    complaints: weigh('complaints', weights.complaints),
    selfCheck: weigh('selfCheck', weights.selfCheck),
    attendance: weigh('attendance', 0),
    conduct: weigh('conduct', weights.conduct),
  };
}

function cardOf(
  subject: Subject,
  period: CardQuery['period'],
  { from, to }: Period,
  quality: readonly AgentQuality[],
  worked: readonly AgentWork[],
  band: Band | null,
  scales: CompositeScales,
  rank: number | null,
) {
  const own = quality.filter(({ agentId }) => subject.agents.includes(agentId));
  const time = worked.filter(({ agentId }) => subject.agents.includes(agentId));
  const sum = <T>(rows: readonly T[], value: (row: T) => number): number =>
    rows.reduce((total, row) => total + value(row), 0);
  const inspected: InspectedRecording[] = own.flatMap((each) => each.inspected);
  const signedInMs = sum(time, (row) => row.signedInMs);
  const talkMs = sum(time, (row) => row.talkMs);
  const wrapUpMs = sum(time, (row) => row.wrapUpMs);
  const marks = own.flatMap(({ conductMarks }) => (conductMarks === null ? [] : [conductMarks]));
  const card = agentCard(
    {
      attempts: sum(time, (row) => row.attempts),
      conversations: sum(time, (row) => row.conversations),
      talkSeconds: talkMs / 1000,
      signedInSeconds: signedInMs / 1000,
      rosteredSeconds: 0,
      attendedSeconds: 0,
      sales: sum(own, (row) => row.sales),
      validSales: sum(own, (row) => row.validSales),
      complaints: sum(own, (row) => row.complaints),
      inspected,
    },
    { low: band?.min ?? 0, high: band?.max ?? 1 },
  );
  const conductMarks = marks.length === 0 ? null : sum(marks, (mark) => mark) / marks.length;
  return {
    subject: { id: subject.id, name: subject.name },
    teamId: subject.teamId,
    period,
    from,
    to,
    attempts: card.attempts,
    conversations: card.conversations,
    talkMs,
    wrapUpMs,
    signedInMs,
    breakMs: sum(time, (row) => row.breakMs),
    talkUtilization: card.utilization,
    occupancy: signedInMs > 0 ? (talkMs + wrapUpMs) / signedInMs : null,
    band,
    sales: card.sales,
    validSales: card.validSales,
    inspected: inspected.length,
    effectiveRate: wireRate(card.effectiveRate),
    unqualified: inspected.filter(({ qualified }) => !qualified).length,
    unqualifiedByCriterion: Object.fromEntries(
      Object.entries(card.unqualifiedBy).map(([criterion, rate]) => [criterion, rate.numerator]),
    ),
    complaints: sum(own, (row) => row.complaints),
    complaintRate: wireRate(card.complaintRate),
    selfCheckAccuracy: wireRate(card.selfCheckAccuracy),
    conductMarks,
    composite: compositeOf({ ...card, conduct: { mean: conductMarks, count: marks.length } }, scales).score,
    rank,
  };
}
