import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CaseIntake,
  type CaseRecord,
  type CaseSignal,
  DEFAULT_CASE_TERMS,
  decideCase,
  likelyDuplicates,
  newCase,
  nextCaseDeadline,
} from '../../../qa/rules/case.ts';
import { DAY, everyDay } from './calendar-helper.ts';

const terms = DEFAULT_CASE_TERMS;
const complaint: CaseIntake = {
  id: 'k1',
  kind: 'complaint',
  serious: false,
  agreementCustomer: false,
  timesComplained: 1,
  callId: 'c1',
};

const contacted: CaseSignal = { kind: 'contacted' };
const judged: CaseSignal = {
  kind: 'judged',
  by: 'ann',
  valid: true,
  reasons: 'price not stated',
  checkedRecordings: ['r1'],
};
const unfounded: CaseSignal = {
  ...judged,
  kind: 'judged',
  by: 'ann',
  valid: false,
  reasons: 'all said',
  checkedRecordings: ['r1'],
};
const answered: CaseSignal = { kind: 'answered' };
const corrected: CaseSignal = {
  kind: 'corrected',
  cause: 'agent',
  responsible: 'a7',
  measures: 'refund, coaching',
  by: 'ann',
};
const checked: CaseSignal = { kind: 'correction-checked', by: 'bob', holds: true };
const satisfied: CaseSignal = { kind: 'return-call', result: 'satisfied' };
const fairlySatisfied: CaseSignal = { kind: 'return-call', result: 'fairly-satisfied' };
const notSatisfied: CaseSignal = { kind: 'return-call', result: 'not-satisfied' };
const unreached: CaseSignal = { kind: 'return-call', result: 'unreached' };
const givenUp: CaseSignal = { kind: 'closed-unreached', by: 'max', role: 'manager', reason: 'three calls' };
const toMended = [contacted, judged, answered, corrected, checked];

function play(intake: CaseIntake, ...signals: (CaseSignal | [number, CaseSignal])[]) {
  let now = 0;
  const made = newCase(intake, terms, { now, calendar: everyDay });
  let { record } = made;
  const happened = [...made.happened];
  let refusal: unknown = null;
  for (const entry of signals) {
    const [at, signal] = Array.isArray(entry) ? entry : [now, entry];
    now = at;
    const step = decideCase(record, signal, { now, calendar: everyDay });
    record = step.record;
    happened.push(...step.happened);
    refusal = step.refusal;
  }
  return {
    record,
    refusal,
    events: happened.map((one) =>
      one.event === 'moved' ? `→ ${one.to}` : one.event === 'escalated' ? `! ${one.why}` : one.event,
    ),
  };
}

const intake = ['number-block-asked', 'recordings-hold-asked', 'second-judgement-asked'];

