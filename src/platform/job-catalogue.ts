import { defaultRepeatStrategy } from 'bullmq';
import type { z } from 'zod';
import { errorText, PlatformError } from './errors.ts';

/** When a job runs by itself. Times are of the product's clock: at speed 30, "every minute" is every two seconds. */
export type JobSchedule<Data> =
  | { readonly kind: 'on demand' }
  | { readonly kind: 'every'; readonly ms: number; readonly data: Data }
  /** `pattern` has five or six fields (the sixth, first, is seconds); `timeZone` is an IANA name, daylight saving included. */
  | { readonly kind: 'cron'; readonly pattern: string; readonly timeZone: string; readonly data: Data };

/** What a handler may know of its run. */
export type JobRun = {
  readonly id: string;
  /** 1 for the first try. */
  readonly attempt: number;
  /** Fires when the process is asked to stop; long handlers should then end, their job comes back. */
  readonly signal: AbortSignal;
};

export type JobEntry<Data> = {
  /** Checked when the job is put in and again when it is taken out: it may come from an older version of the program. */
  readonly schema: z.ZodType<Data>;
  readonly schedule: JobSchedule<Data>;
  /** Must be safe to run twice: a job runs again when its process died. */
  handler(data: Data, run: JobRun): Promise<void>;
  /** Runs at most, 1 by default; after a failure the wait doubles, from `backoffMs` (1 s by default). */
  readonly attempts?: number;
  readonly backoffMs?: number;
  /** Long work (imports, recordings, reports) has workers of its own, so that it never keeps the quick ones waiting. */
  readonly lane?: 'quick' | 'slow';
};

/** All jobs of the product: the key is the job's name. `Jobs` maps names to data, so a name without an entry does not compile. */
export type JobCatalogue<Jobs> = { readonly [Name in keyof Jobs & string]: JobEntry<Jobs[Name]> };

/** Checks a catalogue before anything starts: data that its own schema refuses, impossible times, missing parts. Lists all faults. */
export function checkCatalogue<Jobs>(
  catalogue: JobCatalogue<Jobs>,
  expectedNames: readonly (keyof Jobs & string)[] = [],
): void {
  const entries = Object.entries<JobEntry<unknown>>(catalogue);
  const faults = entries.flatMap(([name, entry]) => entryFaults(entry).map((fault) => `${name}: ${fault}`));
  for (const name of expectedNames) if (!(name in catalogue)) faults.push(`${name}: has no entry`);
  if (faults.length > 0) throw new PlatformError('job_catalogue', `The job catalogue has gaps:\n${faults.join('\n')}`);
}

function entryFaults({ schema, schedule, handler, attempts, backoffMs }: JobEntry<unknown>): string[] {
  const faults: string[] = [];
  if (typeof handler !== 'function') faults.push('has no handler');
  if (attempts !== undefined && !(Number.isInteger(attempts) && attempts >= 1))
    faults.push('attempts must be 1 or more');
  if (backoffMs !== undefined && !(backoffMs >= 0)) faults.push('backoffMs must not be negative');
  if (schedule.kind === 'on demand') return faults;
  const { error } = schema.safeParse(schedule.data);
  if (error)
    faults.push(
      `its schedule gives data that its schema refuses: ${error.issues.map((issue) => issue.message).join(', ')}`,
    );
  if (schedule.kind === 'every' && !(schedule.ms > 0)) faults.push('the interval must be positive');
  if (schedule.kind === 'cron') {
    try {
      defaultRepeatStrategy(0, { pattern: schedule.pattern, tz: schedule.timeZone });
      new Intl.DateTimeFormat('en', { timeZone: schedule.timeZone });
    } catch (cause) {
      faults.push(`the time "${schedule.pattern}" in ${schedule.timeZone} is not possible: ${errorText(cause)}`);
    }
  }
  return faults;
}
