import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  agentRateOf,
  DEFAULT_TIGHTENING_TERMS as terms,
  decideTightening,
  maySell,
  NORMAL,
  termsOf,
  type Tightening,
  type TighteningEvent,
  type TighteningSignal,
} from '../../../qa/rules/tightening.ts';

let serial = 0;
/** A lot with so many unqualified recordings, of which so many failed a fatal criterion. */
function lot(unqualified = 0, fatal = unqualified): TighteningSignal {
  serial += 1;
  const evidence = Array.from({ length: unqualified }, (_, i) => `i${serial}-${i}`);
  return {
    kind: 'lot',
    lot: { lotId: `day${serial}`, accepted: unqualified === 0, evidence },
    fatal: evidence.slice(0, fatal),
  };
}
const times = (count: number, make: () => TighteningSignal) => Array.from({ length: count }, make);
const coached: TighteningSignal = { kind: 'coaching-closed', evidence: 'coaching 7' };
const fabricated: TighteningSignal = { kind: 'fabricated-consent', inspectionId: 'i9', provenBy: 'sue' };
const reinstated: TighteningSignal = { kind: 'reinstated', by: 'sue', role: 'supervisor', requalification: 'exam 3' };

function play(signals: readonly TighteningSignal[]): {
  state: Tightening;
  happened: TighteningEvent[];
  refusals: unknown[];
} {
  let state = NORMAL;
  const happened: TighteningEvent[] = [];
  const refusals: unknown[] = [];
  for (const signal of signals) {
    const result = decideTightening(state, signal, terms);
    state = result.state;
    happened.push(...result.happened);
    if (result.refusal !== null) refusals.push(result.refusal);
  }
  return { state, happened, refusals };
}

