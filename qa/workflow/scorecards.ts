/** Cards of agents, teams and centres, put together from the dialler's ledger and quality's findings at the moment they are asked for. */
import { DateTime } from 'luxon';
import { QualityError } from '../errors.ts';
import type { Attended, Figures, Work } from '../ports/figures.ts';
import type { AgentOf, People } from '../ports/people-store.ts';
import type { Clock } from '../ports/surroundings.ts';
import type { Viewer } from '../ports/viewer.ts';
import { monthMark, rankAgents, streakOf } from '../rules/scorecard.ts';
import { type Band, cardOf, defaultWeights, scalesOf, type Weights, weightsShape } from './scorecards/card.ts';
import { type CardQuery, type Centre, periodOf, subjectsOf } from './scorecards/period.ts';
import { teamPartOf } from './scorecards/team-part.ts';

type Deps = {
  figures: Pick<Figures, 'byAgent' | 'inspected' | 'teamThings' | 'unnamedComplaints'>;
  work: Work;
  attended: Attended;
  people: People;
  clock: Clock;
  band: (campaignId: string | null) => Promise<Band | null>;
};

/** So many months back a row of excellent or short months is followed. */
const monthsBack = 12;

export function createScorecards({ figures, work, attended, people, clock, band }: Deps) {
  async function weightsOf(centreId: string): Promise<Weights> {
    return weightsShape.catch(defaultWeights).parse(await people.weights(centreId));
  }

  /** What cards of several periods have in common, read once. */
  async function groundOf(viewer: Viewer, centre: Centre, campaignId: string | null, weights?: Weights) {
    const [agents, everybody, limits, scales] = await Promise.all([
      people.agents(viewer),
      people.agentsOf(centre.centreId),
      band(campaignId),
      weights === undefined ? weightsOf(centre.centreId) : weights,
    ]);
    return { reader: viewer, centre, campaignId, agents, everybody, limits, scales };
  }

  async function cards(viewer: Viewer, query: CardQuery, weights?: Weights) {
    const centre = await people.centre(viewer);
    if (centre === null || !mayAsk(viewer, query)) return [];
    return cardsIn(await groundOf(viewer, centre, query.campaignId ?? null, weights), query);
  }

  /** `only`: the card of one agent. Their rank is among everybody, for which inspections are all that is read of the others. */
  async function cardsIn(ground: Awaited<ReturnType<typeof groundOf>>, query: CardQuery, only: AgentOf | null = null) {
    const { reader, centre, campaignId, everybody, limits, scales } = ground;
    const agents = only === null ? ground.agents : [only];
    const agentIds = only === null ? null : [only.agentId];
    const period = periodOf(query, clock.now(), centre.timeZone);
    const span = { from: period.start, to: period.end };
    const sofar = { from: period.start, to: Math.min(period.end, clock.now()) };
    const [quality, ofAll, worked, days, unnamed] = await Promise.all([
      figures.byAgent(span, { campaignId, agentIds: agentIds ?? everybody, reader }),
      only === null ? null : figures.inspected(span, { campaignId, agentIds: everybody, reader }),
      work(sofar, { centreId: centre.centreId, campaignId, agentIds }),
      attended(sofar, { ...centre, agentIds }),
      query.subject === 'centre' ? figures.unnamedComplaints(span, campaignId, centre.centreId) : 0,
    ]);
    const ranks = new Map(
      rankAgents((ofAll ?? quality).map(({ agentId, inspected }) => ({ agentId, inspected }))).map((each) => [
        each.agentId,
        each,
      ]),
    );
    const found = subjectsOf(query.subject, agents, centre).map((subject) => ({
      subject,
      card: cardOf(
        subject,
        query.period,
        period,
        quality,
        worked,
        days,
        limits,
        scalesOf(scales),
        query.subject === 'agent' ? (ranks.get(subject.id) ?? null) : null,
        unnamed,
      ),
    }));
    const shown = found.filter(
      ({ card }) => card.signedInMs > 0 || card.attempts > 0 || card.inspected > 0 || card.sales > 0,
    );
    return Promise.all(
      shown.map(async ({ subject, card }) => ({
        ...card,
        team: query.subject === 'agent' ? null : await teamPart(subject.agents, card, query, period, centre, reader),
      })),
    );
  }

  /** S2 and S4: what a team, or a manager for the whole centre, answers for besides the sums of its agents. */
  async function teamPart(
    agentIds: string[],
    card: ReturnType<typeof cardOf>,
    query: CardQuery,
    period: { start: number; end: number },
    { centreId }: Centre,
    reader: Viewer,
  ) {
    const whose = { campaignId: query.campaignId ?? null, agentIds, reader };
    const span = { from: period.start, to: period.end };
    return teamPartOf(card, await figures.teamThings(span, whose, query.subject === 'centre' ? centreId : null));
  }

  return {
    cards: (viewer: Viewer, query: CardQuery) => cards(viewer, query),

    async history(viewer: Viewer, agentId: string, period: CardQuery['period'], count: number) {
      const centre = await people.centre(viewer);
      if (centre === null || !mayAsk(viewer, { period, subject: 'agent' })) return [];
      const ground = await groundOf(viewer, centre, null);
      const agent = ground.agents.find((one) => one.agentId === agentId);
      if (agent === undefined) return [];
      const found = [];
      for (let back = 0; back < count; back += 1) {
        const day = DateTime.fromMillis(clock.now(), { zone: centre.timeZone })
          .minus({ [period]: back })
          .toFormat('yyyy-MM-dd');
        const query: CardQuery = { period, day, subject: 'agent' };
        // Before that there is nothing of theirs.
        if (agent.joinedAt !== null && periodOf(query, clock.now(), centre.timeZone).end <= agent.joinedAt) break;
        found.push(...(await cardsIn(ground, query, agent)));
      }
      return found;
    },

    async whose(viewer: Viewer, subjectId: string, query: CardQuery) {
      const centre = await people.centre(viewer);
      const subject = (centre === null ? [] : subjectsOf(query.subject, await people.agents(viewer), centre)).find(
        ({ id }) => id === subjectId,
      );
      if (centre === null || subject === undefined || !mayAsk(viewer, query)) return null;
      const { start, end } = periodOf(query, clock.now(), centre.timeZone);
      const centreId = query.subject === 'centre' ? centre.centreId : null;
      return { from: start, to: end, agentIds: subject.agents, centreId, timeZone: centre.timeZone };
    },

    /** S3: who has been excellent, or short, for how many months in a row, up to the last month that is over. */
    async streaks(viewer: Viewer) {
      const centre = await people.centre(viewer);
      if (centre === null) return [];
      const ground = await groundOf(viewer, centre, null);
      const limits = ground.scales;
      const thisMonth = DateTime.fromMillis(clock.now(), { zone: centre.timeZone }).startOf('month');
      const months = Array.from({ length: monthsBack }, (_, back) => thisMonth.minus({ months: monthsBack - back }));
      const marks = new Map<string, { name: string; months: ReturnType<typeof monthMark>[] }>();
      for (const [index, month] of months.entries()) {
        const day = month.toFormat('yyyy-MM-dd');
        for (const { subject, composite } of await cardsIn(ground, { period: 'month', day, subject: 'agent' })) {
          const known = marks.get(subject.id) ?? { name: subject.name, months: months.map(() => null) };
          known.months[index] = monthMark(composite, limits);
          marks.set(subject.id, known);
        }
      }
      return [...marks].flatMap(([id, { name, months: own }]) => {
        const streak = streakOf(own);
        return streak === null ? [] : [{ agent: { id, name }, ...streak }];
      });
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

/** Agents and leads see people of their own: no sum of theirs is the centre's. Who inspects sees what they were given, and no cards. */
function mayAsk({ role }: Viewer, { subject }: CardQuery): boolean {
  if (role === 'inspector') return false;
  return subject !== 'centre' || (role !== 'agent' && role !== 'lead');
}
