import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countsAsSeen,
  type Desk,
  type DeskSignal,
  decideDesk,
  isBusy,
  newDesk,
  sameStretch,
} from '../../../dialer/rules/agent.ts';

const NOW = 5_000_000;
const run = (signals: DeskSignal[], start: Desk = newDesk(NOW)): Desk =>
  signals.reduce((desk, signal, index) => decideDesk(desk, signal, NOW + (index + 1) * 1000).desk, start);

const signIn: DeskSignal = { kind: 'sign-in', campaignId: 'c', teamId: 't' };
const ready: DeskSignal[] = [
  signIn,
  { kind: 'leg-dialling', room: 'r', giveUpAt: NOW + 30_000 },
  { kind: 'leg-joined', legId: 'l', room: 'r' },
];
const reserve: DeskSignal = { kind: 'reserve', attemptId: 'x', deadlineAt: null };
const talking: DeskSignal[] = [...ready, reserve, { kind: 'join', attemptId: 'x' }];
const wrapUp: DeskSignal = { kind: 'wrap-up', attemptId: 'x', deadlineAt: NOW + 99_000 };

describe('a desk', () => {
  it('is ready only once the standing leg is in its room', () => {
    const { desk, dialLeg } = decideDesk(newDesk(NOW), signIn, NOW);
    expect(desk).toMatchObject({ presence: 'signed-in', activity: 'none' });
    expect(dialLeg).toBe(true);
    expect(run(ready)).toMatchObject({ activity: 'ready', legState: 'joined' });
    expect(
      run([signIn, { kind: 'leg-dialling', room: 'r', giveUpAt: 0 }, { kind: 'leg-joined', legId: 'l', room: 'other' }])
        .activity,
    ).toBe('none');
  });

  it('goes through a call: reserved, talking, wrap-up, ready with a new rest', () => {
    const after = run([...talking, wrapUp, { kind: 'written-up', attemptId: 'x' }]);
    expect(after).toMatchObject({ activity: 'ready', attemptId: null, deadlineAt: null });
    expect(after.restSince).toBe(after.since);
  });

  it('keeps its place in the queue when a call came to nothing', () => {
    const before = run(ready);
    const after = run([reserve, { kind: 'release', attemptId: 'x' }], before);
    expect(after.activity).toBe('ready');
    expect(after.restSince).toBe(before.restSince);
  });

  it('takes a break or a sign-out asked for during a call when the call is written up', () => {
    const asked = run([...talking, { kind: 'break', reason: 'lunch' }]);
    expect(asked).toMatchObject({ activity: 'talking', next: { presence: 'on-break', reason: 'lunch' } });
    expect(run([wrapUp, { kind: 'written-up', attemptId: 'x' }], asked)).toMatchObject({
      presence: 'on-break',
      breakReason: 'lunch',
    });
    const leaving = run([...talking, { kind: 'sign-out' }, wrapUp]);
    expect(decideDesk(leaving, { kind: 'written-up', attemptId: 'x' }, NOW)).toMatchObject({
      desk: { presence: 'signed-out', legState: 'absent', room: null },
      dropLeg: 'l',
    });
  });

  it('asks for the outcome before the next call, and sends a desk that does not write up on a break', () => {
    const writing = run([...talking, wrapUp]);
    expect(decideDesk(writing, { kind: 'ready' }, NOW).refused).toBe('outcome-missing');
    expect(run([{ kind: 'overdue', attemptId: 'x' }], writing)).toMatchObject({
      presence: 'on-break',
      breakReason: 'wrap-up-overdue',
    });
  });

  it('is never signed out by a silent browser during a call', () => {
    expect(run([...talking, { kind: 'silent' }]).presence).toBe('signed-in');
    expect(run([...ready, { kind: 'silent' }]).presence).toBe('signed-out');
  });

  it('whose page is known to be gone is silent after the seconds of a reload, and never later than one that only says nothing', () => {
    const silentAt = (browserGraceMs: number, browserAwayMs: number) =>
      countsAsSeen(NOW, { browserGraceMs, browserAwayMs }) + browserGraceMs;
    expect(silentAt(45_000, 10_000)).toBe(NOW + 10_000);
    expect(silentAt(5_000, 10_000)).toBe(NOW + 5_000);
  });

  it('loses readiness with its leg and wants it dialled again after the call', () => {
    expect(run([...ready, { kind: 'leg-lost', legId: 'l', retryAt: NOW + 9 }])).toMatchObject({
      activity: 'none',
      deadlineAt: NOW + 9,
    });
    expect(run([...ready, { kind: 'leg-lost', legId: 'older', retryAt: 0 }]).activity).toBe('ready');
    const lost = run([...talking, { kind: 'leg-lost', legId: 'l', retryAt: 0 }]);
    expect(decideDesk(lost, { kind: 'release', attemptId: 'x' }, NOW)).toMatchObject({
      desk: { activity: 'none' },
      dialLeg: true,
    });
  });
});

