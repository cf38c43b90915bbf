import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { mayCallAt } from '../../../dialer/rules/calling-window.ts';
import { campaignSettings, systemOutcomes } from '../../../dialer/rules/campaign-settings.ts';
import type { RetryFacts } from '../../../dialer/rules/retry.ts';
import { afterAttempt } from '../../../dialer/rules/retry.ts';

const zone = 'Asia/Shanghai';
const time = (text: string): number => DateTime.fromISO(text, { zone }).toMillis();
const at = time('2026-11-23T10:00'); // a Monday

const facts: RetryFacts = {
  settings: campaignSettings.parse({}),
  settingsVersion: 4,
  calendar: { timeZone: zone, workWeek: [1, 2, 3, 4, 5], exceptions: new Map([['2026-11-27', false]]) },
  timeZone: zone,
  importedAt: time('2026-11-23T08:00'),
  deadlineAt: null,
  priority: 0,
  boundAgentId: null,
  bound: false,
  agentId: 'agent-1',
  number: '+12125550101',
  otherNumbers: 1,
  endedSo: () => 1,
};
const next = (outcome: (typeof systemOutcomes)[number], change: Partial<RetryFacts> = {}) =>
  afterAttempt({ ...facts, ...change }, { outcome, disposition: null, at });

describe('after an attempt', () => {
  it('a busy line is tried again after its delay', () => {
    expect(next('busy')).toMatchObject({
      state: 'waiting',
      dueAt: time('2026-11-23T10:30'),
      reason: 'retry-busy',
      reasonVersion: 4,
    });
  });

  it('a delay that ends in the noon break waits for the afternoon', () => {
    expect(next('no-answer').dueAt).toBe(time('2026-11-23T14:00'));
  });

  it('gives up after the rule’s number of tries', () => {
    expect(next('busy', { endedSo: () => 3 })).toMatchObject({ state: 'finished', reason: 'retries-exhausted' });
  });

  it('an invalid number is dead; the next one is called at once', () => {
    expect(next('invalid')).toMatchObject({ state: 'waiting', deadNumber: '+12125550101', dueAt: at });
    expect(next('invalid', { otherNumbers: 0 })).toMatchObject({ state: 'finished', reason: 'no-usable-number' });
  });

  it('an abandoned customer is called for 72 hours only with an agent reserved', () => {
    expect(next('abandoned')).toMatchObject({ state: 'waiting', needsAgent: true, lockedUntil: at + 72 * 3600_000 });
  });

  it('moves to the rule’s time of day', () => {
    const settings = campaignSettings.parse({
      retry: [{ outcome: 'busy', maxTries: 2, delayMinutes: 30, timeOfDay: '19:00' }],
    });
    expect(next('busy', { settings }).dueAt).toBe(time('2026-11-23T19:00'));
    expect(
      afterAttempt({ ...facts, settings }, { outcome: 'busy', disposition: null, at: time('2026-11-23T18:45') }).dueAt,
    ).toBe(time('2026-11-24T19:00'));
  });

  it('all who did not answer or were switched off are tried together on the last working day of the call-back window', () => {
    const gather = { maxTries: 9, delayMinutes: 0, gatherOnLastWorkingDay: { windowDays: 7 } };
    const settings = campaignSettings.parse({
      retry: [
        { outcome: 'no-answer', ...gather },
        { outcome: 'switched-off', ...gather },
      ],
    });
    // The window is 23–29 November; Friday the 27th is a holiday here, so Thursday the 26th is the day.
    const together = time('2026-11-26T09:00');
    expect(next('no-answer', { settings }).dueAt).toBe(together);
    expect(next('switched-off', { settings }).dueAt).toBe(together);
    const onTheDay = afterAttempt(
      { ...facts, settings },
      { outcome: 'no-answer', disposition: null, at: time('2026-11-26T09:05') },
    );
    expect(onTheDay).toMatchObject({ state: 'finished', reason: 'retries-exhausted' });
  });

  it('the agent’s word outranks the system’s', () => {
    const say = (disposition: Parameters<typeof afterAttempt>[1]['disposition']) =>
      afterAttempt(facts, { outcome: 'connected', disposition, at });
    expect(say({ kind: 'opt-out', words: 'stop' })).toMatchObject({ state: 'finished', reason: 'opt-out' });
    expect(say({ kind: 'refused', reason: 'price' })).toMatchObject({ state: 'finished' });
    expect(say({ kind: 'surveyed' })).toMatchObject({ state: 'finished', reason: 'surveyed' });
    expect(say({ kind: 'appointment', at: time('2026-11-25T15:10'), withMe: true })).toMatchObject({
      state: 'waiting',
      dueAt: time('2026-11-25T15:10'),
      agentId: 'agent-1',
      needsAgent: true,
      priority: 100,
    });
    expect(say({ kind: 'appointment', at: time('2026-11-25T15:10'), withMe: false }).agentId).toBeNull();
  });

  it('a task call stays with its agent and ends at its deadline', () => {
    const task = { bound: true, boundAgentId: 'agent-7', deadlineAt: time('2026-11-23T18:00') };
    expect(next('busy', task)).toMatchObject({ state: 'waiting', agentId: 'agent-7', needsAgent: true });
    expect(next('no-answer', { ...task, deadlineAt: time('2026-11-23T11:00') })).toMatchObject({
      state: 'finished',
      reason: 'deadline-passed',
    });
  });

  it('every outcome has a future, and none is due before now or outside hours', () => {
    fc.assert(
      fc.property(fc.constantFrom(...systemOutcomes), fc.integer({ min: 1, max: 4 }), (outcome, tries) => {
        const update = next(outcome, { endedSo: () => tries });
        if (update.state === 'finished') {
          expect(update.reason).not.toBeNull();
          return;
        }
        expect(update.dueAt).toBeGreaterThanOrEqual(at);
        if (outcome !== 'invalid')
          expect(mayCallAt(facts.settings.calling, facts.calendar, zone, update.dueAt)).toBe(true);
      }),
    );
  });
});
