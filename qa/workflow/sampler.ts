/**
 * Makes the draws that are due: each closed day's, each closed week's, and the week's blind overlap. What the lot decides
 * is in rules/sampling; here is only when, over which recordings, and that nothing is drawn twice or escapes by being late.
 */
import type { FormReads } from '../ports/form-store.ts';
import type { DrawRecord, FrameCandidate, Period, SamplingStore } from '../ports/sampling-store.ts';
import type { CampaignQuality, Campaigns, Clock, QualityEvent } from '../ports/surroundings.ts';
import {
  centreDateOf,
  commitmentOf,
  DRAW_ALGORITHM,
  type DrawRequest,
  drawKeyOf,
  drawOverlap,
  drawSamples,
  FrameBuilder,
  frameMembership,
  isForced,
  OVERLAP_ALGORITHM,
  type OverlapRequest,
  weekOf,
} from '../rules/sampling.ts';
import { eachApart } from './each-apart.ts';

export type MadeDraw = { id: string; kind: 'daily' | 'weekly' | 'overlap'; campaignId: string };

/** Agents who are inspected more closely at present, with what they are drawn at. */
export type RaisedRates = (campaign: CampaignQuality) => Promise<DrawRequest['agentRates']>;

type Deps = {
  store: SamplingStore;
  campaigns: Campaigns;
  forms: Pick<FormReads, 'newest'>;
  clock: Clock;
  raised: RaisedRates;
  /** Every draw's key follows from it. It is nowhere in the database, and the same in all processes. */
  secret: string;
  publish: (event: QualityEvent) => void;
};

/** Working days an inspector has for what was drawn. */
const inspectWithinDays = 2;
/** Whether a recording is whole was judged by the dialler when it came in: one that lacks too much of the talk is not `stored`. */
const shorterBySeconds = Number.POSITIVE_INFINITY;
const dayMs = 24 * 3600_000;

