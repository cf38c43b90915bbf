/** What must hold of every run, whatever the people did. A broken one is named and fails the demo. */
import type pg from 'pg';
import { one, rows } from './figures.ts';

export type Broken = { invariant: string; detail: string };

type Query = Pick<pg.Pool, 'query'>;

export async function checkInvariants(
  pool: Query,
  campaignId: string,
): Promise<{ broken: Broken[]; blacklistedAttempted: number; doubleDialled: number }> {
  const broken: Broken[] = [];
  const expect = (invariant: string, holds: boolean, detail: string): void => {
    if (!holds) broken.push({ invariant, detail });
  };

  const blacklisted = await one<{ n: number }>(
    pool,
    `select count(*)::int n from attempt a join blacklist_entry b on b.number = a.number and b.scope = 'all' and b.removed_at is null
      where a.campaign_id = $1 and a.placed_at > b.added_at and (b.ends_at is null or a.placed_at < b.ends_at)`,
    [campaignId],
  );
  expect('no blacklisted number is dialled', blacklisted.n === 0, `${blacklisted.n} calls`);

  const twice = await one<{ n: number }>(
    pool,
    `select count(*)::int n from attempt a join attempt b on a.number = b.number and a.id < b.id
      where a.campaign_id = $1 and a.placed_at is not null and b.placed_at is not null
        and a.placed_at < coalesce(b.ended_at, 'infinity') and b.placed_at < coalesce(a.ended_at, 'infinity')`,
    [campaignId],
  );
  expect('no number is in two live calls', twice.n === 0, `${twice.n} pairs`);

  const unrecorded = await one<{ missing: number; unsettled: number }>(
    pool,
    `select (count(*) filter (where r.id is null))::int missing, (count(*) filter (where r.state in ('expected', 'announced')))::int unsettled
       from attempt a left join recording r on r.attempt_id = a.id where a.campaign_id = $1 and a.connected_at is not null`,
    [campaignId],
  );
  expect(
    'every conversation has a recording',
    unrecorded.missing === 0 && unrecorded.unsettled === 0,
    `${unrecorded.missing} without, ${unrecorded.unsettled} unsettled`,
  );

  const lost = await one<{ n: number }>(
    pool,
    `select count(*)::int n from recording where campaign_id = $1 and state in ('lost', 'damaged')`,
    [campaignId],
  );
  expect('no recording is lost or damaged', lost.n === 0, `${lost.n} recordings`);

  const live = await one<{ n: number }>(pool, `select count(*)::int n from attempt where campaign_id = $1 and live`, [
    campaignId,
  ]);
  expect('no call is left open', live.n === 0, `${live.n} calls`);

  for (const draw of await rows<{
    id: string;
    kind: string;
    round: number;
    frame_size: number;
    forced: number;
    rate: number;
    lot: number;
    items: number;
    size: number;
  }>(
    pool,
    `select d.id, d.kind, d.round, d.frame_size, d.forced, d.rate, d.size,
            (select count(*)::int from qa_draw_item i where i.draw_id = d.id and i.reason = 'lot') lot,
            (select count(*)::int from qa_draw_item i where i.draw_id = d.id) items
       from qa_draw d where d.campaign_id = $1 and d.kind in ('daily', 'weekly')`,
    [campaignId],
  )) {
    // Rounded up; the tiny subtraction undoes what binary fractions add to 0.1 × 30.
    const due = Math.ceil((draw.frame_size - draw.forced) * draw.rate - 1e-9);
    expect(
      `a ${draw.kind} draw takes its share, rounded up`,
      draw.lot === due && draw.items === draw.size,
      `${draw.lot} of ${draw.frame_size}, due ${due}`,
    );
  }

  const escaped = await one<{ n: number }>(
    pool,
    `select count(*)::int n from qa_conversation c join recording r on r.attempt_id = c.attempt_id
      where c.campaign_id = $1 and c.disposition = 'sale' and c.purpose = 'marketing' and r.state = 'stored'
        and c.day < (select max(period_to) + 1 from qa_draw d where d.campaign_id = $1 and d.kind = 'daily')
        and not exists (select 1 from qa_draw d where d.campaign_id = $1 and d.kind = 'daily' and d.period_from = c.day
                          and c.frame_no > d.frame_after and c.frame_no <= d.frame_up_to)`,
    [campaignId],
  );
  expect('every valid recording of a drawn day is in a frame', escaped.n === 0, `${escaped.n} recordings`);

  const overlapping = await one<{ n: number }>(
    pool,
    `select count(*)::int n from agent_interval a join agent_interval b on a.user_id = b.user_id and a.id < b.id
      where a.campaign_id = $1 and a.started_at < coalesce(b.ended_at, 'infinity') and b.started_at < coalesce(a.ended_at, 'infinity')
        and (a.ended_at is null or a.ended_at > a.started_at) and (b.ended_at is null or b.ended_at > b.started_at)`,
    [campaignId],
  );
  expect('the time ledger has no overlap', overlapping.n === 0, `${overlapping.n} pairs`);

  const billed = await one<{ n: number }>(
    pool,
    `select count(*)::int n from qa_sale where campaign_id = $1 and state = 'billable' and qualified is distinct from true`,
    [campaignId],
  );
  expect('no sale is billable without the four criteria', billed.n === 0, `${billed.n} sales`);

  return { broken, blacklistedAttempted: blacklisted.n, doubleDialled: twice.n };
}
