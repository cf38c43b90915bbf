import { describe, expect, it } from 'vitest';
import { createExpectedAnswers } from '../../../dialer/engine/expected-answers.ts';

/** Time that only goes on when it is told to. */
function handClock() {
  let now = 1_000;
  const timers = new Map<object, { at: number; run: () => void }>();
  return {
    now: () => now,
    after(ms: number, run: () => void) {
      const key = {};
      timers.set(key, { at: now + ms, run });
      return () => void timers.delete(key);
    },
    sleep: () => Promise.reject(new Error('not here')),
    waiting: () => timers.size,
    async go(ms: number) {
      now += ms;
      for (const [key, { at, run }] of timers) if (at <= now && timers.delete(key)) run();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** Whether a promise has ended by now. */
async function ended(work: Promise<void>): Promise<boolean> {
  let done = false;
  void work.then(() => {
    done = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  return done;
}

describe('the callback of an answer and the request for its document', () => {
  it('lets the request go first, and tells it when the customer picked up', async () => {
    const clock = handClock();
    const expected = createExpectedAnswers(clock);
    expected.expect('call', 'campaign');
    const callback = expected.giveWay('call');
    await clock.go(40);
    const request = expected.take('call');
    expect(request).toMatchObject({ campaignId: 'campaign', heardAt: 1_000 });
    expect(await ended(callback)).toBe(false);
    request?.settle();
    expect(await ended(callback)).toBe(true);
    expect(clock.waiting()).toBe(0);
  });

  it('waits for a request that is being answered already', async () => {
    const expected = createExpectedAnswers(handClock());
    expected.expect('call', 'campaign');
    const request = expected.take('call');
    expect(request?.heardAt).toBeNull();
    const callback = expected.giveWay('call');
    expect(await ended(callback)).toBe(false);
    request?.settle();
    expect(await ended(callback)).toBe(true);
    // What comes later finds nothing to wait for, and a second request knows nothing.
    expect(await ended(expected.giveWay('call'))).toBe(true);
    expect(expected.take('call')).toBeNull();
  });

  it('works on the callback when no request comes, or when another process placed the call', async () => {
    const clock = handClock();
    const expected = createExpectedAnswers(clock);
    expect(await ended(expected.giveWay('stranger'))).toBe(true);
    expected.expect('call', 'campaign');
    const callback = expected.giveWay('call');
    await clock.go(149);
    expect(await ended(callback)).toBe(false);
    await clock.go(1);
    expect(await ended(callback)).toBe(true);
    // The request may still come, and knows since when the customer waits.
    expect(expected.take('call')).toMatchObject({ heardAt: 1_000 });
  });
});
