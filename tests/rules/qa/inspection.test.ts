import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validMarketing } from '../../../qa/rules/forms/valid-marketing.ts';
import {
  DEFAULT_INSPECTION_TERMS,
  decideInspection,
  type FilledIn,
  type Inspection,
  type InspectionPurpose,
  type InspectionSignal,
  mayReadAnswers,
  newInspection,
  standingScore,
  type Viewer,
} from '../../../qa/rules/inspection.ts';
import { DAY, everyDay } from './calendar-helper.ts';
import { filledIn } from './form-helpers.ts';

const terms = DEFAULT_INSPECTION_TERMS;
const passed: FilledIn = {
  form: validMarketing,
  heard: { outcome: 'sale', seconds: 90 },
  answers: filledIn(validMarketing, 'sale'),
};
const failed: FilledIn = { ...passed, answers: filledIn(validMarketing, 'sale', 'understood.clear-headed') };
const tooLong: FilledIn = { ...failed, heard: { outcome: 'sale', seconds: 5 } };

function fresh(purpose: InspectionPurpose = 'daily', id = 'i1'): Inspection {
  return newInspection(
    { id, recordingId: 'r1', agentId: 'agent', purpose, formId: 'valid-marketing', formVersion: 1 },
    DAY,
  );
}

/** Plays signals at given times from the start; every one must be accepted. */
function play(inspection: Inspection, ...signals: (InspectionSignal | [number, InspectionSignal])[]): Inspection {
  return signals.reduce((before, entry) => {
    const [now, signal] = Array.isArray(entry) ? entry : [0, entry];
    const { inspection: after, refusal } = decideInspection(before, signal, { now, terms, calendar: everyDay });
    expect(refusal).toBeNull();
    return after;
  }, inspection);
}

const assign = (inspectorId: string): InspectionSignal => ({ kind: 'assign', inspectorId });
const score = (by: string, form: FilledIn): InspectionSignal => ({ kind: 'score', by, filledIn: form });
const dispute: InspectionSignal = { kind: 'dispute', by: 'agent', reason: 'she was awake' };
const scored = play(fresh(), assign('ann'), { kind: 'open', by: 'ann' }, score('ann', failed));
const disputed = play(scored, dispute);

