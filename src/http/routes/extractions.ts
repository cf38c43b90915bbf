/** Extractions: the dialler hands out; here it is said into whose campaigns, and who sees which. */
import type { ExtractionWish, extractionRoutes } from '../../contract/segments.ts';
import type { Viewer } from '../../contract/quality.ts';
import { ApiError } from '../errors.ts';
import { extractionsShown } from '../extraction-shape.ts';
import type { Handlers } from '../handler.ts';
import { NOBODY } from '../scope.ts';
import { ownCentre } from '../segment-shape.ts';
import type { Services } from '../services.ts';
import { mustSee } from './campaign-shape.ts';

export function extractionHandlers(services: Services): Handlers<keyof typeof extractionRoutes> {
  const { database, extractions, audit } = services;
  const { client } = database;
  /** @throws ApiError not-found for a campaign of others, unknown-reference for a team that is not of it */
  const mayHandTo = async (viewer: Viewer, { campaignId, teamId }: ExtractionWish): Promise<void> => {
    await mustSee(client, viewer, campaignId);
    const calls = await client.campaignTeam.count({ where: { campaignId, teamId } });
    if (calls === 0) throw new ApiError('unknown-reference', { field: 'body.teamId' });
  };

  return {
    'GET /api/extractions': async ({ viewer }) => {
      const teamId = viewer.role === 'lead' ? (viewer.teamId ?? NOBODY) : null;
      return {
        items: await extractionsShown(client, viewer, await extractions.list({ centreId: ownCentre(viewer), teamId })),
      };
    },
    'POST /api/extractions/preview': async ({ body, viewer }) => {
      await mayHandTo(viewer, body);
      return extractions.preview(body);
    },
    'POST /api/extractions': async ({ body, viewer }) => {
      await mayHandTo(viewer, body);
      const row = await extractions.extract(body, { userId: viewer.userId });
      await audit.record({
        ...{ actorId: viewer.userId, action: 'customers-extracted', subjectType: 'extraction', subjectId: row.id },
        detail: { campaignId: row.campaignId, teamId: row.teamId, type: row.type, month: row.month, taken: row.taken },
      });
      const [one] = await extractionsShown(client, viewer, [row]);
      if (one === undefined) throw new ApiError('not-found');
      return one;
    },
  };
}
