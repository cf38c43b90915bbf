import { type LongJob, longJobKind, type longJobRoutes } from '../../contract/long-jobs.ts';
import { auditCheck } from '../../contract/audit.ts';
import { drawCheck } from '../../contract/draws.ts';
import { whatIfResult } from '../../contract/what-if.ts';
import { rowsOf } from '../../contract/what-if-limit.ts';
import type { LongJobRow } from '../../platform/long-jobs.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import type { Services } from '../services.ts';
import { mustSee } from './campaign-shape.ts';

export function longJobHandlers({ database, longJobs, whatIf }: Services): Handlers<keyof typeof longJobRoutes> {
  return {
    'POST /api/what-if': async ({ body, viewer }) => {
      const { campaignId, purpose } = body;
      if (campaignId !== null) await mustSee(database.client, viewer, campaignId);
      const campaign =
        campaignId === null ? null : await database.client.campaign.findUnique({ where: { id: campaignId } });
      // Whoever answers for all centres may see every campaign: that says not yet that there is this one.
      if (campaignId !== null && campaign === null) throw new ApiError('not-found');
      const row = await longJobs.begin(
        {
          kind: purpose === 'expectation' ? 'expectation' : 'what-if',
          subjectId: campaignId,
          about: campaign?.name ?? '',
          userId: viewer.userId,
          total: rowsOf(body),
        },
        (progress) => whatIf(body, progress),
      );
      return showLongJob(row);
    },
    'GET /api/long-jobs': async ({ query, viewer }) => ({
      items: (await longJobs.list(viewer.userId, query)).map(showLongJob),
    }),
    'GET /api/long-jobs/:id': async ({ params, viewer }) => {
      const row = await longJobs.read(viewer.userId, params.id);
      if (row === null) throw new ApiError('not-found');
      return showLongJob(row);
    },
  };
}

function showLongJob(row: LongJobRow): LongJob {
  const kind = longJobKind.parse(row.kind);
  const simulated = kind === 'what-if' || kind === 'expectation';
  const kept = <T>(of: boolean, shape: { parse(result: unknown): T }): T | null =>
    of && row.result !== null ? shape.parse(row.result) : null;
  return {
    id: row.id,
    kind,
    subjectId: row.subjectId,
    about: row.about,
    state: row.state === 'running' || row.state === 'done' ? row.state : 'failed',
    done: row.done,
    total: row.total,
    failure: row.failure,
    startedAt: row.startedAt.getTime(),
    endedAt: row.endedAt?.getTime() ?? null,
    whatIf: kept(simulated, whatIfResult),
    drawCheck: kept(kind === 'draw-check', drawCheck),
    auditCheck: kept(kind === 'audit-check', auditCheck),
  };
}
