/**
 * What becomes of a contact after an attempt: called again, when, on whose behalf, or finished and why. The rules are
 * data of the campaign (`settings.retry`); what the business fixes (an opt-out ends it, an abandoned customer is called
 * only with an agent reserved) is code.
 */
import { DateTime } from 'luxon';
import type { WorkingCalendar } from './calendar.ts';
import { lastWorkingDayWithin } from './calendar.ts';
import { nextCallingTime, timeOn } from './calling-window.ts';
import type { CampaignSettings, RetryRule } from './campaign-settings.ts';
import type { Disposition } from './disposition.ts';
import type { Outcome } from './outcome.ts';

export type RetryFacts = {
  settings: CampaignSettings;
  settingsVersion: number;
  calendar: WorkingCalendar;
  timeZone: string;
  /** Start of the call-back window of the list. */
  importedAt: number;
  deadlineAt: number | null;
  priority: number;
  /** The agent this contact is bound to already (corrective call, appointment), if any. */
  boundAgentId: string | null;
  /** A reserved agent is needed for reasons other than an abandoned call (appointment, task call). */
  bound: boolean;
  /** Who talked in this attempt. */
  agentId: string | null;
  number: string;
  /** Usable numbers besides the one just called. */
  otherNumbers: number;
  /** Attempts of this contact that ended in the given way so far, this one included. */
  endedSo: (outcome: string) => number;
};

export type AfterAttempt = {
  state: 'waiting' | 'finished';
  dueAt: number;
  reason: string | null;
  reasonVersion: number;
  needsAgent: boolean;
  agentId: string | null;
  lockedUntil: number | null;
  priority: number;
  lastOutcome: string;
  deadNumber: string | null;
};

/** Appointments and task calls come before list contacts. */
export const appointmentPriority = 100;

/** Total over both unions: an agent's disposition outranks the system's outcome. */
export function afterAttempt(
  facts: RetryFacts,
  result: { outcome: Outcome; disposition: Disposition | null; at: number },
): AfterAttempt {
  return result.disposition === null
    ? afterOutcome(facts, result.outcome, result.at)
    : afterDisposition(facts, result.disposition, result.at);
}

function afterDisposition(facts: RetryFacts, disposition: Disposition, at: number): AfterAttempt {
  switch (disposition.kind) {
    case 'sale':
    case 'surveyed':
    case 'opt-out':
    case 'complaint':
    case 'question':
    case 'task':
      return finished(facts, disposition.kind, disposition.kind, at);
    case 'refused':
      return byRule(facts, 'refused', at); // without a rule for it a refusal is respected: finished
    case 'undecided':
    case 'wrong-person':
      return byRule(facts, 'undecided', at, disposition.kind);
    case 'machine':
      return byRule(facts, 'machine', at);
    case 'wrong-number':
      return deadNumber(facts, disposition.kind, at);
    case 'appointment': {
      const agentId = disposition.withMe ? facts.agentId : null;
      const update = waiting(facts, 'appointment', 'appointment', Math.max(at, disposition.at));
      return { ...update, needsAgent: true, agentId, priority: Math.max(facts.priority, appointmentPriority) };
    }
  }
}

function afterOutcome(facts: RetryFacts, outcome: Outcome, at: number): AfterAttempt {
  switch (outcome) {
    case 'invalid':
      return deadNumber(facts, outcome, at);
    case 'abandoned': {
      const update = byRule(facts, outcome, at);
      if (update.state === 'finished') return update;
      const lockedUntil = at + facts.settings.abandonLockHours * 3600_000;
      return { ...update, needsAgent: true, lockedUntil, reason: 'abandoned-lock' };
    }
    case 'connected': // the agent never said what came of it: called again like an undecided customer
      return byRule(facts, 'undecided', at, outcome);
    default:
      return byRule(facts, outcome, at);
  }
}

function byRule(facts: RetryFacts, key: RetryRule['outcome'], at: number, lastOutcome: string = key): AfterAttempt {
  const rule = facts.settings.retry.find((candidate) => candidate.outcome === key);
  if (rule === undefined) return finished(facts, lastOutcome, `after-${lastOutcome}`, at);
  if (facts.endedSo(lastOutcome) >= rule.maxTries) return finished(facts, lastOutcome, 'retries-exhausted', at);
  const due = dueAt(facts, rule, at);
  return due === null
    ? finished(facts, lastOutcome, 'retries-exhausted', at)
    : waiting(facts, lastOutcome, `retry-${lastOutcome}`, due);
}

/** The rule's delay, moved to its time of day or gathering day, then into calling hours. Null: too late to try again. */
function dueAt(facts: RetryFacts, rule: RetryRule, at: number): number | null {
  if (rule.gatherOnLastWorkingDay !== undefined) {
    const date = lastWorkingDayWithin(facts.calendar, facts.importedAt, rule.gatherOnLastWorkingDay.windowDays);
    if (date === null) return null;
    const day = DateTime.fromISO(date, { zone: facts.timeZone });
    // On the gathering day itself, or after it, the one joint retry has been used.
    return at >= day.toMillis()
      ? null
      : nextCallingTime(facts.settings.calling, facts.calendar, facts.timeZone, day.toMillis());
  }
  let due = at + rule.delayMinutes * 60_000;
  if (rule.timeOfDay !== undefined) {
    const day = DateTime.fromMillis(due, { zone: facts.timeZone }).startOf('day');
    const today = timeOn(day, rule.timeOfDay);
    due = today >= due ? today : timeOn(day.plus({ days: 1 }), rule.timeOfDay);
  }
  return nextCallingTime(facts.settings.calling, facts.calendar, facts.timeZone, due) ?? due;
}

function deadNumber(facts: RetryFacts, lastOutcome: string, at: number): AfterAttempt {
  const update =
    facts.otherNumbers > 0
      ? waiting(facts, lastOutcome, 'next-number', at)
      : finished(facts, lastOutcome, 'no-usable-number', at);
  return { ...update, deadNumber: facts.number };
}

function waiting(facts: RetryFacts, lastOutcome: string, reason: string, due: number): AfterAttempt {
  if (facts.deadlineAt !== null && due > facts.deadlineAt) return finished(facts, lastOutcome, 'deadline-passed', due);
  return {
    state: 'waiting',
    dueAt: due,
    reason,
    reasonVersion: facts.settingsVersion,
    needsAgent: facts.bound,
    agentId: facts.boundAgentId,
    lockedUntil: null,
    priority: facts.priority,
    lastOutcome,
    deadNumber: null,
  };
}

function finished(facts: RetryFacts, lastOutcome: string, reason: string, at: number): AfterAttempt {
  return { ...waiting({ ...facts, deadlineAt: null }, lastOutcome, reason, at), state: 'finished' };
}
