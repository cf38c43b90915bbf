/** What a campaign's own last days say of its list: how many answer, when, and how long they talk. */
import type { Database } from '../platform/database.ts';
import { byPersonNow } from '../reports/people.ts';

const dayMs = 86_400_000;
const lookBackMs = 7 * dayMs;
/** An hour of the day is called once a day at most: it takes weeks until it is known. */
const hoursLookBackMs = 28 * dayMs;
/** Fewer calls say less than an ordinary list. */
const enoughCalls = 200;
/** Fewer calls in an hour of the day say less than the day's mean. */
const enoughInHour = 50;

export type PastFigures = { answerRate: number; machineRate: number; talkSeconds: number; wrapUpSeconds: number };

/** Undefined figures of a campaign that has not called enough are null. */
export async function pastFigures({ pool }: Database, campaignId: string, now: number): Promise<PastFigures | null> {
  const since = new Date(now - lookBackMs);
  const { rows } = await pool.query<{
    calls: number;
    people: number;
    machines: number;
    talk: number | null;
    wrap: number | null;
  }>(
    `select count(*)::int calls, (count(*) filter (where answered_at is not null and ${byPersonNow('')}))::int people,
       (count(*) filter (where not (${byPersonNow('')})))::int machines,
       (select avg(talk_ms)::float8 / 1000 from recording where campaign_id = $1 and talk_started_at >= $2) talk,
       (select avg(extract(epoch from ended_at - started_at))::float8 from agent_interval
        where campaign_id = $1 and started_at >= $2 and activity = 'wrap-up' and ended_at is not null) wrap
     from attempt where campaign_id = $1 and intended_at >= $2 and state = 'ended'`,
    [campaignId, since],
  );
  const [row] = rows;
  if (row === undefined || row.calls < enoughCalls || row.talk === null || row.wrap === null) return null;
  const unanswered = row.calls - row.people;
  return {
    answerRate: row.people / row.calls,
    // Of the calls that no person answers, as the model has it.
    machineRate: unanswered === 0 ? 0 : row.machines / unanswered,
    talkSeconds: row.talk,
    wrapUpSeconds: row.wrap,
  };
}

/**
 * The campaign's answer rate at each hour of the centre's day, drawn towards the mean of all hours where there were few calls, and null
 * where there were too few. Empty where no hour is known.
 */
export async function pastHours({ pool }: Database, campaignId: string, now: number): Promise<(number | null)[]> {
  const { rows } = await pool.query<{ hour: number; calls: number; people: number }>(
    `select extract(hour from a.intended_at at time zone e.time_zone)::int "hour", count(*)::int calls,
       (count(*) filter (where a.answered_at is not null and ${byPersonNow('a.')}))::int people
     from attempt a join campaign c on c.id = a.campaign_id join centre e on e.id = c.centre_id
     where a.campaign_id = $1 and a.intended_at >= $2 and a.state = 'ended' group by 1`,
    [campaignId, new Date(now - hoursLookBackMs)],
  );
  return hourlyRates(rows);
}

export function hourlyRates(rows: readonly { hour: number; calls: number; people: number }[]): (number | null)[] {
  const calls = rows.reduce((sum, row) => sum + row.calls, 0);
  const mean = rows.reduce((sum, row) => sum + row.people, 0) / Math.max(1, calls);
  const rates = Array.from({ length: 24 }, (_, hour) => {
    const row = rows.find((one) => one.hour === hour);
    if (row === undefined || row.calls < enoughInHour) return null;
    return (row.people + enoughInHour * mean) / (row.calls + enoughInHour);
  });
  return rates.some((rate) => rate !== null) ? rates : [];
}
