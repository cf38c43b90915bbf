/**
 * What the product does by itself. Due times live in our own rows: every job only looks, so it may run late, twice or on any
 * process. All times are the product's clock.
 */
import { z } from 'zod';
import type { CustomerErasure, CustomerMonthCommands, Dialer, PlanCommands } from '../dialer/index.ts';
import { eachApart } from '../qa/index.ts';
import type { QualityApi } from './contract/quality.ts';
import type { Transcribed } from '../qa/index.ts';
import type { Handoffs } from './handoffs.ts';
import type { Auth } from './http/auth.ts';
import type { AuditLog } from './http/services.ts';
import type { Clock } from './platform/clock.ts';
import type { JobCatalogue } from './platform/job-catalogue.ts';
import type { LongJobs } from './platform/long-jobs.ts';
import type { Logger } from './platform/logger.ts';
import type { Notices } from './notices/index.ts';
import type { Reports } from './reports/report.ts';

const nothing = z.object({});
type Nothing = z.infer<typeof nothing>;

/** Names and data of all jobs. */
export type ProductJobs = {
  'dialer-sweep': Nothing;
  'handoffs-deliver': Nothing;
  'quality-sweep': Nothing;
  'billing-deliver': Nothing;
  'plans-due': Nothing;
  'draws-due': Nothing;
  'summaries-due': Nothing;
  'notices-deliver': Nothing;
  'transcripts-make': Nothing;
  'recordings-erase': Nothing;
  'customer-months-erase': Nothing;
  'house-keeping': Nothing;
};

export type JobDeps = {
  dialer: Pick<Dialer, 'sweep' | 'eraseDue' | 'lists'>;
  customers: { months: Pick<CustomerMonthCommands, 'endAbandoned'>; erasure: Pick<CustomerErasure, 'eraseDue'> };
  plans: Pick<PlanCommands, 'due' | 'layOut'>;
  quality: Pick<QualityApi, 'sweep' | 'drawDue' | 'billing' | 'keeps'>;
  reports: Pick<Reports, 'publishDue'>;
  notices: Pick<Notices, 'deliver'>;
  handoffs: Handoffs;
  auth: Pick<Auth, 'sweep'>;
  audit: Pick<AuditLog, 'record'>;
  longJobs: Pick<LongJobs, 'forget'>;
  /** The speech engine of this server; null: it has none. */
  speech: {
    way: string;
    run(signal: AbortSignal, done: (each: Transcribed) => Promise<void>): Promise<void>;
  } | null;
  clock: Pick<Clock, 'now'>;
  logger: Logger;
};

const every = (ms: number) => ({ kind: 'every', ms, data: {} }) as const;
/** How long delivered handoffs are kept, for questions. */
const keepHandoffsMs = 30 * 86_400_000;

