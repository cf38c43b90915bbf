/** How long what is known of customers is kept (R3): so many months after the month that it tells of, where the centre is. */
import { DateTime } from 'luxon';
import { dateOf } from '../calendar.ts';
import { keptUntil } from '../retention.ts';
import { monthPlus } from './month.ts';

/** From when on a month's tables are erased. */
export function monthKeptUntil(month: string, keepMonths: number, timeZone: string): number {
  const over = DateTime.fromISO(`${monthPlus(month, 1)}-01`, { zone: timeZone }).toMillis();
  return keptUntil(over, [keepMonths], timeZone);
}

/** The oldest month that is kept now. */
export function oldestKept(now: number, keepMonths: number, timeZone: string): string {
  return monthPlus(dateOf(now, timeZone).slice(0, 7), -keepMonths);
}
