import type { Prisma, PrismaClient } from '../../../prisma/generated/client.ts';
import type { ListeningView } from '../../../dialer/index.ts';
import type { Listening, listeningRoutes } from '../../contract/listening.ts';
import type { Viewer } from '../../contract/quality.ts';
import { activity, presence } from '../../contract/agent-desk.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import { centreSeen } from '../scope.ts';
import type { Services } from '../services.ts';

/** Whose live calls a person may hear: a lead the team's, all others with the right the centre's; an administrator, all. */
function listenable(viewer: Viewer): Prisma.UserWhereInput {
  if (viewer.role === 'lead') return { role: 'agent', teamId: viewer.teamId ?? { in: [] } };
  const centreId = centreSeen(viewer);
  return { role: 'agent', ...(centreId === null ? {} : { centreId }) };
}

export function listeningHandlers({ database, dialer }: Services): Handlers<keyof typeof listeningRoutes> {
  const { client } = database;

  return {
    'GET /api/listening/agents': async ({ viewer }) => {
      const users = await client.user.findMany({
        where: listenable(viewer),
        select: { id: true, displayName: true, team: { select: { name: true } } },
      });
      const known = new Map(users.map((user) => [user.id, user]));
      const desks = await client.agentDesk.findMany({
        where: { userId: { in: [...known.keys()] }, presence: { not: 'signed-out' } },
        orderBy: { since: 'asc' },
      });
      const campaigns = await client.campaign.findMany({
        where: { id: { in: desks.flatMap(({ campaignId }) => (campaignId === null ? [] : [campaignId])) } },
        select: { id: true, name: true },
      });
      const names = new Map(campaigns.map(({ id, name }) => [id, name]));
      return {
        items: desks.map((desk) => ({
          userId: desk.userId,
          name: known.get(desk.userId)?.displayName ?? '',
          teamName: known.get(desk.userId)?.team?.name ?? null,
          campaignName: names.get(desk.campaignId ?? '') ?? null,
          presence: presence.parse(desk.presence),
          activity: activity.parse(desk.activity),
          since: desk.since.getTime(),
        })),
      };
    },

    'GET /api/listening': async ({ viewer }) => {
      const view = await dialer.listening.current(viewer.userId);
      return { listening: view === null ? null : await show(client, view) };
    },

    'POST /api/listening': async ({ body, viewer }) => {
      const agent = await client.user.findFirst({
        where: { ...listenable(viewer), id: body.agentId },
        select: { id: true },
      });
      if (agent === null) throw new ApiError('not-found');
      const view = await dialer.listening.start(viewer.userId, body);
      return show(client, view);
    },

    'PATCH /api/listening': async ({ body, viewer }) => {
      const view = await dialer.listening.change(viewer.userId, body.mode);
      return show(client, view);
    },

    'POST /api/listening/take-over': async ({ viewer }) => {
      const view = await dialer.listening.takeOver(viewer.userId);
      return show(client, view);
    },

    'POST /api/listening/stop': async ({ viewer }) => {
      await dialer.listening.stop(viewer.userId);
      return {};
    },
  };
}

async function show(client: PrismaClient, view: ListeningView): Promise<Listening> {
  const agent = await client.user.findUnique({ where: { id: view.agentId }, select: { displayName: true } });
  return { ...view, agentName: agent?.displayName ?? '' };
}
