/**
 * Frequency limits as data: how often a number or a contact may be called, or spoken to, within a window. The
 * presets of regulators are lists of such rules; nothing here knows a country.
 */
import { DateTime } from 'luxon';
import { dayOf, monthOf } from './calendar.ts';
import type { LimitRule } from './campaign-settings.ts';

/** One earlier attempt that a limit may count. */
export type PastAttempt = { number: string; sameContact: boolean; at: number; connected: boolean };

export type LimitVerdict =
  | { ok: true }
  /** `until`: first instant at which this rule would allow the call again; null: never in this campaign. */
  | { ok: false; rule: LimitRule; until: number | null };

/** Holds all rules against the history of `number`; of several broken rules the one that lasts longest is named. */
export function checkLimits(
  rules: readonly LimitRule[],
  history: readonly PastAttempt[],
  number: string,
  timeZone: string,
  now: number,
): LimitVerdict {
  let worst: LimitVerdict = { ok: true };
  for (const rule of rules) {
    const times = history
      .filter((past) => (rule.scope === 'number' ? past.number === number : past.sameContact))
      .filter((past) => rule.counts === 'attempts' || past.connected)
      .map((past) => past.at)
      .sort((a, b) => a - b);
    const verdict = checkRule(rule, times, timeZone, now);
    if (!verdict.ok && longer(verdict, worst)) worst = verdict;
  }
  return worst;
}

function longer(verdict: Extract<LimitVerdict, { ok: false }>, than: LimitVerdict): boolean {
  if (than.ok) return true;
  if (than.until === null) return false;
  return verdict.until === null || verdict.until > than.until;
}

function checkRule(rule: LimitRule, times: readonly number[], timeZone: string, now: number): LimitVerdict {
  const counted = times.filter((at) => at > windowStart(rule.window, timeZone, now));
  if (counted.length < rule.max) return { ok: true };
  if (rule.action === 'finish' || rule.max === 0) return { ok: false, rule, until: null };
  // The call is allowed once the oldest surplus ones have left the window.
  const oldestToLeave = counted[counted.length - rule.max];
  return { ok: false, rule, until: oldestToLeave === undefined ? null : leaves(rule.window, timeZone, oldestToLeave) };
}

/** Attempts strictly after this instant are inside the window. */
function windowStart(window: LimitRule['window'], timeZone: string, now: number): number {
  switch (window.kind) {
    case 'rolling-minutes':
      return now - window.minutes * 60_000;
    case 'calendar-days':
      return (
        DateTime.fromMillis(now, { zone: timeZone })
          .startOf('day')
          .minus({ days: window.days - 1 })
          .toMillis() - 1
      );
    case 'calendar-month':
      return monthOf(now, timeZone).start - 1;
    case 'ever':
      return Number.NEGATIVE_INFINITY;
  }
}

/** When an attempt made at `at` no longer counts. */
function leaves(window: LimitRule['window'], timeZone: string, at: number): number | null {
  switch (window.kind) {
    case 'rolling-minutes':
      return at + window.minutes * 60_000;
    case 'calendar-days':
      return DateTime.fromMillis(dayOf(at, timeZone).start, { zone: timeZone }).plus({ days: window.days }).toMillis();
    case 'calendar-month':
      return monthOf(at, timeZone).end;
    case 'ever':
      return null;
  }
}

/** How far back history must be read for these rules, in ms before `now`; Infinity for rules over all time. */
export function historyNeeded(rules: readonly LimitRule[]): number {
  const day = 24 * 3600_000;
  return rules.reduce((most, { window }) => {
    switch (window.kind) {
      case 'rolling-minutes':
        return Math.max(most, window.minutes * 60_000);
      case 'calendar-days':
        return Math.max(most, (window.days + 1) * day);
      case 'calendar-month':
        return Math.max(most, 32 * day);
      case 'ever':
        return Number.POSITIVE_INFINITY;
    }
  }, 0);
}
