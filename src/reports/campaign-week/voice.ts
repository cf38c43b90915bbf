/** What customers said, by topic: why they refused, what they asked, complained about and wished not to hear again. */
import type pg from 'pg';
import { topicOf, topicsFrom } from '../calls-behind/dialled.ts';
import type { Week } from '../report.ts';

export type Voice = { topic: string; count: number; words: { attemptId: string; text: string }[] };
const wordsPerTopic = 5;

export async function voiceOf(
  pool: Pick<pg.Pool, 'query'>,
  campaignId: string,
  week: Week,
  asOf: number,
): Promise<Voice[]> {
  const { rows } = await pool.query<{
    topic: string;
    n: number;
    samples: { id: string; text: string | null }[] | null;
  }>(
    `with said as (
       select id, ${topicOf} topic,
         nullif(btrim(outcome_detail #>> '{fields,words}'), '') text, intended_at
       from attempt
       where campaign_id = $1 and intended_at >= $2 and intended_at < $3
         and disposition = any($4) and (outcome_at is null or outcome_at <= $5)
     ), numbered as (
       select *, row_number() over (partition by topic order by text is null, intended_at desc, id) place from said
     )
     select topic, count(*)::int n,
       json_agg(json_build_object('id', id, 'text', text) order by place) filter (where place <= ${wordsPerTopic} and text is not null) samples
     from numbered group by topic order by n desc, topic limit 40`,
    [campaignId, new Date(week.start), new Date(week.end), [...topicsFrom], new Date(asOf)],
  );
  return rows.map(({ topic, n, samples }) => ({
    topic,
    count: n,
    words: (samples ?? []).map(({ id, text }) => ({ attemptId: id, text: withoutNumbers(text ?? '') })),
  }));
}

/** Customers say numbers: rows of five digits and more do not belong into a report. */
export function withoutNumbers(text: string): string {
  return text.replace(/\+?\d(?:[ ().-]?\d){4,}/g, '•••').slice(0, 300);
}