export function productJobs(deps: JobDeps): JobCatalogue<ProductJobs> {
  const {
    dialer,
    customers,
    plans,
    quality,
    reports,
    notices,
    handoffs,
    auth,
    audit,
    longJobs,
    speech,
    clock,
    logger,
  } = deps;
  return {
    /** Calls, agents and recordings whose deadline has passed; recordings that are to be fetched again. */
    'dialer-sweep': {
      schema: nothing,
      schedule: every(5_000),
      async handler() {
        await dialer.sweep();
      },
    },
    'handoffs-deliver': {
      schema: nothing,
      schedule: every(5_000),
      async handler() {
        await handoffs.deliver();
      },
    },
    /** Assignments, corrective calls, held sales, confirmations and cases whose deadline has passed. */
    'quality-sweep': {
      schema: nothing,
      schedule: every(30_000),
      async handler() {
        await quality.sweep();
      },
    },
    /** What clients' billing systems have not taken yet. */
    'billing-deliver': {
      schema: nothing,
      schedule: every(10_000),
      lane: 'slow',
      async handler() {
        await quality.billing.deliver();
      },
    },
    /** The day's work of plans of repeated calls: a centre's day begins whenever it does there. One plan that fails stops no other. */
    'plans-due': {
      schema: nothing,
      schedule: every(60_000),
      lane: 'slow',
      async handler() {
        await eachApart(await plans.due(), async (plan) => {
          const made = await plans.layOut(plan);
          if (made !== null) logger.info({ planId: plan.id, ...made }, 'day of a plan laid out');
        });
      },
    },
    /** Days and weeks of the centres that have closed: a centre's midnight is whenever it is there. */
    'draws-due': {
      schema: nothing,
      schedule: every(60_000),
      lane: 'slow',
      async handler() {
        // A draw is of what has arrived: what is on its way is carried over first.
        await handoffs.deliver();
        const { made } = await quality.drawDue();
        for (const { id, kind, campaignId } of made) logger.info({ drawId: id, kind, campaignId }, 'draw made');
      },
    },
    /** Monday 06:00 of the centre. */
    'summaries-due': {
      schema: nothing,
      schedule: every(60_000),
      lane: 'slow',
      async handler() {
        const { published } = await reports.publishDue();
        for (const { id, campaignId } of published)
          logger.info({ summaryId: id, campaignId }, 'weekly summary published');
      },
    },
    /** What clients are told outside the product: weeks that are published, complaints that are closed. */
    'notices-deliver': {
      schema: nothing,
      schedule: every(10_000),
      lane: 'slow',
      async handler() {
        await notices.deliver();
      },
    },
    /** What is to be judged and has no transcript yet, by this server's own engine. What fails has its own times in our rows. */
    'transcripts-make': {
      schema: nothing,
      schedule: every(30_000),
      lane: 'slow',
      async handler(_data, { signal }) {
        await speech?.run(signal, async (each) => {
          if ('problem' in each) return logger.warn(each, 'a recording was not transcribed');
          const about = { actorId: null, action: 'transcript-delivered', subjectType: 'recording' };
          await audit.record({
            ...{ ...about, subjectId: each.recordingId },
            detail: { way: speech.way, transcript: each.transcriptId },
          });
        });
      },
    },
    /** Recordings whose retention is over. Once a day is enough; looked at every hour, so that a night's standstill misses nothing. */
    'recordings-erase': {
      schema: nothing,
      schedule: every(3_600_000),
      lane: 'slow',
      async handler() {
        const erased = await dialer.eraseDue((ids) => quality.keeps(ids));
        await eachApart(erased, ({ recordingId, campaignId }) =>
          audit.record({
            ...{ actorId: null, action: 'recording-erased', subjectType: 'recording', subjectId: recordingId },
            detail: { campaignId },
          }),
        );
      },
    },
    /** Customers' months that have been kept long enough. */
    'customer-months-erase': {
      schema: nothing,
      schedule: every(3_600_000),
      lane: 'slow',
      async handler(_data, { signal }) {
        await eraseCustomerMonths({ customers, audit }, signal);
      },
    },
    'house-keeping': {
      schema: nothing,
      schedule: every(3_600_000),
      async handler() {
        await eachApart(
          [
            () => auth.sweep(),
            () => longJobs.forget(),
            () => handoffs.forget(clock.now() - keepHandoffsMs),
            () => dialer.lists.endAbandoned(),
            () => customers.months.endAbandoned(),
          ],
          (work) => work(),
        );
      },
    },
  };
}

/** The record of what is erased holds counts, and nobody. */
export async function eraseCustomerMonths(
  { customers, audit }: { customers: { erasure: Pick<CustomerErasure, 'eraseDue'> }; audit: JobDeps['audit'] },
  signal: AbortSignal,
): Promise<void> {
  const done = await customers.erasure.eraseDue(signal);
  await eachApart(done, async ({ importId, clientId, month, customers: count, left }) => {
    await audit.record({
      ...{ actorId: null, action: 'customer-months-erased', subjectType: 'customer-months', subjectId: importId },
      detail: { clientId, month, customers: count, left },
    });
  });
}
