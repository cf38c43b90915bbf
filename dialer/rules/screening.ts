/**
 * May this contact be dialled now, and on which number? One rule for the three moments at which it is asked: when a
 * list is imported (`blacklistHit`), when the contact is claimed, and in the last moment before the call is placed.
 * Every refusal has a reason that people can read, and says when to ask again.
 */
import type { WorkingCalendar } from './calendar.ts';
import { nextCallingTime } from './calling-window.ts';
import type { CampaignSettings } from './campaign-settings.ts';
import type { PastAttempt } from './limits.ts';
import { checkLimits } from './limits.ts';

export type BlacklistFact = {
  number: string;
  scope: 'all' | 'product-line' | 'campaign';
  scopeId: string | null;
  endsAt: number | null;
  reason: string;
};

/** Where the call would be made from: what blacklist entries can be scoped to. */
export type DialScope = { campaignId: string; productLine: string };

/** The first entry that forbids this number here and now. */
export function blacklistHit(
  number: string,
  scope: DialScope,
  entries: readonly BlacklistFact[],
  now: number,
): BlacklistFact | null {
  return (
    entries.find((entry) => {
      if (entry.number !== number || (entry.endsAt !== null && entry.endsAt <= now)) return false;
      switch (entry.scope) {
        case 'all':
          return true;
        case 'product-line':
          return entry.scopeId === scope.productLine;
        case 'campaign':
          return entry.scopeId === scope.campaignId;
      }
    }) ?? null
  );
}

export type DialFacts = {
  scope: DialScope;
  settings: CampaignSettings;
  calendar: WorkingCalendar;
  campaignRunning: boolean;
  scriptApproved: boolean;
  timeZone: string;
  deadlineAt: number | null;
  /** Called only with an agent reserved beforehand, while `lockedUntil` lasts or, when that is null, always. */
  needsAgent: boolean;
  lockedUntil: number | null;
  agentReserved: boolean;
  /** In the contact's order; dead ones left out. */
  numbers: readonly string[];
  /** The return call of a complaint, and the visit that a plan makes after its end, are made although the complaint itself blocked the number; an opt-out is respected even then. */
  returnsComplaint: boolean;
  lastNumber: string | null;
  lastOutcome: string | null;
  blacklist: readonly BlacklistFact[];
  history: readonly PastAttempt[];
  /** Numbers that are in a live call at this moment (other than the attempt being asked about). */
  inLiveCall: ReadonlySet<string>;
};

export type DialReason =
  | 'campaign-not-running'
  | 'no-approved-script'
  | 'deadline-passed'
  | 'no-usable-number'
  | 'on-blacklist'
  | 'abandoned-lock'
  | 'needs-agent'
  | 'outside-hours'
  | 'no-calling-hours'
  | 'number-in-live-call'
  | `limit-${string}`;

export type DialVerdict =
  | { dial: true; number: string }
  /** `until`: when to ask again; null: finished, never dialled in this campaign. */
  | { dial: false; reason: DialReason; until: number | null };

const soon = 5 * 60_000;

/** The whole rule. Pure: what it needs to know is in the facts. */
export function mayDial(facts: DialFacts, now: number): DialVerdict {
  if (!facts.campaignRunning) return { dial: false, reason: 'campaign-not-running', until: now + soon };
  if (!facts.scriptApproved) return { dial: false, reason: 'no-approved-script', until: now + soon };
  if (facts.deadlineAt !== null && now > facts.deadlineAt)
    return { dial: false, reason: 'deadline-passed', until: null };
  if (facts.numbers.length === 0) return { dial: false, reason: 'no-usable-number', until: null };

  const forbidding = facts.blacklist.filter(({ reason }) => !(facts.returnsComplaint && reason === 'complaint'));
  const allowed = facts.numbers.filter((number) => !blacklistHit(number, facts.scope, forbidding, now));
  if (allowed.length === 0) return { dial: false, reason: 'on-blacklist', until: null };

  const reserved = reservation(facts, now);
  if (reserved !== null) return reserved;

  const opening = nextCallingTime(facts.settings.calling, facts.calendar, facts.timeZone, now);
  if (opening === null) return { dial: false, reason: 'no-calling-hours', until: now + 24 * 3600_000 };
  if (opening > now) return { dial: false, reason: 'outside-hours', until: opening };

  return firstFree(facts, allowed, now);
}

function reservation(facts: DialFacts, now: number): DialVerdict | null {
  if (!facts.needsAgent || facts.agentReserved) return null;
  if (facts.lockedUntil === null) return { dial: false, reason: 'needs-agent', until: now + soon };
  return facts.lockedUntil > now ? { dial: false, reason: 'abandoned-lock', until: facts.lockedUntil } : null;
}

/** Tries the numbers in the order of `inOrder`; when all are barred, the refusal that ends first is given. */
function firstFree(facts: DialFacts, allowed: readonly string[], now: number): DialVerdict {
  let refusal: Extract<DialVerdict, { dial: false }> | null = null;
  for (const number of inOrder(facts, allowed)) {
    const barred = barredNow(facts, number, now);
    if (barred === null) return { dial: true, number };
    if (refusal === null || (barred.until !== null && (refusal.until === null || barred.until < refusal.until)))
      refusal = barred;
  }
  return refusal ?? { dial: false, reason: 'no-usable-number', until: null };
}

function barredNow(facts: DialFacts, number: string, now: number): Extract<DialVerdict, { dial: false }> | null {
  if (facts.inLiveCall.has(number)) return { dial: false, reason: 'number-in-live-call', until: now + soon };
  const limits = checkLimits(facts.settings.limits, facts.history, number, facts.timeZone, now);
  return limits.ok ? null : { dial: false, reason: `limit-${limits.rule.id}`, until: limits.until };
}

/** The number after the last one tried, or the same again, as the retry rule of the last outcome says. */
function inOrder(facts: DialFacts, allowed: readonly string[]): string[] {
  const last = facts.lastNumber === null ? -1 : facts.numbers.indexOf(facts.lastNumber);
  if (last < 0) return [...allowed];
  const rule = facts.settings.retry.find((candidate) => candidate.outcome === facts.lastOutcome);
  const first = rule?.nextNumber ? last + 1 : last;
  const ring = [...facts.numbers.slice(first), ...facts.numbers.slice(0, first)];
  return ring.filter((number) => allowed.includes(number));
}
