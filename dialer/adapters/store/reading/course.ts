/** The ledger's and the calls' rows that a campaign's recent course is computed from. */
import type { CallSpan, Stretch } from '../../../rules/course.ts';
import { byPerson } from '../people.ts';
import { type Db, ms, msOrNull } from '../sql.ts';

/** No stretch and no call is longer; it lets the indexes by start narrow the search. */
const LONGEST_MS = 12 * 3_600_000;

type StretchRow = { presence: string; activity: string; started_at: Date; ended_at: Date | null };
type CallRow = {
  placed_at: Date | null;
  ended_at: Date | null;
  answered_at: Date | null;
  connected: boolean;
  abandoned: boolean;
};

const doing = (activity: string): Stretch['doing'] =>
  activity === 'talking' || activity === 'ready' ? activity : 'other';

export async function campaignCourse(
  db: Db,
  campaignId: string,
  from: number,
  at: number,
): Promise<{ stretches: Stretch[]; calls: CallSpan[] }> {
  const [since, now, longest] = [new Date(from), new Date(at), new Date(from - LONGEST_MS)];
  const [stretches, calls] = await Promise.all([
    db.$queryRaw<StretchRow[]>`
      SELECT presence, activity, started_at, ended_at FROM agent_interval
      WHERE campaign_id = ${campaignId}::uuid AND started_at >= ${longest} AND started_at <= ${now}
        AND presence = 'signed-in' AND (ended_at IS NULL OR ended_at > ${since})`,
    db.$queryRaw<CallRow[]>`
      SELECT placed_at, ended_at, answered_at, abandoned_at IS NOT NULL AS abandoned,
        (connected_at IS NOT NULL AND ${byPerson}) AS connected
      FROM attempt
      WHERE campaign_id = ${campaignId}::uuid AND intended_at >= ${longest} AND intended_at <= ${now}
        AND (ended_at IS NULL OR ended_at > ${since})`,
  ]);
  return {
    stretches: stretches.map((row) => ({
      signedIn: row.presence === 'signed-in',
      doing: doing(row.activity),
      from: ms(row.started_at),
      to: msOrNull(row.ended_at),
    })),
    calls: calls.map((row) => ({
      placedAt: msOrNull(row.placed_at),
      endedAt: msOrNull(row.ended_at),
      answeredAt: msOrNull(row.answered_at),
      result: row.abandoned ? 'abandoned' : row.connected ? 'connected' : null,
    })),
  };
}
