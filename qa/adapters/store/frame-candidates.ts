/**
 * Reads what can be drawn: once through, some thousand conversations in one row of the answer, a column of bytes for each fact. A row
 * and six texts for each of a million conversations would be most of a draw's work, on both sides.
 */
import type pg from 'pg';
import type { FrameCandidate, Period } from '../../ports/sampling-store.ts';
import { UUID_BYTES, uuidText } from '../../rules/sampling.ts';

const perRow = 2_000;
const rowsPerFetch = 4;

/** Recording, agent, whether it is a sale, length of talk and of recording (ms), time of connection (epoch ms): one after the other. */
type PackedRow = [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer];
const packed = [
  'uuid_send(c.recording_id)',
  'uuid_send(c.agent_id)',
  `case when c.disposition = 'sale' then '\\x01'::bytea else '\\x00'::bytea end`,
  'int4send(c.talk_ms)',
  'int4send(coalesce(c.duration_ms, 0))',
  `float8send(date_part('epoch', c.connected_at) * 1000)`,
].map((column) => `string_agg(${column}, ''::bytea)`);

/** Calls `add` for every candidate of the period in the range, in no order. Inside a transaction. */
export async function readCandidates(
  connection: pg.PoolClient,
  { campaignId, from, to }: Period,
  range: { after: bigint; upTo: bigint },
  add: (candidate: FrameCandidate) => void,
): Promise<void> {
  const agentOf = agentsBy(await joiningTimes(connection, campaignId));
  const complained = await complainedOf(connection, { campaignId, from, to });
  // Enough to gather a million conversations without temporary files, and a plan for all rows and not for the first.
  await connection.query(`set local work_mem = '128MB'; set local cursor_tuple_fraction = 1`);
  // In one row those of neighbouring numbers, which came in together and lie together.
  await connection.query(
    `declare candidate no scroll cursor for
       select ${packed.join(', ')} from qa_conversation c
        where c.campaign_id = $1 and c.day between $2::date and $3::date and c.purpose = 'marketing'
          and c.frame_no > $4 and c.frame_no <= $5
        group by c.frame_no / ${perRow}`,
    [campaignId, from, to, range.after.toString(), range.upTo.toString()],
  );
  const fetch = () => connection.query<PackedRow>({ text: `fetch ${rowsPerFetch} from candidate`, rowMode: 'array' });
  let coming = fetch();
  for (;;) {
    const { rows } = await coming;
    const last = rows.length < rowsPerFetch;
    // The database makes the next rows ready while these are taken in.
    if (!last) coming = fetch();
    for (const row of rows) for (const candidate of unpacked(row, agentOf, complained)) add(candidate);
    if (last) break;
  }
  await connection.query('close candidate');
}

type Agent = { id: string; joinedAt: number };

function* unpacked(
  [recordings, agents, sales, talks, durations, times]: PackedRow,
  agentOf: (bytes: Buffer, at: number) => Agent,
  complained: ReadonlySet<string>,
): Generator<FrameCandidate> {
  for (let i = 0; i < sales.length; i++) {
    const recordingId = { bytes: recordings, at: i * UUID_BYTES };
    const agent = agentOf(agents, i * UUID_BYTES);
    yield {
      recordingId,
      agentId: agent.id,
      sale: sales[i] === 1,
      talkMs: talks.readInt32BE(i * 4),
      durationMs: durations.readInt32BE(i * 4),
      connectedAt: times.readDoubleBE(i * 8),
      agentJoinedAt: agent.joinedAt,
      complaint: complained.size > 0 && complained.has(uuidText(recordingId)),
    };
  }
}

/** Agents are few: the text of each one's id is made once. */
function agentsBy(joined: ReadonlyMap<string, number>): (bytes: Buffer, at: number) => Agent {
  const known = new Map<string, Agent>();
  return (bytes, at) => {
    const key = bytes.toString('latin1', at, at + UUID_BYTES);
    const found = known.get(key);
    if (found !== undefined) return found;
    const id = uuidText({ bytes, at });
    const agent = { id, joinedAt: joined.get(id) ?? 0 };
    known.set(key, agent);
    return agent;
  };
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
