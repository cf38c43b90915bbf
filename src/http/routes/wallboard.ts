import type { wallboardRoutes } from '../../contract/wallboard.ts';
import type { Handlers } from '../handler.ts';
import { campaignsSeenBy } from '../scope.ts';
import type { Services } from '../services.ts';
import { mustSee } from './campaign-shape.ts';

export function wallboardHandlers(services: Services): Handlers<keyof typeof wallboardRoutes> {
  const { database, dialer } = services;
  const { client } = database;
  return {
    'GET /api/wallboard': async ({ viewer }) => {
      const ids = await campaignsSeenBy(client, viewer);
      const rows = await client.campaign.findMany({
        where: { state: { in: ['running', 'paused'] }, ...(ids === null ? {} : { id: { in: ids } }) },
        orderBy: { createdAt: 'asc' },
        select: { id: true },
        take: 50,
      });
      return { items: await Promise.all(rows.map(({ id }) => dialer.live(id))) };
    },
    'GET /api/wallboard/:id': async ({ params, viewer }) => {
      await mustSee(client, viewer, params.id);
      return dialer.live(params.id);
    },
    'GET /api/wallboard/:id/course': async ({ params, viewer }) => {
      await mustSee(client, viewer, params.id);
      return { items: await dialer.course(params.id) };
    },
  };
}
