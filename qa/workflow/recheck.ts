/**
 * The 100 % re-check a client may ask for (Q12): every sale whose recording is stored is in the queue of inspections, in the order
 * of its risk, with what raised it. The sale's own life asks for most of them (sales.ts); what it could not ask for (a recording
 * that came late, a re-check switched on in the middle) is asked for here.
 */
import type { QualityStore } from '../ports/quality-store.ts';
import type { CampaignHabits, RecheckStore, WaitingRecheck, WireRisk } from '../ports/recheck-store.ts';
import type { CampaignQuality, Campaigns, Clock } from '../ports/surroundings.ts';
import { fitPrior, shrunkenRate } from '../rules/estimates.ts';
import { DEFAULT_RISK_WEIGHTS, type RiskWeights, riskOf } from '../rules/risk.ts';
import { eachApart } from './each-apart.ts';
import type { Transcripts } from './transcripts.ts';

type Deps = {
  store: QualityStore;
  rechecks: RecheckStore;
  transcripts: Pick<Transcripts, 'readWaiting'>;
  campaigns: Campaigns;
  clock: Clock;
  weights?: RiskWeights;
};

/** As long back as agents' records and usual lengths are looked at. */
const habitsOverMs = 90 * 24 * 3_600_000;
/** Working days an inspector has for a re-check: as for the sales' own (sales.ts). */
const judgeWithinDays = 1;
const askAtOnce = 500;
/** More than one inspector could hold in weeks; what is beyond is ordered when it comes nearer. */
const orderedAtOnce = 5_000;

export function createRecheck({
  store,
  rechecks,
  transcripts,
  campaigns,
  clock,
  weights = DEFAULT_RISK_WEIGHTS,
}: Deps) {
  async function askMissing({ campaignId, calendar }: CampaignQuality): Promise<number> {
    const missing = await rechecks.unasked(campaignId, askAtOnce);
    if (missing.length === 0) return 0;
    const now = clock.now();
    const deadlineAt = calendar.addWorkingDays(now, judgeWithinDays);
    await store.transact(async (tx) => {
      const form = await tx.forms.newest('valid-marketing');
      const about = { kind: 'recheck', reason: 'recheck', ...form } as const;
      for (const { saleId, attemptId } of missing)
        await tx.askInspection({ ...about, saleId, attemptId, taskId: null, now, deadlineAt });
    });
    return missing.length;
  }

  /** Written only where it differs: a complaint, a tightening or a transcript that came later moves a recording up. */
  async function order({ campaignId, centreId }: CampaignQuality): Promise<number> {
    const rule = await transcripts.readWaiting({ campaignId, centreId });
    const waiting = await rechecks.waiting(campaignId, rule, orderedAtOnce);
    if (waiting.length === 0) return 0;
    const habits = await rechecks.habits(campaignId, clock.now() - habitsOverMs);
    const prior = fitPrior([...habits.agents.values()]);
    const changed = waiting
      .map((one) => ({ one, risk: wireRisk(one, habits, prior, weights) }))
      .filter(({ one, risk }) => JSON.stringify(one.risk) !== JSON.stringify(risk))
      .map(({ one, risk }) => ({ inspectionId: one.inspectionId, risk }));
    if (changed.length > 0) await rechecks.setRisks(changed);
    return changed.length;
  }

  return {
    /** Idempotent: a second run at the same moment changes nothing. Answers how many were asked for or re-ordered. */
    async run(): Promise<number> {
      let changed = 0;
      const marketing = (await campaigns.all()).filter(({ purpose }) => purpose === 'marketing');
      await eachApart(marketing, async (campaign) => {
        if (campaign.recheckAll) changed += await askMissing(campaign);
        // Also where only sales held for quality are judged every one: the likeliest fault is heard first there, too.
        if (campaign.recheckAll || campaign.holdForQuality) changed += await order(campaign);
      });
      return changed;
    },
  };
}

function wireRisk(
  waiting: WaitingRecheck,
  { talk, agents }: CampaignHabits,
  prior: ReturnType<typeof fitPrior>,
  weights: RiskWeights,
): WireRisk {
  const { saleId, agentId, talkMs, agentTalkShare, selfCheck, agentTightened, complaint, transcriptFindings } = waiting;
  const { risk, raisedBy } = riskOf(
    {
      saleId,
      selfCheck,
      agentTightened,
      complaint,
      agentFailRate: shrunkenRate(prior, agents.get(agentId) ?? { rate: 0, n: 0 }).rate,
      talkSeconds: talkMs / 1000,
      usualTalk: talk,
      agentTalkShare,
      transcriptFindings,
    },
    weights,
  );
  return {
    score: rounded(risk),
    raisedBy: raisedBy.map(({ factor, times }) => ({ code: factor, weight: rounded(times) })),
  };
}

/** Four digits are more than the weights are known to; they keep a stored score equal to the next one. */
const rounded = (value: number): number => Number(value.toPrecision(4));
