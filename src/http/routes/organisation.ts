import type { Prisma } from '../../../prisma/generated/client.ts';
import { type Centre, type organisationRoutes, type Product, productOption } from '../../contract/organisation.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import type { Services } from '../services.ts';
import { centreSeen, NOBODY } from '../scope.ts';
import { defined, refuse } from './users.ts';

type ProductRow = Prisma.ProductGetPayload<{ include: { client: true } }>;

export function organisationHandlers({ database, audit }: Services): Handlers<keyof typeof organisationRoutes> {
  const { client } = database;
  const note = (actorId: string, action: string, subjectType: string, subjectId: string) =>
    audit.record({ actorId, action, subjectType, subjectId });

  return {
    'GET /api/centres': async ({ viewer }) => {
      const centreId = centreSeen(viewer);
      const where = centreId === null ? {} : { id: centreId };
      return { items: (await client.centre.findMany({ where, orderBy: { name: 'asc' } })).map(showCentre) };
    },

    'POST /api/centres': async ({ body, viewer }) => {
      checkTimeZone(body.timeZone);
      const row = await client.centre.create({ data: body }).catch(refuse);
      await note(viewer.userId, 'centre-created', 'centre', row.id);
      return showCentre(row);
    },

    'PATCH /api/centres/:id': async ({ params, body, viewer }) => {
      if (body.timeZone !== undefined) checkTimeZone(body.timeZone);
      const row = await client.centre.update({ where: { id: params.id }, data: defined(body) }).catch(refuse);
      await note(viewer.userId, 'centre-changed', 'centre', row.id);
      return showCentre(row);
    },

    'GET /api/centres/:id/calendar': async ({ params, viewer }) => {
      if (![null, params.id].includes(centreSeen(viewer))) throw new ApiError('not-found');
      const rows = await client.calendarDay.findMany({ where: { centreId: params.id }, orderBy: { date: 'asc' } });
      return {
        items: rows.map(({ date, working, label }) => ({ date: date.toISOString().slice(0, 10), working, label })),
      };
    },

    'PUT /api/centres/:id/calendar': async ({ params, body, viewer }) => {
      const days = body.items.map(({ date, working, label }) => ({
        centreId: params.id,
        date: new Date(`${date}T00:00:00Z`),
        working,
        label,
      }));
      await client
        .$transaction([
          client.calendarDay.deleteMany({ where: { centreId: params.id } }),
          client.calendarDay.createMany({ data: days }),
        ])
        .catch(refuse);
      await note(viewer.userId, 'calendar-changed', 'centre', params.id);
      return {};
    },

    'GET /api/teams': async ({ viewer }) => {
      const centreId = centreSeen(viewer);
      const ofCentre = centreId === null ? {} : { centreId };
      const rows = await client.team.findMany({
        where: viewer.role === 'lead' ? { id: viewer.teamId ?? NOBODY } : ofCentre,
        orderBy: { name: 'asc' },
        include: { _count: { select: { members: true } } },
      });
      return {
        items: rows.map(({ id, centreId, name, _count }) => ({ id, centreId, name, members: _count.members })),
      };
    },

    'POST /api/teams': async ({ body, viewer }) => {
      const { id, centreId, name } = await client.team.create({ data: body }).catch(refuse);
      await note(viewer.userId, 'team-created', 'team', id);
      return { id, centreId, name, members: 0 };
    },

    'PATCH /api/teams/:id': async ({ params, body, viewer }) => {
      const { id, centreId, name, _count } = await client.team
        .update({ where: { id: params.id }, data: body, include: { _count: { select: { members: true } } } })
        .catch(refuse);
      await note(viewer.userId, 'team-changed', 'team', id);
      return { id, centreId, name, members: _count.members };
    },

    'GET /api/clients': async () => ({
      items: (await client.client.findMany({ orderBy: { name: 'asc' } })).map(({ id, name }) => ({ id, name })),
    }),

    'POST /api/clients': async ({ body, viewer }) => {
      const { id, name } = await client.client.create({ data: body }).catch(refuse);
      await note(viewer.userId, 'client-created', 'client', id);
      return { id, name };
    },

    'PATCH /api/clients/:id': async ({ params, body, viewer }) => {
      const { id, name } = await client.client.update({ where: { id: params.id }, data: body }).catch(refuse);
      await note(viewer.userId, 'client-changed', 'client', id);
      return { id, name };
    },

    'GET /api/products': async ({ viewer }) => {
      const rows = await client.product.findMany({
        ...(viewer.role === 'client' ? { where: { clientId: viewer.clientId ?? NOBODY } } : {}),
        orderBy: { name: 'asc' },
        include: { client: true },
      });
      return { items: rows.map(showProduct) };
    },

    'POST /api/products': async ({ body, viewer }) => {
      const row = await client.product.create({ data: body, include: { client: true } }).catch(refuse);
      await note(viewer.userId, 'product-created', 'product', row.id);
      return showProduct(row);
    },

    'PATCH /api/products/:id': async ({ params, body, viewer }) => {
      const row = await client.product
        .update({ where: { id: params.id }, data: defined(body), include: { client: true } })
        .catch(refuse);
      await note(viewer.userId, 'product-changed', 'product', row.id);
      return showProduct(row);
    },
  };
}

function showCentre({ id, name, timeZone, workWeek }: Centre): Centre {
  return { id, name, timeZone, workWeek };
}

function showProduct(row: ProductRow): Product {
  return {
    id: row.id,
    clientId: row.clientId,
    clientName: row.client.name,
    name: row.name,
    line: row.line,
    tariffText: row.tariffText,
    trialDays: row.trialDays,
    options: optionsOf(row.options),
  };
}

export function optionsOf(stored: unknown): Product['options'] {
  const read = productOption.array().safeParse(stored);
  return read.success ? read.data : [];
}

/** @throws ApiError bad-request if there is no such time zone. */
function checkTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch (cause) {
    throw new ApiError('bad-request', { field: 'body.timeZone', detail: 'There is no such time zone.', cause });
  }
}
