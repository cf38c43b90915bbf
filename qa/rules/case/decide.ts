import type { EpochMs, WorkingCalendar } from '../working-days.ts';
import type {
  CaseEvent,
  CaseIntake,
  CaseRecord,
  CaseRefusal,
  CaseSignal,
  CaseStatus,
  CaseStep,
  CaseTerms,
  Escalation,
  Satisfaction,
} from './state.ts';

export interface CaseContext {
  readonly now: EpochMs;
  readonly calendar: WorkingCalendar;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A customer may be given up on after so many return calls that nobody answered. */
const UNREACHED_LEAST = 3;

/** K1, K3a: a case as told. A complaint blocks the number, holds the recordings, and has the call judged again by someone else. */
export function newCase(intake: CaseIntake, terms: CaseTerms, context: CaseContext): CaseStep {
  const record: CaseRecord = {
    ...intake,
    terms,
    status: 'recorded',
    recordedAt: context.now,
    round: 1,
    department: null,
    firstContactDueAt: context.now + terms.firstContactWithinMinutes * MINUTE,
    contactedAt: null,
    dueAt: dueAt(intake, terms, context),
    judgement: null,
    correction: null,
    returnCallsUnreached: 0,
    escalated: [],
    closedAt: null,
  };
  const happened: CaseEvent[] = [];
  if (intake.kind === 'complaint') {
    happened.push({ event: 'number-block-asked' }, { event: 'recordings-hold-asked' });
    if (intake.callId !== null) happened.push({ event: 'second-judgement-asked', callId: intake.callId });
  }
  const whys: Escalation[] = [];
  if (intake.serious) whys.push('serious');
  if (intake.timesComplained >= terms.repeatedFrom) whys.push('repeated');
  return { record: escalate(record, whys, happened), happened, refusal: null };
}

function dueAt({ kind, agreementCustomer }: CaseIntake, terms: CaseTerms, { now, calendar }: CaseContext): EpochMs {
  if (kind !== 'service-visit') return calendar.addWorkingDays(now, terms.closeWithinDays);
  return now + (agreementCustomer ? terms.visitAgreementHours : terms.visitOtherHours) * HOUR;
}

/** Every escalation once a round; the same reason again only after the case went round again. */
function escalate(record: CaseRecord, whys: readonly Escalation[], happened: CaseEvent[]): CaseRecord {
  const fresh = whys.filter((why) => !record.escalated.includes(why));
  for (const why of fresh) happened.push({ event: 'escalated', why });
  return fresh.length === 0 ? record : { ...record, escalated: [...record.escalated, ...fresh] };
}

/** Takes one signal. Pure; what does not apply is refused by name and changes nothing. */
export function decideCase(record: CaseRecord, signal: CaseSignal, context: CaseContext): CaseStep {
  const refuse = (refusal: CaseRefusal): CaseStep => ({ record, happened: [], refusal });
  const move = (to: CaseStatus, change: Partial<CaseRecord>, ...happened: CaseEvent[]): CaseStep => ({
    record: { ...record, ...change, status: to },
    happened: to === record.status ? happened : [{ event: 'moved', from: record.status, to }, ...happened],
    refusal: null,
  });
  if (record.status === 'closed') return refuse('closed');
  switch (signal.kind) {
    case 'contacted':
      if (record.status !== 'recorded') return refuse('not-in-this-status');
      return move('contacted', { contactedAt: context.now });
    case 'sent-to':
      return move(
        record.status,
        { department: signal.department },
        { event: 'sent-to', department: signal.department },
      );
    case 'judged': {
      if (record.status !== 'contacted' && record.status !== 'judged') return refuse('not-in-this-status');
      const { by, valid, reasons, checkedRecordings } = signal;
      if (reasons.trim() === '') return refuse('reasons-missing');
      if (record.kind === 'complaint' && record.callId !== null && checkedRecordings.length === 0)
        return refuse('recordings-not-checked');
      return move('judged', { judgement: { by, at: context.now, valid, reasons, checkedRecordings } });
    }
    case 'answered':
      if (record.status !== 'judged') return refuse('not-in-this-status');
      return move('answered', {});
    case 'corrected': {
      if (record.status !== 'answered' && record.status !== 'judged') return refuse('not-in-this-status');
      const { cause, responsible, measures, by } = signal;
      if (responsible.trim() === '' || measures.trim() === '') return refuse('reasons-missing');
      return move(record.status, { correction: { cause, responsible, measures, by, checkedBy: null } });
    }
    case 'correction-checked':
      return correctionChecked(record, signal, refuse, move);
    case 'return-call':
      return returnCall(record, signal.result, context, refuse, move);
    case 'closed-unreached':
      if (record.status !== 'mended') return refuse('not-in-this-status');
      if (signal.role !== 'manager') return refuse('not-a-manager');
      if (signal.reason.trim() === '') return refuse('reasons-missing');
      if (record.returnCallsUnreached < UNREACHED_LEAST) return refuse('not-tried-often-enough');
      return move('closed', { closedAt: context.now }, ...closing(record));
    case 'clock':
      return clock(record, context.now);
  }
}

type Refuse = (refusal: CaseRefusal) => CaseStep;
type Move = (to: CaseStatus, change: Partial<CaseRecord>, ...happened: CaseEvent[]) => CaseStep;

/** A correction is checked by another than who made it. One that does not hold is made again. What was not valid needs none. */
function correctionChecked(
  record: CaseRecord,
  { by, holds }: Extract<CaseSignal, { kind: 'correction-checked' }>,
  refuse: Refuse,
  move: Move,
): CaseStep {
  if (record.status !== 'answered') return refuse('not-in-this-status');
  const { correction, round } = record;
  if (correction === null) {
    if (record.judgement?.valid) return refuse('correction-missing');
    return move('mended', {}, { event: 'return-call-asked', round });
  }
  if (correction.by === by) return refuse('checked-by-the-same-person');
  if (!holds) return move('answered', { correction: null });
  return move('mended', { correction: { ...correction, checkedBy: by } }, { event: 'return-call-asked', round });
}

/** K1: closed only when the customer says they are satisfied, or fairly so (S4 counts both); otherwise round again with a new deadline, and to the managers. */
function returnCall(
  record: CaseRecord,
  result: Satisfaction | 'unreached',
  context: CaseContext,
  refuse: Refuse,
  move: Move,
): CaseStep {
  if (record.status !== 'mended') return refuse('not-in-this-status');
  switch (result) {
    case 'satisfied':
    case 'fairly-satisfied':
      return move('closed', { closedAt: context.now }, ...closing(record));
    case 'unreached':
      return move('mended', { returnCallsUnreached: record.returnCallsUnreached + 1 });
    case 'not-satisfied': {
      const round = record.round + 1;
      const due = dueAt(record, record.terms, context);
      const again = {
        round,
        dueAt: due,
        judgement: null,
        correction: null,
        returnCallsUnreached: 0,
        escalated: ['not-satisfied'],
      } as const;
      return move(
        'contacted',
        again,
        { event: 'round-again', round, dueAt: due },
        { event: 'escalated', why: 'not-satisfied' },
      );
    }
  }
}

function closing(record: CaseRecord): CaseEvent[] {
  if (record.kind !== 'complaint') return [];
  return [{ event: 'recordings-hold-released' }, { event: 'client-notice-asked' }];
}

function clock(record: CaseRecord, now: EpochMs): CaseStep {
  const happened: CaseEvent[] = [];
  const whys: Escalation[] = [];
  if (record.contactedAt === null && now >= record.firstContactDueAt) whys.push('no-first-contact');
  if (now >= record.dueAt) whys.push('overdue');
  return { record: escalate(record, whys, happened), happened, refusal: null };
}

/** When `clock` should next be sent to a case; null if lateness has all been told. */
export function nextCaseDeadline(record: CaseRecord): EpochMs | null {
  if (record.status === 'closed') return null;
  const waiting: EpochMs[] = [];
  if (record.contactedAt === null && !record.escalated.includes('no-first-contact'))
    waiting.push(record.firstContactDueAt);
  if (!record.escalated.includes('overdue')) waiting.push(record.dueAt);
  return waiting.length === 0 ? null : Math.min(...waiting);
}
