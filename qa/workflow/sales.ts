/**
 * What follows for a sale: from the agent's record of it, from verdicts, from the calls that mend or confirm it, from time.
 * The life itself is rules/sale; here its wishes become task calls, inspections and entries in the client's feed.
 */
import { randomUUID } from 'node:crypto';
import type { QualityStore, QualityTx } from '../ports/quality-store.ts';
import type { SaleRecord, SaleTaskResult } from '../ports/sale-store.ts';
import type { CampaignQuality, Clock, QualityEvent } from '../ports/surroundings.ts';
import { decideSale, type Judgement, lostRecording, newSale, type SaleSignal, type SaleStep } from '../rules/sale.ts';
import { billingEntriesOf } from '../rules/sale/billing.ts';
import { eachApart } from './each-apart.ts';
import { grant } from './sales/granting.ts';
import { judgedBy, type SelfCheck, signalOf, termsOf } from './sale-signals.ts';

export type RecordedSale = {
  attemptId: string;
  campaignId: string;
  agentId: string;
  recordingId: string | null;
  endedAt: number;
  selfCheck: SelfCheck | null;
};
export type ClosedTask = {
  attemptId: string;
  origin: { kind: string; id: string };
  result: SaleTaskResult;
  selfCheck: SelfCheck | null;
  /** The line was out of service. */
  suspended: boolean;
};

type Deps = { store: QualityStore; clock: Clock; publish: (event: QualityEvent) => void };