describe('a case', () => {
  it.each<[string, CaseIntake, (CaseSignal | [number, CaseSignal])[], string[]]>([
    [
      'closed when the customer is content',
      complaint,
      [...toMended, satisfied],
      [
        ...intake,
        '→ contacted',
        '→ judged',
        '→ answered',
        '→ mended',
        'return-call-asked',
        '→ closed',
        'recordings-hold-released',
        'client-notice-asked',
      ],
    ],
    [
      'not valid, answered, and closed without a correction',
      complaint,
      [contacted, unfounded, answered, checked, satisfied],
      [
        ...intake,
        '→ contacted',
        '→ judged',
        '→ answered',
        '→ mended',
        'return-call-asked',
        '→ closed',
        'recordings-hold-released',
        'client-notice-asked',
      ],
    ],
    [
      'round again when not',
      complaint,
      [...toMended, notSatisfied],
      [
        ...intake,
        '→ contacted',
        '→ judged',
        '→ answered',
        '→ mended',
        'return-call-asked',
        '→ contacted',
        'round-again',
        '! not-satisfied',
      ],
    ],
    [
      'serious and repeated: to managers at once',
      { ...complaint, serious: true, timesComplained: 2 },
      [],
      [...intake, '! serious', '! repeated'],
    ],
    [
      'a problem blocks nothing',
      { ...complaint, kind: 'problem' },
      [{ kind: 'sent-to', department: 'network' }],
      ['sent-to'],
    ],
    [
      'late: told once each',
      complaint,
      [
        [29 * 60_000, { kind: 'clock' }],
        [30 * 60_000, { kind: 'clock' }],
        [3 * DAY, { kind: 'clock' }],
        [4 * DAY, { kind: 'clock' }],
      ],
      [...intake, '! no-first-contact', '! overdue'],
    ],
  ])('%s', (_, of, signals, events) => {
    expect(play(of, ...signals).events).toEqual(events);
  });

  it.each<[string, CaseSignal[], string]>([
    ['closed before it is mended', [contacted, satisfied], 'not-in-this-status'],
    [
      'judged without reasons',
      [contacted, { ...judged, kind: 'judged', by: 'a', valid: true, reasons: ' ', checkedRecordings: ['r'] }],
      'reasons-missing',
    ],
    [
      'judged without hearing the recording',
      [contacted, { kind: 'judged', by: 'a', valid: true, reasons: 'x', checkedRecordings: [] }],
      'recordings-not-checked',
    ],
    ['mended without a correction, though valid', [contacted, judged, answered, checked], 'correction-missing'],
    [
      'checked by who made the correction',
      [contacted, judged, answered, corrected, { kind: 'correction-checked', by: 'ann', holds: true }],
      'checked-by-the-same-person',
    ],
    [
      'given up on by somebody else than a manager',
      [
        ...toMended,
        unreached,
        unreached,
        unreached,
        { ...givenUp, kind: 'closed-unreached', role: 'lead', by: 'l', reason: 'x' },
      ],
      'not-a-manager',
    ],
    ['given up on after two calls', [...toMended, unreached, unreached, givenUp], 'not-tried-often-enough'],
    ['touched once it is closed', [...toMended, satisfied, contacted], 'closed'],
  ])('cannot be %s', (_, signals, refusal) => {
    expect(play(complaint, ...signals).refusal).toBe(refusal);
  });

  it('may be closed by a manager after three calls that nobody answered', () => {
    expect(play(complaint, ...toMended, unreached, unreached, unreached, givenUp).record.status).toBe('closed');
  });

  it.each<[Partial<CaseIntake>, number]>([
    [{}, 3 * DAY],
    [{ kind: 'service-visit', agreementCustomer: true }, DAY],
    [{ kind: 'service-visit' }, 2 * DAY],
  ])('%j is due at %d', (change, dueAt) => {
    expect(play({ ...complaint, ...change }).record.dueAt).toBe(dueAt);
  });

  it('is closed only after a content customer or a manager’s reason, with cause and checked correction if it was valid', () => {
    const signal: fc.Arbitrary<CaseSignal> = fc.constantFrom<CaseSignal[]>(
      ...[
        contacted,
        contacted,
        judged,
        unfounded,
        answered,
        corrected,
        checked,
        satisfied,
        fairlySatisfied,
        notSatisfied,
        unreached,
        givenUp,
      ],
      { kind: 'clock' },
      { kind: 'correction-checked', by: 'ann', holds: true },
      { kind: 'correction-checked', by: 'bob', holds: false },
    );
    let closed = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(signal, fc.nat({ max: DAY })), { maxLength: 80, size: 'max' }), (history) => {
        let now = 0;
        let record: CaseRecord = newCase(complaint, terms, { now, calendar: everyDay }).record;
        for (const [one, pause] of history) {
          now += pause;
          const before = record;
          record = decideCase(record, one, { now, calendar: everyDay }).record;
          if (record.status === 'closed' && before.status !== 'closed') {
            closed += 1;
            expect([satisfied, fairlySatisfied, givenUp]).toContain(one);
            expect(before.contactedAt).not.toBeNull();
            if (record.judgement?.valid) expect(record.correction?.checkedBy).toBe('bob');
            expect(record.judgement).not.toBeNull();
          }
          const settled = decideCase(record, { kind: 'clock' }, { now, calendar: everyDay }).record;
          expect(nextCaseDeadline(settled) ?? now + 1).toBeGreaterThan(now);
        }
      }),
      { numRuns: 400 },
    );
    expect(closed).toBeGreaterThan(20);
  });
});

describe('duplicates', () => {
  const one = { id: 'k1', kind: 'complaint', numberKey: 'n1', callId: 'c1', recordedAt: 0, open: false } as const;
  const incoming = { id: 'k9', kind: 'complaint', numberKey: 'n1', callId: 'c1', recordedAt: 10 * DAY } as const;
  it('are found likeliest first, and others are not', () => {
    const earlier = [
      { ...one, id: 'old', callId: 'c0', recordedAt: -100 * DAY },
      { ...one, id: 'lately', callId: null },
      { ...one, id: 'open', callId: 'c3', open: true },
      { ...one, id: 'same', numberKey: 'n2' },
      { ...one, id: 'visit', kind: 'service-visit' as const },
      { ...one, id: 'other', numberKey: 'n3', callId: 'c7', open: true },
    ];
    expect(likelyDuplicates(incoming, earlier, 30 * DAY)).toEqual([
      { caseId: 'same', likeness: 'same-call' },
      { caseId: 'open', likeness: 'open-already' },
      { caseId: 'lately', likeness: 'repeated' },
    ]);
  });
});
