/** How long a draw takes with its frame in the database, and what memory it needs. */
import { samplingStore } from '../../qa/adapters/store/draws.ts';
import type { CampaignQuality } from '../../qa/ports/surroundings.ts';
import { createSampler } from '../../qa/workflow/sampler.ts';
import { makeWorld } from '../fixtures/campaign.ts';
import { cpuOfServer } from './cpu-of.ts';
import { withPostgres } from './own-postgres.ts';

const agents = 500;

export async function run(args: string[]): Promise<void> {
  const counts = args.length > 0 ? args.map(Number) : [10_000, 1_000_000];
  await withPostgres(async ({ database }) => {
    console.log('frame      drawn     seconds   own CPU (s)  PostgreSQL CPU (s) peak memory of the process (MiB)');
    for (const count of counts) {
      const { campaignId } = await makeWorld(database.client, Date.now());
      await database.pool.query(
        `insert into qa_conversation (attempt_id, campaign_id, contact_id, agent_id, purpose, settings_version, connected_at, ended_at, talk_ms, day,
                                      disposition, closed, recording_id, recording_state, duration_ms, stored_at, frame_no)
         select gen_random_uuid(), $1, gen_random_uuid(), md5('agent' || n % ${agents})::uuid, 'marketing', 1, '2026-01-05 02:00Z', '2026-01-05 02:01Z',
                60000, '2026-01-05', 'sale', true, gen_random_uuid(), 'stored', 60000, '2026-01-05 02:02Z', nextval('qa_frame_no')
           from generate_series(1, $2::int) n`,
        [campaignId, count],
      );
      // A day's rows are hours old when it is drawn: read before, known to the planner, and on the disk.
      await database.pool.query('vacuum (analyze) qa_conversation');
      await database.pool.query('checkpoint');
      const sampler = createSampler({
        store: samplingStore(database),
        campaigns: { all: async () => [campaignOf(campaignId)], of: async () => campaignOf(campaignId) },
        forms: { newest: async (formId) => ({ formId, formVersion: 1 }) },
        clock: { now: () => Date.UTC(2026, 0, 6, 2) },
        raised: async () => [],
        secret: 'bench',
        publish: () => undefined,
      });
      const [server, own] = [await cpuOfServer(database), process.cpuUsage()];
      const start = performance.now();
      const { made } = await sampler.drawDue();
      const seconds = (performance.now() - start) / 1000;
      const { user, system } = process.cpuUsage(own);
      const after = await cpuOfServer(database);
      const spent = server === null || after === null ? '-' : ((after - server) / 1000).toFixed(2);
      const draw = await database.client.draw.findFirstOrThrow({ where: { id: made[0]?.id ?? '' } });
      const peak = process.resourceUsage().maxRSS / 1024;
      console.log(
        `${String(draw.frameSize).padEnd(10)} ${String(draw.size).padEnd(9)} ${seconds.toFixed(2).padEnd(9)} ${((user + system) / 1e6).toFixed(2).padEnd(12)} ${spent.padEnd(18)} ${peak.toFixed(0)}`,
      );
    }
  });
}

function campaignOf(campaignId: string): CampaignQuality {
  return {
    campaignId,
    centreId: campaignId,
    clientId: campaignId,
    name: 'Bench',
    purpose: 'marketing',
    timeZone: 'Asia/Shanghai',
    calendar: {
      addWorkingDays: (from, days) => from + days * 86_400_000,
      subtractWorkingDays: (before, days) => before - days * 86_400_000,
    },
    trialDays: 0,
    frame: 'sales',
    dailyRate: 0.1,
    weeklyRate: 0.05,
    weeklyOverlap: 5,
    tightenedMultiple: 3,
    recheckAll: false,
    correctiveDeadlineWorkingDays: 1,
    holdForQuality: false,
    twoStepClose: false,
    replyWithinDays: 1,
    forced: { longerThanSeconds: null, shorterThanSeconds: null, firstDaysOfAgent: 0, complaints: true },
  };
}
