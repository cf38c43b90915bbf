import { type Sql, sql } from './sql.ts';

/**
 * Of rows of attempt: not a machine. The verdict counts once the call is over, because until then the agent may say that it is a person;
 * a call that was given up before its verdict stays abandoned. The reports have the same of their own (src/reports/people.ts).
 */
export const byPerson: Sql = sql`(detection IN ('machine', 'fax') AND abandoned_at IS NULL AND ended_at IS NOT NULL) IS NOT TRUE`;