export function createSales({ store, clock, publish }: Deps) {
  async function campaignOf(of: Pick<QualityTx, 'campaign'>, id: string): Promise<CampaignQuality> {
    const campaign = await of.campaign(id);
    if (campaign === null) throw new Error(`the campaign ${id} of a sale is unknown`);
    return campaign;
  }

  /** Decides, stores, and grants what the sale asks for; a signal that does not apply changes nothing. */
  async function give(tx: QualityTx, record: SaleRecord, signal: SaleSignal, by: string | null): Promise<SaleRecord> {
    const campaign = await campaignOf(tx, record.campaignId);
    const step = decideSale(record.life, signal, { now: clock.now(), calendar: campaign.calendar });
    if (step.refusal !== null || step.sale === record.life) return record;
    return settle(tx, record, step, campaign, { by, signal: signal.kind });
  }

  async function settle(
    tx: QualityTx,
    before: SaleRecord,
    step: SaleStep,
    campaign: CampaignQuality,
    { by, signal }: { by: string | null; signal: string },
  ): Promise<SaleRecord> {
    const record = { ...before, life: step.sale };
    const journal = {
      at: clock.now(),
      by,
      from: before.life.status,
      to: step.sale.status,
      events: step.happened,
      note: { signal },
    };
    await tx.sales.save(record, journal);
    const { id } = record.life;
    const { attemptId, campaignId } = record;
    const told = billingEntriesOf(step.happened, step.sale);
    await tx.billing.append({ id, attemptId, campaignId, clientId: campaign.clientId }, told, clock.now());
    for (const event of step.happened) await grant(tx, record, event, { now: clock.now(), campaign });
    // The operator's system is told by the feed and activates at once; a sale that waited for activation goes on here.
    if (step.happened.some(({ event }) => event === 'activation-asked'))
      return give(tx, record, { kind: 'activated', trialEndsAt: null }, by);
    return record;
  }

  return {
    /** The agent recorded a sale; told again, nothing happens. */
    async record(sale: RecordedSale): Promise<void> {
      await store.transact(async (tx) => {
        const campaign = await campaignOf(tx, sale.campaignId);
        if ((await tx.sales.lockByAttempt(sale.attemptId)) !== null) return;
        const now = clock.now();
        // Of its call's time, however late it is heard of: cards and lists count it on the day on which it was made.
        const recordedAt = Math.min(sale.endedAt, now);
        const step = newSale({ id: randomUUID(), callId: sale.attemptId, recordedAt }, termsOf(campaign), {
          now,
          calendar: campaign.calendar,
        });
        const record = {
          life: step.sale,
          attemptId: sale.attemptId,
          campaignId: sale.campaignId,
          agentId: sale.agentId,
          recordingId: sale.recordingId,
        };
        await tx.sales.insert(record, {
          at: now,
          by: sale.agentId,
          from: null,
          to: step.sale.status,
          events: [],
          note: { signal: 'recorded' },
        });
        let current = await settle(tx, record, step, campaign, { by: sale.agentId, signal: 'recorded' });
        if (sale.selfCheck !== null)
          current = await give(tx, current, judgedBy(sale.attemptId, sale.selfCheck, now), sale.agentId);
        publish({ type: 'sale-changed', saleId: current.life.id, state: current.life.status });
      });
    },

    /** A verdict on one of the sale's calls, within the unit of work that stores the verdict. */
    async judged(tx: QualityTx, callId: string, judgement: Judgement, by: string | null): Promise<void> {
      const record = (await tx.sales.lockByAttempt(callId)) ?? (await tx.sales.lockByTaskAttempt(callId));
      if (record === null) return;
      const after = await give(tx, record, { kind: 'judged', callId, judgement }, by);
      publish({ type: 'sale-changed', saleId: after.life.id, state: after.life.status });
    },

    /**
     * The recording of a call is lost. A sale that only an inspector could have let pass is in doubt for good, and the customer is
     * called again; any other goes on by its self-check.
     */
    async recordingLost(callId: string): Promise<void> {
      await store.transact(async (tx) => {
        const record = (await tx.sales.lockByAttempt(callId)) ?? (await tx.sales.lockByTaskAttempt(callId));
        if (record === null) return;
        const calls = [...record.life.calls, ...(record.life.confirmation?.calls ?? [])];
        if (!calls.some((call) => call.callId === callId && call.inspectionAsked)) return;
        const after = await give(
          tx,
          record,
          { kind: 'judged', callId, judgement: lostRecording(callId, clock.now()) },
          null,
        );
        publish({ type: 'sale-changed', saleId: after.life.id, state: after.life.status });
      });
    },

    /** A corrective, verification or confirmation call came to its end, made or not. */
    async taskClosed(closed: ClosedTask): Promise<void> {
      await store.transact(async (tx) => {
        const record = await tx.sales.lockByTask(closed.origin.id);
        const task = record === null ? null : await tx.tasks.lock(closed.origin.id);
        if (record === null || task === null || task.state !== 'asked') return;
        const reached = closed.result !== 'unreachable';
        await tx.tasks.save({
          ...task,
          state: reached ? 'done' : 'overdue',
          result: closed.result,
          doneAttemptId: reached ? closed.attemptId : null,
        });
        const after = await give(tx, record, signalOf(task.kind, closed), task.agentId);
        if (closed.selfCheck !== null)
          await give(tx, after, judgedBy(closed.attemptId, closed.selfCheck, clock.now()), task.agentId);
      });
    },

    /** A fact about the sale's text. Answers whether the sale took it: one that is over, or knows it already, does not. */
    async text(saleId: string, signal: Extract<SaleSignal, { kind: `text-${string}` }>): Promise<boolean> {
      return store.transact(async (tx) => {
        const record = await tx.sales.lock(saleId);
        if (record === null) return false;
        const after = await give(tx, record, signal, null);
        if (after.life === record.life) return false;
        publish({ type: 'sale-changed', saleId, state: after.life.status });
        return true;
      });
    },

    /** Whether the customer's yes is in the sale already: told again, it asks for nothing. */
    accepted: (saleId: string | null): Promise<boolean> =>
      store.transact(async (tx) => {
        const record = saleId === null ? null : await tx.sales.lock(saleId);
        return (record?.life.text?.acceptedAt ?? null) !== null;
      }),

    async voided(saleId: string, by: string): Promise<boolean> {
      return store.transact(async (tx) => {
        const record = await tx.sales.lock(saleId);
        if (record === null) return false;
        await give(tx, record, { kind: 'withdrawn', by: 'manager' }, by);
        return true;
      });
    },

    async sweep(): Promise<number> {
      const due = await store.dueSales(clock.now(), 500);
      await eachApart(due, (id) =>
        store.transact(async (tx) => {
          const record = await tx.sales.lock(id);
          if (record !== null) await give(tx, record, { kind: 'clock' }, null);
        }),
      );
      return due.length;
    },
  };
}