describe('tightened inspection', () => {
  it.each<[string, TighteningSignal[], Tightening['level'], number, string[]]>([
    ['clean lots', times(20, lot), 'normal', 0, []],
    ['one fatal failure', [lot(1)], 'tightened', 1, ['fatal-failure']],
    ['one rejected lot without a fatal failure', [lot(1, 0)], 'normal', 0, []],
    ['two rejected lots of five', [lot(1, 0), lot(), lot(), lot(), lot(1, 0)], 'tightened', 1, ['rejected-lots']],
    ['two rejected lots of six', [lot(1, 0), lot(), lot(), lot(), lot(), lot(1, 0)], 'normal', 0, []],
    ['a further failure', [lot(1), lot(1)], 'tightened', 2, ['fatal-failure', 'further-failure']],
    ['two further failures in one lot', [lot(1), lot(2)], 'tightened', 3, ['fatal-failure', 'further-failure']],
    ['five clean lots without coaching', [lot(1), ...times(5, lot)], 'tightened', 1, ['fatal-failure']],
    [
      'five clean lots and coaching',
      [lot(1), ...times(5, lot), coached],
      'normal',
      0,
      ['fatal-failure', 'lots-accepted-and-coached'],
    ],
    [
      'coaching, then five clean lots',
      [lot(1), coached, ...times(5, lot)],
      'normal',
      0,
      ['fatal-failure', 'lots-accepted-and-coached'],
    ],
    [
      'five clean lots, not in a row',
      [lot(1), coached, ...times(4, lot), lot(1), lot()],
      'tightened',
      2,
      ['fatal-failure', 'further-failure'],
    ],
    [
      'five failed lots while tightened',
      [lot(1), ...times(5, () => lot(1))],
      'suspended',
      3,
      ['fatal-failure', 'further-failure', 'further-failure', 'rejected-while-tightened'],
    ],
    ['a fabricated consent', [fabricated, fabricated], 'suspended', 1, ['fabricated-consent']],
    ['clean lots while suspended', [fabricated, coached, ...times(9, lot)], 'suspended', 1, ['fabricated-consent']],
    ['reinstatement', [fabricated, reinstated], 'tightened', 1, ['fabricated-consent', 'reinstated']],
    [
      'reinstatement, coaching and clean lots',
      [fabricated, reinstated, coached, ...times(5, lot)],
      'normal',
      0,
      ['fabricated-consent', 'reinstated', 'lots-accepted-and-coached'],
    ],
  ])('after %s', (_, signals, level, step, causes) => {
    const { state, happened } = play(signals);
    expect([state.level, state.step]).toEqual([level, step]);
    expect(happened.map(({ cause }) => cause)).toEqual(causes);
    expect(happened.every(({ evidence }) => evidence.length > 0)).toBe(true);
  });

  it.each<[string, TighteningSignal[], string]>([
    ['a reinstatement of who is not suspended', [reinstated], 'not-suspended'],
    [
      'a reinstatement by a manager',
      [fabricated, { ...reinstated, kind: 'reinstated', role: 'manager', by: 'm', requalification: 'x' }],
      'not-a-supervisor',
    ],
    [
      'a reinstatement without requalification',
      [fabricated, { kind: 'reinstated', by: 'sue', role: 'supervisor', requalification: '' }],
      'evidence-missing',
    ],
    ['a finding twice', [fabricated, fabricated], 'known-already'],
  ])('refuses %s', (_, signals, refusal) => {
    expect(play(signals).refusals).toEqual([refusal]);
  });

  // MIL-STD-105E 4.7.1: "2 out of 2, 3, 4, or 5 consecutive lots", of which ISO 2859-1 says "2 of 5 or fewer"; resubmitted lots are ignored.
  it.each([
    [2, 'tightened'],
    [3, 'tightened'],
    [4, 'tightened'],
    [5, 'tightened'],
    [6, 'normal'],
  ])('two rejected, the first and last of %d consecutive lots: %s', (span, level) => {
    const { state } = play([lot(1, 0), ...times(span - 2, lot), lot(1, 0)]);
    expect(state.level).toBe(level);
  });

  // ISO 2859-1: "the cumulative number of lots not accepted in a sequence of consecutive lots on original tightened inspection reaches 5".
  it('stops at the fifth rejected since it was tightened, however many were accepted between, and not at one fewer', () => {
    const bad = () => [lot(1, 0), ...times(4, lot)];
    const four = [lot(1), ...[1, 2, 3, 4].flatMap(bad)];
    expect(play(four).state.level).toBe('tightened');
    expect(play([...four, lot(1, 0)]).state.level).toBe('suspended');
    // Back to normal in between, and the count begins anew.
    const relaxed = [...four, lot(), coached];
    expect(play(relaxed).state.level).toBe('normal');
    expect(play([...relaxed, lot(1), lot(1, 0)]).state.level).toBe('tightened');
  });

  it('counts a lot once, however often it comes', () => {
    const bad = lot(1, 0);
    expect(play([bad, bad, bad]).state.level).toBe('normal');
  });

  it('never leaves suspension but by a supervisor, and never relaxes straight after a failure', () => {
    const signal = fc.oneof(
      fc
        .tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 }))
        .map(([unqualified, fatal]) => lot(unqualified, Math.min(fatal, unqualified))),
      fc.constantFrom(coached, reinstated),
      fc
        .string()
        .map((inspectionId): TighteningSignal => ({ kind: 'fabricated-consent', inspectionId, provenBy: 'sue' })),
    );
    fc.assert(
      fc.property(fc.array(signal, { maxLength: 80 }), (signals) => {
        let state = NORMAL;
        for (const one of signals) {
          const { state: next, happened } = decideTightening(state, one, terms);
          if (state.level === 'suspended' && next.level !== 'suspended') expect(one.kind).toBe('reinstated');
          if (one.kind === 'lot' && !one.lot.accepted && state.level !== 'normal')
            expect(next.level).not.toBe('normal');
          expect(happened.length > 0).toBe(next.level !== state.level || next.step !== state.step);
          expect(maySell(next)).toBe(next.level !== 'suspended');
          state = next;
        }
      }),
    );
  });

  it('raises the rate step by step, never above all', () => {
    const at = (level: Tightening['level'], step: number, rate: number) =>
      agentRateOf('a', { ...NORMAL, level, step }, rate, terms);
    expect(at('normal', 0, 0.1)).toBeNull();
    expect(at('tightened', 1, 0.1)).toEqual({ agentId: 'a', rate: 0.1 * 3, minimum: 5 });
    expect(at('tightened', 3, 0.2)).toEqual({ agentId: 'a', rate: 1, minimum: 20 });
    expect(at('tightened', 9, 0.01)?.minimum).toBe(20);
    // The campaign's own multiple is the first step's; the others rise with it.
    const own = (step: number, multiple: number) =>
      agentRateOf('a', { ...NORMAL, level: 'tightened', step }, 0.1, termsOf(multiple));
    expect([1, 2, 3].map((step) => own(step, 3))).toEqual([1, 2, 3].map((step) => at('tightened', step, 0.1)));
    expect(own(1, 2)).toEqual({ agentId: 'a', rate: 0.2, minimum: 5 });
    expect(own(2, 2)).toEqual({ agentId: 'a', rate: 0.4, minimum: 10 });
    expect(own(1, 10)?.rate).toBe(1);
    expect(at('suspended', 2, 0.1)).toEqual({ agentId: 'a', rate: 1, minimum: 0 });
  });
});
