/** Managers' questions with what the campaign's own last days say where the question leaves it open. */
import { askWhatIf, ordinaryList } from '../../dialer/adapters/phone-network/index.ts';
import { campaignSettings } from '../../dialer/index.ts';
import type { WhatIfRequest, WhatIfResult } from '../contract/what-if.ts';
import { whatIfRequest } from '../contract/what-if.ts';
import type { Database } from '../platform/database.ts';

const lookBackMs = 7 * 86_400_000;
/** Fewer calls say less than an ordinary list. */
const enoughCalls = 200;

type Known = { answerRate: number; machineRate: number; talkSeconds: number; wrapUpSeconds: number };

/** `ask`: who plays the shifts; by default a process of its own. */
export function whatIfOf(database: Database, clock: { now(): number }, ask = askWhatIf) {
  return async (asked: WhatIfRequest, progress: (answered: number) => void): Promise<WhatIfResult> => {
    const request = whatIfRequest.parse(asked);
    const campaign =
      request.campaignId === null
        ? null
        : await database.client.campaign.findUnique({ where: { id: request.campaignId } });
    const measured = campaign === null ? null : await measure(database, campaign.id, clock.now());
    const known = measured ?? ordinaryList;
    const settings = campaign === null ? null : campaignSettings.parse(campaign.settings).pacing;
    const band = request.band === undefined ? (settings?.band ?? { min: 0.69, max: 0.74 }) : request.band;
    const assumed: Known = {
      answerRate: request.answerRate ?? known.answerRate,
      machineRate: request.machineRate ?? known.machineRate,
      talkSeconds: request.talkSeconds ?? known.talkSeconds,
      wrapUpSeconds: request.wrapUpSeconds ?? known.wrapUpSeconds,
    };
    const planned = settings?.mode === 'progressive' ? 'progressive' : 'predictive';
    const mode = request.mode ?? planned;
    const teams = [...new Set(request.agents)].sort((a, b) => a - b);
    const answers = await ask(
      teams.map((agents) => ({
        ...assumed,
        agents,
        maxAbandonRate: request.maxAbandonRate ?? settings?.maxAbandonRate ?? 0.03,
        band,
        mode,
        hours: request.hours,
        seed: request.seed,
      })),
      progress,
    );
    const rows = answers.map((answer, index) => {
      const used = answer.talkUtilization;
      const insideBand = band !== null && used !== null && used >= band.min && used <= band.max;
      return { ...answer, agents: teams[index] ?? 0, insideBand };
    });
    const given = [request.answerRate, request.machineRate, request.talkSeconds, request.wrapUpSeconds];
    return {
      rows,
      agentsNeeded: rows.find(({ insideBand }) => insideBand)?.agents ?? null,
      assumed: {
        ...assumed,
        mode,
        from: given.every((value) => value !== undefined)
          ? 'request'
          : measured === null
            ? 'ordinary-list'
            : 'campaign',
      },
    };
  };
}

async function measure({ pool }: Database, campaignId: string, now: number): Promise<Known | null> {
  const since = new Date(now - lookBackMs);
  const { rows } = await pool.query<{
    calls: number;
    people: number;
    machines: number;
    talk: number | null;
    wrap: number | null;
  }>(
    `select count(*)::int calls, (count(*) filter (where answered_at is not null and outcome is distinct from 'machine'))::int people,
       (count(*) filter (where outcome = 'machine'))::int machines,
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
