/** The queue of a 100 % re-check in PostgreSQL. */
import { z } from 'zod';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { RecheckStore, UnaskedSale, WaitingRecheck } from '../../ports/recheck-store.ts';
import { TRANSCRIPT_FINDINGS, type TranscriptFinding } from '../../rules/risk.ts';

const riskShape = z.object({
  score: z.number(),
  raisedBy: z.array(z.object({ code: z.string(), weight: z.number() })),
});

type WaitingRow = Omit<WaitingRecheck, 'risk' | 'selfCheck' | 'transcriptFindings'> & {
  risk: unknown;
  doubted: boolean | null;
  found: string[] | null;
};
const isFinding = (code: string): code is TranscriptFinding => TRANSCRIPT_FINDINGS.some((known) => known === code);

export function recheckStore(client: PrismaClient): RecheckStore {
  return {
    /** Not of sales that came to nothing, nor of recordings that are in the queue or judged already by any other way. */
    unasked(campaignId, limit) {
      return client.$queryRaw<UnaskedSale[]>`
        select s.id as "saleId", s.attempt_id as "attemptId" from qa_sale s join qa_conversation c on c.attempt_id = s.attempt_id
         where s.campaign_id = ${campaignId}::uuid and s.state not in ('void', 'cancelled') and c.recording_state = 'stored'
           and not exists (select 1 from qa_inspection i where i.recording_id = c.recording_id and i.kind in ('daily', 'forced', 'recheck'))
         order by s.recorded_at limit ${limit}`;
    },

    async waiting(campaignId, readingRule, limit) {
      const rows = await client.$queryRaw<WaitingRow[]>`
        select i.id as "inspectionId", coalesce(i.sale_id, i.id) as "saleId", i.agent_id as "agentId", c.talk_ms as "talkMs", i.risk,
               c.agent_talk_share as "agentTalkShare",
               case when c.self_check is null or jsonb_typeof(c.self_check) <> 'object' then null
                    else c.self_check::text like '%"doubt"%' end as doubted,
               coalesce(l.level <> 'normal', false) as "agentTightened",
               exists (select 1 from qa_case k where k.kind = 'complaint' and k.agent_id = i.agent_id and k.attempt_id = i.attempt_id
                          and k.valid is distinct from false) as complaint,
               g.found
          from qa_inspection i join qa_conversation c on c.attempt_id = i.attempt_id
          left join qa_inspection_level l on l.agent_id = i.agent_id
          left join lateral (select t.id from qa_transcript t where t.recording_id = i.recording_id order by t.id desc limit 1) n on true
          left join qa_transcript_reading g on g.transcript_id = n.id and g.rule = ${readingRule}
         where i.campaign_id = ${campaignId}::uuid and i.kind = 'recheck' and i.state in ('drawn', 'assigned', 'expired')
         order by i.deadline_at, i.id limit ${limit}`;
      return rows.map(({ doubted, risk, found, ...row }) => ({
        ...row,
        transcriptFindings: (found ?? []).filter(isFinding),
        selfCheck: doubted === null ? null : doubted ? 'in-doubt' : 'passed',
        risk: riskShape.nullable().catch(null).parse(risk),
      }));
    },

    async habits(campaignId, since) {
      const from = new Date(since);
      const [talk, agents] = await Promise.all([
        client.$queryRaw<{ low: number | null; middle: number | null; high: number | null; sales: number }[]>`
          select (percentile_cont(0.25) within group (order by talk_ms)) / 1000 as low,
                 (percentile_cont(0.5) within group (order by talk_ms)) / 1000 as middle,
                 (percentile_cont(0.75) within group (order by talk_ms)) / 1000 as high, count(*)::int as sales
            from qa_conversation
           where campaign_id = ${campaignId}::uuid and disposition = 'sale' and connected_at >= ${from}`,
        client.$queryRaw<{ agentId: string; n: number; unqualified: number }[]>`
          select i.agent_id as "agentId", count(*)::int as n, (count(*) filter (where not i.qualified))::int as unqualified
            from qa_inspection i join qa_conversation c on c.attempt_id = i.attempt_id
           where i.campaign_id = ${campaignId}::uuid and i.qualified is not null and i.kind in ('daily', 'forced', 'recheck')
             and c.disposition = 'sale' and c.connected_at >= ${from} group by 1`,
      ]);
      const usual = talk[0];
      // Of a handful nothing is usual.
      const known = usual !== undefined && usual.sales >= leastSales;
      return {
        talk:
          known && usual.low !== null && usual.middle !== null && usual.high !== null
            ? { median: usual.middle, quartileRange: usual.high - usual.low }
            : null,
        agents: new Map(agents.map(({ agentId, n, unqualified }) => [agentId, { rate: unqualified / n, n }])),
      };
    },

    async setRisks(risks) {
      await client.$executeRaw`
        update qa_inspection i set risk = r.risk
          from jsonb_to_recordset(${JSON.stringify(risks)}::jsonb) as r("inspectionId" uuid, risk jsonb)
         where i.id = r."inspectionId" and i.state in ('drawn', 'assigned', 'expired')`;
    },
  };
}

const leastSales = 20;
