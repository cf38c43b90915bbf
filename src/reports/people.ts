/**
 * Whom a call was with. A machine is what the detection said of a call that is over: until then the agent who hears a person may say so
 * (the verdict is a person's from then on), and a week that is read later must find what was known at its time. A call that was given up
 * before the verdict was known stays an abandoned one, as its outcome does. The dialler has the same of its own (adapters/store/people.ts).
 */
import { Prisma } from '../../prisma/generated/client.ts';

type Row = '' | `${string}.`;

const machine = (row: Row): string => `${row}detection in ('machine', 'fax') and ${row}abandoned_at is null`;

/** A condition on rows of attempt; `until` is SQL: what ended later was not over yet. */
export const byPerson = (row: Row, until: string): string =>
  `(${machine(row)} and ${row}ended_at <= ${until}) is not true`;

/** The same, of whatever is over now. */
export const byPersonNow = (row: Row): string => `(${machine(row)} and ${row}ended_at is not null) is not true`;

export const byPersonAt = (row: Row, asOf: Date): Prisma.Sql =>
  Prisma.sql`(${Prisma.raw(`${machine(row)} and ${row}ended_at`)} <= ${asOf}) is not true`;

/** What the abandonment rate is of: who was connected only after the grace is one call, and an abandoned one. `until` as above. */
export const presented = (row: Row, until: string): string =>
  `(${row}abandoned_at <= ${until} or ${row}connected_at <= ${until} and ${byPerson(row, until)})`;
