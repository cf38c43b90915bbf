/** Agents, their teams, and the centre's weights. */
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { People } from '../../ports/people-store.ts';

export function peopleStore(client: PrismaClient): People {
  return {
    async agents(viewer) {
      const rows = await client.user.findMany({
        where: {
          role: 'agent',
          ...(viewer.role === 'agent' ? { id: viewer.userId } : {}),
          ...(viewer.role === 'lead' ? { teamId: viewer.teamId } : {}),
          ...(viewer.role === 'administrator' ? {} : { centreId: viewer.centreId }),
        },
        include: { team: true },
        orderBy: { displayName: 'asc' },
      });
      return rows.map(({ id, displayName, team, joinedAt }) => ({
        agentId: id,
        name: displayName,
        teamId: team?.id ?? null,
        teamName: team?.name ?? null,
        joinedAt: joinedAt?.getTime() ?? null,
      }));
    },

    async agentsOf(centreId) {
      const rows = await client.user.findMany({ where: { role: 'agent', centreId }, select: { id: true } });
      return rows.map(({ id }) => id);
    },

    async centre(viewer) {
      // Administrators answer for all centres; whoever else belongs to none has none.
      if (viewer.centreId === null && viewer.role !== 'administrator') return null;
      const row = await client.centre.findFirst({ where: viewer.centreId === null ? {} : { id: viewer.centreId } });
      return row === null ? null : { centreId: row.id, name: row.name, timeZone: row.timeZone };
    },

    async weights(centreId) {
      return (await client.cardWeights.findUnique({ where: { centreId } }))?.weights ?? null;
    },

    async setWeights(centreId, weights, by, now) {
      const row = { weights: JSON.parse(JSON.stringify(weights)), changedAt: new Date(now), changedBy: by };
      await client.cardWeights.upsert({ where: { centreId }, create: { centreId, ...row }, update: row });
    },
  };
}
