import { type Sql, sql } from './sql.ts';

/**
 * Of rows of attempt: not a machine. The verdict counts once the call is over, because until then the agent may say that it is a person;
 * a call that was given up before its verdict stays abandoned. The reports have the same of their own (src/reports/people.ts).
 */
export const byPerson: Sql = sql`(detection IN ('machine', 'fax') AND abandoned_at IS NULL AND ended_at IS NOT NULL) IS NOT TRUE`;

/**
 * What the abandonment rate is of: connected to an agent, or abandoned. Who was connected only after the grace is both and is counted once,
 * as abandoned (D2); as a conversation it counts like any other.
 */
export const presented: Sql = sql`(abandoned_at IS NOT NULL OR connected_at IS NOT NULL AND ${byPerson})`;
