import { DateTime } from 'luxon';

/** The beginning of the local day in a zone, in epoch milliseconds. */
export const startOfDay = (now: number, timeZone: string): number => {
  const local = DateTime.fromMillis(now, { zone: timeZone });
  return (local.isValid ? local : DateTime.fromMillis(now, { zone: 'UTC' })).startOf('day').toMillis();
};