describe('an inspection', () => {
  it('goes from draw to close, and keeps every entry', () => {
    const decided = play(disputed, { kind: 'decide', by: 'bob', reason: 'heard again', upheld: passed });
    expect(decided).toMatchObject({ status: 'closed', dispute: { decision: { by: 'bob', upheld: true } } });
    expect(decided.scores.map(({ verdict, cause }) => [verdict.result, cause])).toEqual([
      ['unqualified', 'inspection'],
      ['qualified', 'dispute-upheld'],
    ]);
    expect(play(disputed, { kind: 'decide', by: 'bob', reason: 'no', upheld: null }).scores).toEqual(scored.scores);
  });

  it('is closed once the agent agreed, or the time to dispute is over', () => {
    expect(play(scored, { kind: 'agree', by: 'agent' }, { kind: 'clock', hidden: false }).status).toBe('closed');
    expect(play(scored, [3 * DAY - 1, { kind: 'clock', hidden: false }]).status).toBe('scored');
    expect(play(scored, [3 * DAY, { kind: 'clock', hidden: false }]).status).toBe('closed');
  });

  it('gives the agent the whole time to dispute from when the answers can be seen', () => {
    const hidden = play(scored, [9 * DAY, { kind: 'clock', hidden: true }]);
    expect(hidden.status).toBe('scored');
    expect(play(hidden, [9 * DAY, { kind: 'shown' }], [10 * DAY, dispute]).status).toBe('disputed');
  });

  it('reminds once, expires visibly, and can be given to somebody else', () => {
    const given = play(fresh(), assign('ann'));
    const soon = decideInspection(
      given,
      { kind: 'clock', hidden: false },
      { now: 2 * DAY - terms.remindBeforeMs, terms, calendar: everyDay },
    );
    expect(soon.happened).toEqual([{ event: 'reminder', to: 'ann', dueAt: 2 * DAY }]);
    const again = decideInspection(
      soon.inspection,
      { kind: 'clock', hidden: false },
      { now: 2 * DAY - 1, terms, calendar: everyDay },
    );
    expect(again.happened).toEqual([]);
    const over = decideInspection(
      again.inspection,
      { kind: 'clock', hidden: false },
      { now: 2 * DAY, terms, calendar: everyDay },
    );
    expect(over.happened).toEqual([{ event: 'expired', inspectorId: 'ann', dueAt: 2 * DAY }]);
    expect(over.inspection.status).toBe('expired');
    expect(play(over.inspection, [2 * DAY, assign('bob')])).toMatchObject({
      status: 'assigned',
      inspectorId: 'bob',
      pastInspectorIds: ['ann'],
      dueAt: 4 * DAY,
    });
  });

  it('that is released waits for somebody again', () => {
    expect(play(fresh(), assign('ann'), { kind: 'release', reason: 'ill' })).toMatchObject({
      status: 'drawn',
      inspectorId: null,
      pastInspectorIds: ['ann'],
    });
  });

  it('says once that a dispute is overdue, and stays open', () => {
    const late = decideInspection(
      disputed,
      { kind: 'clock', hidden: false },
      { now: 9 * DAY, terms, calendar: everyDay },
    );
    expect(late.happened).toEqual([{ event: 'dispute-overdue', dueAt: 3 * DAY }]);
    expect(play(late.inspection, { kind: 'clock', hidden: false }).status).toBe('disputed');
  });

  it('for calibration closes at once and can be neither agreed nor disputed', () => {
    const closed = play(fresh('calibration'), assign('ann'), score('ann', failed));
    expect(closed.status).toBe('closed');
    expect(decideInspection(closed, dispute, { now: 0, terms, calendar: everyDay }).refusal).not.toBeNull();
  });

  it('corrected later has a new entry, and its first stays', () => {
    const corrected = play(scored, { kind: 'correct', by: 'ann', reason: 'wrong button', filledIn: passed });
    expect(corrected.scores).toHaveLength(2);
    expect(corrected.scores[0]).toBe(scored.scores[0]);
    expect(standingScore(corrected)?.verdict.result).toBe('qualified');
  });

  it.each<[string, Inspection, number, InspectionSignal, string]>([
    ['assigned to the agent themself', fresh(), 0, assign('agent'), 'own-call'],
    ['opened by somebody else', play(fresh(), assign('ann')), 0, { kind: 'open', by: 'bob' }, 'not-yours'],
    ['scored by somebody else', play(fresh(), assign('ann')), 0, score('bob', passed), 'not-yours'],
    ['scored twice', scored, 0, score('ann', passed), 'not-in-this-status'],
    [
      'scored on another form',
      play(fresh(), assign('ann')),
      0,
      score('ann', { ...passed, form: { ...validMarketing, version: 2 } }),
      'wrong-form',
    ],
    ['scored with a failure after the end', play(fresh(), assign('ann')), 0, score('ann', tooLong), 'answers-faulty'],
    ['agreed by somebody else', scored, 0, { kind: 'agree', by: 'ann' }, 'not-yours'],
    ['disputed by somebody else', scored, 0, { ...dispute, kind: 'dispute', by: 'lead', reason: 'no' }, 'not-yours'],
    ['disputed without a reason', scored, 0, { kind: 'dispute', by: 'agent', reason: ' ' }, 'reason-missing'],
    ['disputed too late', scored, 3 * DAY, dispute, 'too-late'],
    ['disputed twice', disputed, 0, dispute, 'disputed-once-already'],
    [
      'decided by who scored it',
      disputed,
      0,
      { kind: 'decide', by: 'ann', reason: 'no', upheld: null },
      'decided-by-the-same-person',
    ],
    ['decided by the agent', disputed, 0, { kind: 'decide', by: 'agent', reason: 'yes', upheld: passed }, 'own-call'],
    [
      'decided with faulty answers',
      disputed,
      0,
      { kind: 'decide', by: 'bob', reason: 'yes', upheld: tooLong },
      'answers-faulty',
    ],
    ['corrected by the agent', scored, 0, { kind: 'correct', by: 'agent', reason: 'no', filledIn: passed }, 'own-call'],
    [
      'corrected by another inspector',
      scored,
      0,
      { kind: 'correct', by: 'bob', reason: 'no', filledIn: passed },
      'not-yours',
    ],
    [
      'corrected by whose verdict another upheld',
      play(disputed, { kind: 'decide', by: 'bob', reason: 'no', upheld: null }),
      0,
      { kind: 'correct', by: 'ann', reason: 'no', filledIn: passed },
      'not-yours',
    ],
    ['assigned after it was scored', scored, 0, assign('bob'), 'not-in-this-status'],
  ])('cannot be %s', (_, inspection, now, signal, refused) => {
    const result = decideInspection(inspection, signal, { now, terms, calendar: everyDay });
    expect(result.refusal).toMatchObject({ refused });
    expect(result.inspection).toBe(inspection);
    expect(result.happened).toEqual([]);
  });

  it('never loses an entry, is disputed at most once, and is decided by another, whatever is sent', () => {
    const who = fc.constantFrom('ann', 'bob', 'agent');
    const form = fc.constantFrom(passed, failed, tooLong);
    const reason = fc.constantFrom('', 'because');
    const signal: fc.Arbitrary<InspectionSignal> = fc.oneof(
      fc.record({ kind: fc.constant('assign'), inspectorId: who }),
      fc.record({ kind: fc.constant('release'), reason }),
      fc.record({ kind: fc.constant('open'), by: who }),
      fc.record({ kind: fc.constant('score'), by: who, filledIn: form }),
      fc.record({ kind: fc.constant('agree'), by: who }),
      fc.record({ kind: fc.constant('dispute'), by: who, reason }),
      fc.record({ kind: fc.constant('decide'), by: who, reason, upheld: fc.option(form) }),
      fc.record({ kind: fc.constant('correct'), by: who, reason, filledIn: form }),
      fc.record({ kind: fc.constant('clock'), hidden: fc.boolean() }),
      fc.constant({ kind: 'shown' }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(signal, fc.nat({ max: DAY })), { maxLength: 60 }), (history) => {
        let inspection = fresh();
        let now = 0;
        for (const [one, pause] of history) {
          now += pause;
          const next = decideInspection(inspection, one, { now, terms, calendar: everyDay }).inspection;
          expect(next.scores.slice(0, inspection.scores.length)).toEqual(inspection.scores);
          if (inspection.dispute !== null)
            expect(next.dispute).toMatchObject({ by: 'agent', at: inspection.dispute.at });
          const corrected = next.scores.length > inspection.scores.length && one.kind === 'correct';
          if (corrected) expect(standingScore(next)?.by).toBe(standingScore(inspection)?.by);
          const decision = next.dispute?.decision;
          if (decision)
            expect([
              ...inspection.scores.filter(({ at }) => at < decision.at).map(({ by }) => by),
              'agent',
            ]).not.toContain(decision.by);
          if (next.status === 'closed' || next.status === 'scored') expect(next.scores.length).toBeGreaterThan(0);
          expect(next.scores.every(({ by }) => by !== 'agent')).toBe(true);
          inspection = next;
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('blindness', () => {
  const mine = scored;
  const waiting = play({ ...fresh('overlap', 'i2') }, assign('bob'));
  const done = play(waiting, score('bob', passed));
  const viewer = (userId: string, role: Viewer['role']): Viewer => ({ userId, role });
  it.each<[string, Viewer, Inspection, Inspection[], boolean | string]>([
    ['the author', viewer('ann', 'inspector'), mine, [waiting], true],
    ['the other judge before being done', viewer('bob', 'supervisor'), mine, [waiting], 'blind-until-both-are-done'],
    ['a manager who is the other judge', viewer('bob', 'manager'), mine, [waiting], 'blind-until-both-are-done'],
    [
      'another inspector, who might be given it',
      viewer('cy', 'inspector'),
      mine,
      [waiting],
      'blind-until-both-are-done',
    ],
    ['the agent, who might talk', viewer('agent', 'agent'), mine, [waiting], 'blind-until-both-are-done'],
    ['a manager', viewer('dan', 'manager'), mine, [waiting], true],
    ['the other judge when both are done', viewer('bob', 'supervisor'), mine, [done], true],
    ['the agent when both are done', viewer('agent', 'agent'), mine, [done], true],
    ['another agent', viewer('eve', 'agent'), mine, [], 'not-your-call'],
    ['the client while it may be disputed', viewer('cli', 'client'), mine, [], 'not-closed-yet'],
    ['anybody before it is scored', viewer('dan', 'manager'), waiting, [], 'not-scored-yet'],
    [
      'the agent, of a calibration',
      viewer('agent', 'agent'),
      play(fresh('calibration'), assign('ann'), score('ann', failed)),
      [],
      'calibration',
    ],
  ])('%s', (_, who, inspection, others, expected) => {
    expect(mayReadAnswers(who, inspection, { others, weekDrawn: true })).toEqual(
      expected === true ? { may: true } : { may: false, reason: expected },
    );
  });

  const decided = play(disputed, { kind: 'decide', by: 'sue', reason: 'she was', upheld: null });
  it.each<[string, Viewer, Inspection, boolean | string]>([
    ['a supervisor, whom the draw may give it', viewer('sue', 'supervisor'), mine, 'may-be-given-it'],
    ['a supervisor who is to decide', viewer('sue', 'supervisor'), disputed, true],
    ['the supervisor who has decided', viewer('sue', 'supervisor'), decided, true],
    ['another supervisor', viewer('sam', 'supervisor'), decided, 'may-be-given-it'],
    ['an inspector, whom no draw of the week gives it', viewer('cy', 'inspector'), mine, true],
    ['a manager', viewer('dan', 'manager'), mine, true],
  ])('while the week is not drawn: %s', (_, who, inspection, expected) => {
    expect(mayReadAnswers(who, inspection, { others: [], weekDrawn: false })).toEqual(
      expected === true ? { may: true } : { may: false, reason: expected },
    );
  });
});
