/** Contacts of a campaign: the long list by when each is due, and the search for one person. */
import { maskNumber, parseNumber } from '../../../dialer/index.ts';
import type { Prisma } from '../../../prisma/generated/client.ts';
import type { Contact, listRoutes } from '../../contract/lists.ts';
import type { Viewer } from '../../contract/quality.ts';
import type { Handlers } from '../handler.ts';
import { cut, readTimeKey, timeKey } from '../page.ts';
import { maskName } from '../people.ts';
import { scopeOf } from '../scope.ts';
import type { Services } from '../services.ts';
import { mustSee, recordOf } from './campaign-shape.ts';

type Row = Prisma.ContactGetPayload<{ include: { numbers: true } }>;
type Keys = Extract<keyof typeof listRoutes, `${string}/contacts${string}`>;

/** More are not read by anybody: whoever finds so many says more of the name. */
const foundAtMost = 50;

export function contactHandlers({ database, audit, settings }: Services): Handlers<Keys> {
  const { client } = database;
  const include = { numbers: { orderBy: { position: 'asc' }, take: 1 } } as const;

  /** What of a campaign's contacts this person sees. A lead sees the common list and what the own team was given. */
  const seen = async (viewer: Viewer, campaignId: string): Promise<Prisma.ContactWhereInput> => {
    await mustSee(client, viewer, campaignId);
    const { agentIds } = await scopeOf(client, viewer);
    return {
      campaignId,
      list: { state: 'ready' },
      ...(agentIds === null ? {} : { OR: [{ agentId: null }, { agentId: { in: agentIds } }] }),
    };
  };

  return {
    'GET /api/campaigns/:id/contacts': async ({ params, query, viewer }) => {
      const after = readTimeKey(query.after);
      const rows = await client.contact.findMany({
        where: {
          AND: [
            await seen(viewer, params.id),
            {
              ...(query.state === undefined ? {} : { state: query.state }),
              ...(query.reason === undefined ? {} : { reason: query.reason }),
              ...(query.listId === undefined ? {} : { listId: query.listId }),
              ...(query.from === undefined ? {} : { dueAt: { gte: new Date(query.from) } }),
            },
            after === undefined
              ? {}
              : {
                  // Said twice so that the index by campaign, due time and id is entered at the place.
                  dueAt: { gte: after.at },
                  OR: [{ dueAt: { gt: after.at } }, { dueAt: after.at, id: { gt: after.id } }],
                },
          ],
        },
        orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
        take: query.limit + 1,
        include,
      });
      return cut(rows, query.limit, (row) => timeKey(row.dueAt, row.id), showContact);
    },

    'POST /api/campaigns/:id/contacts/search': async ({ params, body, viewer }) => {
      const parsed = parseNumber(body.who, settings.country);
      const rows = await client.contact.findMany({
        where: {
          AND: [
            await seen(viewer, params.id),
            parsed.ok
              ? { numbers: { some: { number: parsed.number } } }
              : { name: { contains: body.who, mode: 'insensitive' } },
          ],
        },
        orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
        take: foundAtMost,
        include,
      });
      await audit.record({
        actorId: viewer.userId,
        action: 'contacts-searched',
        subjectType: 'campaign',
        subjectId: params.id,
        detail: { by: parsed.ok ? 'number' : 'name', found: rows.length },
      });
      return { items: rows.map(showContact) };
    },
  };
}

function showContact(row: Row): Contact {
  const [first] = row.numbers;
  const origin = recordOf(row.origin);
  return {
    id: row.id,
    campaignId: row.campaignId,
    listId: row.listId,
    nameMasked: maskName(row.name),
    numberMasked: maskNumber(first?.number ?? ''),
    region: row.region,
    timeZone: row.timeZone,
    state: row.state === 'waiting' || row.state === 'in-attempt' ? row.state : 'finished',
    dueAt: row.dueAt.getTime(),
    attempts: row.attempts,
    lastOutcome: row.lastOutcome,
    reason: row.reason,
    reasonVersion: row.reasonVersion,
    origin: row.origin === null ? null : { kind: String(origin.kind ?? ''), id: String(origin.id ?? '') },
  };
}
