/** What happens between the intent and the carrier's word, with a scripted carrier and a clock that is moved by hand. */
import { beforeEach, describe, expect, it } from 'vitest';
import { contactStore } from '../../../dialer/adapters/store/contacts.ts';
import { createStores } from '../../../dialer/adapters/store/index.ts';
import { createBackground } from '../../../dialer/engine/background.ts';
import { type CallPlacer, createCallPlacer } from '../../../dialer/engine/call-placer.ts';
import { type CallTracker, createCallTracker } from '../../../dialer/engine/call-tracker.ts';
import { createCampaignCache } from '../../../dialer/engine/campaign-cache.ts';
import { createContactPicker } from '../../../dialer/engine/contact-picker.ts';
import type { CarrierCall, PlaceResult } from '../../../dialer/ports/carrier.ts';
import type { Floor } from '../../../dialer/ports/floor.ts';
import { eventually } from '../../support/eventually.ts';
import { useTestDatabase as testDatabase } from '../../support/database.ts';
import { type Centre, fictionNumber, intend, openCentre } from './centre.ts';
import { notAsked } from './not-asked.ts';

const NOW = Date.UTC(2026, 0, 6, 10);
const database = testDatabase();

describe('the call placer', () => {
  const prisma = () => database().database.client;
  let now = NOW;
  let orders: number;
  let answers: PlaceResult[];
  let listed: CarrierCall[];
  /** The carrier answers with this, when it does. */
  let held: Promise<PlaceResult> | null;
  /** What happens while the carrier's wish for rest is respected. */
  let meanwhile: () => Promise<unknown>;
  let centre: Centre;
  let floor: Floor;
  let placer: CallPlacer;
  let tracker: CallTracker;

  beforeEach(async () => {
    now = NOW;
    orders = 0;
    answers = [];
    listed = [];
    held = null;
    meanwhile = () => Promise.resolve();
    await prisma().attempt.updateMany({ data: { live: false, state: 'ended', carrierCallId: null } });
    centre = await openCentre(prisma(), { now: NOW, contacts: 11 });
    const clock = {
      now: () => now,
      after: () => () => {},
      sleep: async (ms: number) => {
        now += ms;
        await meanwhile();
      },
    };
    const bus = { publish: () => {}, subscribe: () => () => {} };
    const logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
    const stores = createStores(prisma(), database().database.pool);
    ({ floor } = stores);
    const cache = createCampaignCache(stores.campaigns, clock, bus);
    const picker = createContactPicker({ store: contactStore(database().database.pool) });
    const carrier = {
      ...notAsked,
      placeCustomerCall: () => {
        const answer = answers[orders] ?? { kind: 'accepted', carrierCallId: `CA${orders}`, queueMs: 0 };
        orders += 1;
        return held ?? Promise.resolve(answer);
      },
      callsTo: () => Promise.resolve({ kind: 'ok' as const, value: listed }),
    };
    const background = createBackground(logger);
    const nothing = { onDesk: () => {}, onTransfer: () => {} };
    tracker = createCallTracker({ floor, picker, carrier, bus, clock, logger, cache, background, ...nothing });
    const rest = { maxTalkMs: 3_600_000, onPlacing: () => {} };
    placer = createCallPlacer({ floor, picker, carrier, tracker, cache, clock, logger, ...rest });
  });

  const busy: PlaceResult = { kind: 'busy', retryAfterMs: 1_000, code: '20429' };
  const call = async (attemptId: string) => {
    const found = await floor.call(attemptId);
    if (found === null) throw new Error('the call is gone');
    return found;
  };

  it('asks a busy carrier again, and the call is made once', async () => {
    answers = [busy, busy];
    const attemptId = await intend(prisma(), centre, 0, NOW);
    await placer.place(attemptId);
    expect(orders).toBe(3);
    expect(await call(attemptId)).toMatchObject({ state: 'queued', carrierCallId: 'CA2' });
  });

  it('looks once more before it asks again: the number came onto the blacklist meanwhile', async () => {
    answers = [busy];
    const attemptId = await intend(prisma(), centre, 1, NOW);
    meanwhile = () =>
      prisma().blacklistEntry.create({
        data: {
          ...{ number: fictionNumber(1), scope: 'all', reason: 'opt-out', source: 'text', evidence: {} },
          addedAt: new Date(now),
        },
      });
    await placer.place(attemptId);
    expect(orders).toBe(1);
    expect(await call(attemptId)).toMatchObject({ state: 'ended', outcome: 'canceled', error: 'on-blacklist' });
  });

  it('asks a carrier that says nothing for less and less, until it answers', async () => {
    const silent: PlaceResult = { kind: 'uncertain', cause: 'timeout' };
    answers = [silent, silent, silent, silent, silent];
    const place = async (index: number) => {
      const attemptId = await intend(prisma(), centre, index, now);
      await placer.place(attemptId);
      return placer.restUntil() - now;
    };
    // One or two lost answers are accidents.
    expect(await place(4)).toBeLessThanOrEqual(0);
    expect(await place(5)).toBeLessThanOrEqual(0);
    expect(await place(6)).toBe(15_000);
    // Asked for before that: no trial of its own.
    expect(await place(7)).toBe(15_000);
    now += 15_000;
    expect(await place(8)).toBe(30_000);
    now += 30_000;
    expect(await place(9)).toBeLessThanOrEqual(0);
  });

  it('waits while an order is unanswered', async () => {
    let answer: (result: PlaceResult) => void = () => {};
    answers = [];
    held = new Promise((resolve) => {
      answer = resolve;
    });
    const attemptId = await intend(prisma(), centre, 10, now);
    const placing = placer.place(attemptId);
    await eventually('the carrier is asked', async () => orders === 1);
    expect(placer.restUntil()).toBe(0);
    now += 10_001;
    expect(placer.restUntil()).toBeGreaterThan(now);
    answer({ kind: 'accepted', carrierCallId: 'CA-late', queueMs: 0 });
    await placing;
    expect(placer.restUntil()).toBe(0);
  });

  describe('when nobody knows whether a call was made', () => {
    /** As a timeout leaves it. */
    const doubtful = async (index: number) => {
      const attemptId = await intend(prisma(), centre, index, now);
      await prisma().attempt.update({ where: { id: attemptId }, data: { state: 'uncertain' } });
      return attemptId;
    };
    const listing = (carrierCallId: string, index: number, startedAt: number): CarrierCall => ({
      ...{ carrierCallId, from: '+12025550100', to: fictionNumber(index), status: 'in-progress', end: null },
      startedAt,
      lastedMs: null,
      endedAt: null,
      detection: null,
    });

    it('takes the call that the carrier lists', async () => {
      const attemptId = await doubtful(2);
      listed = [listing('CA-listed', 2, now)];
      await placer.reconcile(await call(attemptId));
      expect(await call(attemptId)).toMatchObject({ state: 'queued', carrierCallId: 'CA-listed' });
    });

    it('does not take the call of the attempt before, to the same number a moment ago', async () => {
      const before = await intend(prisma(), centre, 3, now);
      const ended = { live: false, state: 'ended', outcome: 'busy', carrierCallId: 'CA-before' };
      await prisma().attempt.update({ where: { id: before }, data: ended });
      now += 3_000;
      const attemptId = await doubtful(3);
      listed = [listing('CA-before', 3, now - 3_000)];
      await placer.reconcile(await call(attemptId));
      expect(await call(attemptId)).toMatchObject({ state: 'uncertain', carrierCallId: null });
      now += 120_000;
      await placer.reconcile(await call(attemptId));
      expect(await call(attemptId)).toMatchObject({ state: 'ended', carrierCallId: null });
    });
  });
});
