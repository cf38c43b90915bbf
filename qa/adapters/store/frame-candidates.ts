/**
 * Reads what can be drawn: once through, in the order of the frame, some thousand rows at a time. Sorting is the database's
 * work, so that a million ids need no sorting here and no page of them is read twice.
 */
import type pg from 'pg';
import type { FrameCandidate, Period } from '../../ports/sampling-store.ts';

const rowsPerFetch = 5_000;

const idLength = 36;
/**
 * A candidate as one text: two ids of fixed length, 1 for a sale or 0, and numbers parted by commas (times are epoch ms). Six columns
 * of a million rows are six million values for the driver to make, and these one million.
 */
const asText = `c.recording_id::text || c.agent_id || case when c.disposition = 'sale' then '1,' else '0,' end
  || coalesce(c.talk_ms, 0) || ',' || coalesce(c.duration_ms, 0) || ',' || (date_part('epoch', c.connected_at) * 1000)::bigint`;

function candidateOf(
  text: string,
  joined: ReadonlyMap<string, number>,
  complained: ReadonlySet<string>,
): FrameCandidate {
  const recordingId = text.slice(0, idLength);
  const agentId = text.slice(idLength, 2 * idLength);
  const talkAt = 2 * idLength + 2;
  const durationAt = text.indexOf(',', talkAt) + 1;
  const connectedAt = text.indexOf(',', durationAt) + 1;
  return {
    recordingId,
    agentId,
    sale: text.charCodeAt(2 * idLength) === 49,
    talkMs: Number(text.slice(talkAt, durationAt - 1)),
    durationMs: Number(text.slice(durationAt, connectedAt - 1)),
    connectedAt: Number(text.slice(connectedAt)),
    agentJoinedAt: joined.get(agentId) ?? 0,
    complaint: complained.size > 0 && complained.has(recordingId),
  };
}

/** Calls `add` for every candidate of the period in the range, in ascending order of recording id. Inside a transaction. */
export async function readCandidates(
  connection: pg.PoolClient,
  { campaignId, from, to }: Period,
  range: { after: bigint; upTo: bigint },
  add: (candidate: FrameCandidate) => void,
): Promise<void> {
  const joined = await joiningTimes(connection, campaignId);
  const complained = await complainedOf(connection, { campaignId, from, to });
  // Enough to sort a million rows without temporary files, and a plan for all rows and not for the first: given back at the end.
  await connection.query(`set local work_mem = '128MB'; set local cursor_tuple_fraction = 1`);
  await connection.query(
    `declare candidate no scroll cursor for
       select ${asText} from qa_conversation c
        where c.campaign_id = $1 and c.day between $2::date and $3::date and c.purpose = 'marketing'
          and c.frame_no > $4 and c.frame_no <= $5
        order by c.recording_id`,
    [campaignId, from, to, range.after.toString(), range.upTo.toString()],
  );
  const fetch = () => connection.query<[string]>({ text: `fetch ${rowsPerFetch} from candidate`, rowMode: 'array' });
  let coming = fetch();
  for (;;) {
    const { rows } = await coming;
    const last = rows.length < rowsPerFetch;
    // The database makes the next rows ready while these are taken in.
    if (!last) coming = fetch();
    for (const [text] of rows) add(candidateOf(text, joined, complained));
    if (last) break;
  }
  await connection.query('close candidate');
}

/** When the agents of the campaign's centre joined, epoch ms. */
async function joiningTimes(connection: pg.PoolClient, campaignId: string): Promise<Map<string, number>> {
  const { rows } = await connection.query<{ id: string; joined: number }>(
    `select u.id, date_part('epoch', u.joined_at) * 1000 as joined from app_user u
      where u.joined_at is not null and u.centre_id = (select centre_id from campaign where id = $1)`,
    [campaignId],
  );
  return new Map(rows.map(({ id, joined }) => [id, joined]));
}

/** Recordings of the period that a complaint names. */
async function complainedOf(
  connection: pg.PoolClient,
  { campaignId, from, to }: Pick<Period, 'campaignId' | 'from' | 'to'>,
): Promise<Set<string>> {
  const { rows } = await connection.query<{ recording_id: string }>(
    `select c.recording_id from (select distinct unnest(recording_ids) as recording_id from qa_case where kind = 'complaint') k
       join qa_conversation c using (recording_id) where c.campaign_id = $1 and c.day between $2::date and $3::date`,
    [campaignId, from, to],
  );
  return new Set(rows.map(({ recording_id }) => recording_id));
}