const attempt = fc.constantFrom('x', 'y');
const anySignal: fc.Arbitrary<DeskSignal> = fc.oneof(
  fc.constantFrom<DeskSignal>(
    signIn,
    { kind: 'sign-in', campaignId: 'd', teamId: null },
    { kind: 'sign-out' },
    { kind: 'ready' },
    { kind: 'break', reason: 'tea' },
    { kind: 'leg-dialling', room: 'r', giveUpAt: NOW },
    { kind: 'leg-known', legId: 'l' },
    { kind: 'leg-joined', legId: 'l', room: 'r' },
    { kind: 'leg-lost', legId: 'l', retryAt: NOW },
    { kind: 'hold', until: NOW },
    { kind: 'silent' },
    { kind: 'release', attemptId: null },
  ),
  attempt.chain((attemptId) =>
    fc.constantFrom<DeskSignal>(
      { kind: 'reserve', attemptId, deadlineAt: null },
      { kind: 'ring', attemptId },
      { kind: 'join', attemptId },
      { kind: 'release', attemptId },
      { kind: 'wrap-up', attemptId, deadlineAt: NOW },
      { kind: 'written-up', attemptId },
      { kind: 'overdue', attemptId },
    ),
  ),
);

describe('whatever a desk is told, in any order', () => {
  it('has at most one call, works only while signed in, and is ready only with its leg', () => {
    fc.assert(
      fc.property(fc.array(anySignal, { maxLength: 60 }), (signals) => {
        let desk = newDesk(NOW);
        signals.forEach((signal, index) => {
          const now = NOW + index;
          const { desk: next, refused } = decideDesk(desk, signal, now);
          if (refused !== null) expect(next).toBe(desk);
          // From one call to another only by way of none.
          if (desk.attemptId !== null && next.attemptId !== null) expect(next.attemptId).toBe(desk.attemptId);
          if (next.presence !== 'signed-in') expect(next.activity).toBe('none');
          if (next.activity === 'ready') expect(next.legState).toBe('joined');
          if (next.attemptId !== null) expect(isBusy(next)).toBe(true);
          if (['ringing', 'talking', 'wrap-up'].includes(next.activity)) expect(next.attemptId).not.toBeNull();
          expect(next.since).toBe(sameStretch(desk, next) ? desk.since : now);
          desk = next;
        });
      }),
      { numRuns: 2000 },
    );
  });

  it('changes nothing when told the same twice', () => {
    fc.assert(
      fc.property(fc.array(anySignal, { maxLength: 30 }), (signals) => {
        const at = (list: DeskSignal[]): Desk =>
          list.reduce((desk, signal) => decideDesk(desk, signal, NOW).desk, newDesk(NOW));
        expect(at(signals.flatMap((signal) => [signal, signal]))).toEqual(at(signals));
      }),
      { numRuns: 1000 },
    );
  });
});
