import { describe, expect, it } from 'vitest';
import { AbandonLedger } from '../../../dialer/rules/pacing/cap/abandon-ledger.ts';
import { Floor } from '../../../dialer/rules/pacing/floor/floor.ts';
import { createPolicy } from '../../../dialer/rules/pacing/index.ts';
import { Learning } from '../../../dialer/rules/pacing/learning.ts';
import { Outlook } from '../../../dialer/rules/pacing/outlook.ts';
import type { PacingDecision } from '../../../dialer/rules/pacing/policy.ts';
import { placedChance, riskLimits, waitingChance } from '../../../dialer/rules/pacing/risk-limits.ts';
import { safeConfig } from '../../../dialer/rules/pacing/safe-config.ts';
import { whySentence } from '../../../dialer/rules/pacing/why.ts';

const plain = {
  maxAbandonRate: 0.03,
  abandonWithinMs: 2000,
  maxLines: 600,
  maxCallsPerSecond: 100,
  ringTimeoutMs: 25_000,
};
const banded = { ...plain, targetUtilization: { min: 0.69, max: 0.74 } };
const MINUTE = 60_000;

describe('what one more call may risk', () => {
  type How = { hold?: 'none' | 'half'; lacks?: boolean };
  const limitsOf = (config: typeof plain, answered: number, abandoned: number, how: How = {}) => {
    const { hold = 'none', lacks = false } = how;
    const safe = safeConfig(config);
    const learning = new Learning(safe);
    for (let call = 0; call < answered; call++) learning.ledger.count(call * 3000, call < abandoned);
    return riskLimits({ config: safe, learning, hold }, answered * 3000, 50, { factor: 0.1, lacks });
  };

  it('spends what was saved without a band, or under it; within it that is kept for the list’s coming back', () => {
    const free = limitsOf(plain, 1000, 5);
    const saved = limitsOf(banded, 1000, 5);
    const even = limitsOf(banded, 1000, 30);
    expect(free.usual).toBeCloseTo(saved.most, 9);
    expect(saved.most).toBeGreaterThan(1.5 * even.most);
    expect(saved.usual).toBeLessThan(0.11 * even.most);
    expect(limitsOf(banded, 1000, 5, { lacks: true }).usual).toBeCloseTo(0.1 * saved.most, 9);
  });

  it('is less for the band’s sake where nothing was saved, and what is owed is owed within it, too', () => {
    const { usual, most } = limitsOf(banded, 1000, 40);
    expect(usual).toBeCloseTo(0.1 * most, 9);
    expect(most).toBeLessThan(limitsOf(banded, 1000, 30).most);
  });

  it('bears a list’s return as far as it was saved for, and less while the guard holds', () => {
    const { bearable } = limitsOf(banded, 1000, 5);
    expect(bearable).toBeGreaterThan(5);
    expect(bearable).toBeLessThan(40);
    expect(limitsOf(banded, 1000, 5, { hold: 'half' }).bearable).toBeCloseTo(bearable / 2, 9);
    expect(limitsOf(banded, 1000, 30).bearable).toBeLessThanOrEqual(0);
  });

  it('bears nothing without a band: there ordinary risk spends the cap', () => {
    expect(limitsOf(plain, 1000, 5).bearable).toBe(0);
  });

  it('is said beside the limit that it was held against', () => {
    const limits = { usual: 0.004, most: 0.09, bearable: 20 };
    expect(placedChance({ risk: 0.003, asIs: 0.003 }, limits)).toMatchObject({
      chanceNobody: 0.003,
      limit: 0.004,
    });
    expect(placedChance({ risk: 0.05, asIs: 0.003 }, limits)).toMatchObject({ chanceNobody: 0.05, limit: 0.09 });
    const borne = placedChance({ risk: 0.2, asIs: 0.003 }, limits);
    expect(borne).toEqual({ chanceNobody: 0.003, limit: 0.004, borne: true });
    expect(waitingChance({ risk: 0.2, asIs: 0.005 }, limits, false)).toMatchObject({ chanceNobody: 0.005 });
    expect(waitingChance({ risk: 0.2, asIs: 0.003 }, limits, true)).toMatchObject({
      chanceNobody: 0.2,
      limit: 0.09,
    });
  });
});

describe('what was saved of the cap', () => {
  it('is the least of shift, window and hour', () => {
    const ledger = new AbandonLedger({ answered: 1000, abandoned: 28 });
    for (let minute = 0; minute < 200; minute++)
      for (let call = 0; call < 10; call++) ledger.count(minute * MINUTE, call === 0 && minute % 10 === 0);
    expect(ledger.saved(199 * MINUTE, 0.03, 0.045)).toBeCloseTo(0.045 * 600 - 6, 6);
    expect(ledger.saved(199 * MINUTE, 0.03, 0.5)).toBeCloseTo(0.03 * 2000 - 20, 6);
    expect(ledger.saved(199 * MINUTE, 0.012, 0.5)).toBeCloseTo(0.012 * 3000 - 48, 6);
  });
});

describe('a list that may come back', () => {
  /** Ten agents, all ready; an hour at 40 % of people, then a quarter of an hour at `rate`. */
  const fallen = (rate: number) => {
    const config = safeConfig(banded);
    const learning = new Learning(config);
    const floor = new Floor(config, () => {});
    for (let agent = 0; agent < 10; agent++) floor.observe({ type: 'agent', time: 0, agentId: agent, state: 'ready' });
    for (let minute = 0; minute < 75; minute++) {
      const answers = 100 * (minute < 60 ? 0.4 : rate);
      learning.back.learn(minute * MINUTE, 100, answers);
      learning.answer.learn(100, answers, 2.5);
    }
    floor.advance(75 * MINUTE);
    learning.refresh(floor);
    const outlook = new Outlook();
    const look = (calls: number): Outlook => {
      outlook.look(floor, learning, 0);
      for (let call = 0; call < calls; call++) outlook.place();
      return outlook;
    };
    return { learning, look };
  };

  it('is borne up to so many calls under way, more where more was saved', () => {
    const { look } = fallen(0.05);
    expect(look(10).bearsReturn(20)).toBe(true);
    expect(look(50).bearsReturn(3)).toBe(false);
    expect(look(50).bearsReturn(25)).toBe(true);
    expect(look(50).bearsReturn(0)).toBe(false);
  });

  it('is not borne where only machines answer meanwhile: nothing is lost by waiting', () => {
    const { look, learning } = fallen(0.05);
    expect(look(50).bearsReturn(40)).toBe(true);
    for (let call = 0; call < 200; call++) learning.back.countParty(false);
    expect(look(50).bearsReturn(40)).toBe(false);
  });
});

describe('what is said while the list is not known yet', () => {
  it('is that the first calls are waited for', () => {
    const policy = createPolicy(plain);
    for (let agent = 0; agent < 20; agent++) policy.observe({ type: 'agent', time: 0, agentId: agent, state: 'ready' });
    const { place } = policy.decide(1000);
    expect(place).toBe(32);
    for (let call = 0; call < place; call++) policy.observe({ type: 'placed', time: 1000, callId: call });
    const waiting: PacingDecision = policy.decide(2000);
    expect(waiting).toMatchObject({ place: 0, reason: { code: 'first-calls', ready: 20, inFlight: 32 } });
    expect(waiting.why).toContain('first calls');
  });

  it.each([
    ['may-return', 'may answer again'],
    ['waiting', 'Waiting: one more call'],
  ] as const)('has a sentence of its own: %s', (code, words) => {
    expect(whySentence({ code, chanceNobody: 0.2, limit: 0.09, ready: 8, inFlight: 140 })).toContain(words);
  });
});