export function createSampler({ store, campaigns, forms, clock, raised, secret, publish }: Deps) {
  return {
    /** Draws every closed period that is not yet covered; idempotent, safe on many processes at once. @throws AggregateError at the end */
    async drawDue(): Promise<{ made: MadeDraw[] }> {
      const made: MadeDraw[] = [];
      const marketing = (await campaigns.all()).filter(({ purpose }) => purpose === 'marketing');
      await eachApart(marketing, (campaign) => drawOf(campaign, made));
      return { made };
    },
  };

  async function drawOf(campaign: CampaignQuality, made: MadeDraw[]): Promise<void> {
    const { campaignId, timeZone } = campaign;
    const today = centreDateOf(clock.now(), timeZone);
    await commitAhead(campaign, today);
    for (const kind of ['daily', 'weekly'] as const) {
      await eachApart(await store.openPeriods(campaignId, kind, today), async (period) => {
        const id = await drawPeriod(campaign, period);
        if (id === null) return;
        made.push({ id, kind, campaignId });
        publish({ type: 'draw-made', drawId: id, campaignId });
        if (kind !== 'weekly') return;
        const overlap = await drawWeekOverlap(campaign, period);
        if (overlap !== null) made.push({ id: overlap, kind: 'overlap', campaignId });
      });
    }
  }

  /** Keys are promised while the period still runs: what will be drawn is fixed before anybody could prefer it. */
  async function commitAhead({ campaignId }: CampaignQuality, today: string): Promise<void> {
    const week = weekOf(today);
    await keyFor({ campaignId, kind: 'daily', from: today, to: today }, 0);
    await keyFor({ campaignId, kind: 'weekly', from: week, to: week }, 0);
    await keyFor({ campaignId, kind: 'overlap', from: week, to: week }, 0);
  }

  /**
   * The key follows from the secret; only its hash is kept before the draw. Where the secret has changed since, the draw is made with the key
   * that follows now, and the promise that stands beside it says for ever that it was not kept.
   */
  async function keyFor(period: Period, round: number): Promise<{ key: string; commitment: string }> {
    const { campaignId, kind, from } = period;
    const fresh = drawKeyOf(secret, { campaignId, kind, from, round });
    const promised = await store.promise(period, round, commitmentOf(fresh), clock.now());
    const key = promised.key ?? fresh;
    return { key, commitment: commitmentOf(key) };
  }

  async function drawPeriod(campaign: CampaignQuality, period: Period): Promise<string | null> {
    const { round, alreadyDrawn } = await store.before(period, weekOf(period.from));
    const key = await keyFor(period, round);
    const daily = period.kind === 'daily';
    const request: DrawRequest = {
      algorithm: DRAW_ALGORITHM,
      kind: daily ? 'daily' : 'weekly',
      rate: daily ? campaign.dailyRate : campaign.weeklyRate,
      agentRates: daily ? await raised(campaign) : [],
      alreadyDrawn: daily ? alreadyDrawn : [],
    };
    const builder = new FrameBuilder();
    let late = 0;
    const add = (candidate: FrameCandidate): void => {
      const membership = frameMembership(factsOf(campaign, candidate), rulesOf(campaign));
      if (!membership.in) return;
      if (round > 0) late += 1;
      const { recordingId, agentId } = candidate;
      builder.add({ recordingId, agentId, forced: membership.forced, late: round > 0 });
    };
    const finish = (): DrawRecord | null => {
      const built = builder.finish();
      if (!built.ok) throw new Error(`the frame of ${period.kind} ${period.from} is faulty: ${built.error.fault}`);
      const result = drawSamples(built.frame, request, key.key, key.commitment);
      if (!result.ok)
        throw new Error(`the draw of ${period.kind} ${period.from} is refused: ${result.faults[0]?.fault}`);
      const { drawn, forcedSize } = result.draw;
      return { frame: built.frame, drawn, request, rate: request.rate, forced: forcedSize, late };
    };
    const drawnKind = daily ? 'daily' : 'weekly';
    return store.draw(period, round, key, clock.now(), add, finish, {
      kind: (reason) => (isForced(reason) ? 'forced' : drawnKind),
      ...(await forms.newest('valid-marketing')),
      deadlineAt: campaign.calendar.addWorkingDays(clock.now(), inspectWithinDays),
    });
  }

  async function drawWeekOverlap(campaign: CampaignQuality, week: Period): Promise<string | null> {
    const candidates = await store.drawnDaily(campaign.campaignId, week.from, week.to);
    const period: Period = { ...week, kind: 'overlap' };
    const { round } = await store.before(period, week.from);
    if (round > 0 || candidates.length === 0 || campaign.weeklyOverlap === 0) return null;
    const key = await keyFor(period, 0);
    const request: OverlapRequest = {
      algorithm: OVERLAP_ALGORITHM,
      size: campaign.weeklyOverlap,
      avoided: candidates.flatMap(({ recordingId, weekly }) => (weekly ? [recordingId] : [])),
    };
    const drawn = drawOverlap(candidates, request, key.key);
    const finish = (): DrawRecord | null => {
      const builder = new FrameBuilder();
      for (const { recordingId, agentId } of candidates)
        builder.add({ recordingId, agentId, forced: null, late: false });
      const built = builder.finish();
      if (!built.ok) throw new Error(`the overlap of ${week.from} is faulty: ${built.error.fault}`);
      return { frame: built.frame, drawn, request, rate: drawn.length / candidates.length, forced: 0, late: 0 };
    };
    return store.draw(period, 0, key, clock.now(), () => undefined, finish, {
      kind: () => 'overlap',
      ...(await forms.newest('valid-marketing')),
      deadlineAt: campaign.calendar.addWorkingDays(clock.now(), inspectWithinDays),
    });
  }
}

function factsOf(campaign: CampaignQuality, candidate: FrameCandidate): Parameters<typeof frameMembership>[0] {
  return {
    outcome: candidate.sale ? 'sale' : 'no-sale',
    talkSeconds: candidate.talkMs / 1000,
    recording: 'stored',
    recordingSeconds: candidate.durationMs / 1000,
    complaint: candidate.complaint,
    agentInFirstWeek: candidate.connectedAt < candidate.agentJoinedAt + campaign.forced.firstDaysOfAgent * dayMs,
  };
}

function rulesOf(campaign: CampaignQuality): Parameters<typeof frameMembership>[1] {
  return {
    members: campaign.frame,
    shorterBySeconds,
    longFromSeconds: campaign.forced.longerThanSeconds,
    shortBelowSeconds: campaign.forced.shorterThanSeconds,
    firstWeek: campaign.forced.firstDaysOfAgent > 0,
    complaint: campaign.forced.complaints,
  };
}
