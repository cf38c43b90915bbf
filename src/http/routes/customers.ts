/** What clients know of their customers: brought month by month, looked at customer by customer. */
import { z } from 'zod';
import { customerStatuses, dateOf, monthPlus, parseNumber, maskNumber } from '../../../dialer/index.ts';
import type { CustomerImport as ImportRow } from '../../../prisma/generated/client.ts';
import { type Customer, type CustomerImport, customerImport, type customerRoutes } from '../../contract/customers.ts';
import type { Viewer } from '../../contract/quality.ts';
import { clientsSeen, customersSeen } from '../customer-sight.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import { cut, readId, readLine } from '../page.ts';
import { rejectedLines } from '../rejected-lines.ts';
import type { Services } from '../services.ts';
import { partsOf, requireNames, wholeFile } from '../upload.ts';
import { failureOf } from './lists.ts';

/** A client's tables that are shown, the latest months first. */
const shown = 200;
/** So many months back are offered to be brought. */
const offered = 36;
/** All months there are. */
const ever = { from: '1970-01', to: '2999-12' };

export function customerHandlers(services: Services): Handlers<keyof typeof customerRoutes> {
  const { database, customers, audit, longJobs, clock, settings } = services;
  const { client } = database;
  const { pages } = customers;
  const rejected = rejectedLines(services, (importId, after, take) =>
    client.customerRejectedLine.findMany({ where: { importId, line: { gt: after } }, orderBy: { line: 'asc' }, take }),
  );
  /** @throws ApiError not-found, also for tables of others */
  const seenTable = async (viewer: Viewer, id: string) => {
    const row = await client.customerImport.findUnique({ where: { id } });
    if (row === null || row.centreId !== viewer.centreId) throw new ApiError('not-found');
    return { row, sight: await customersSeen(client, viewer, row.clientId) };
  };
  const note = (viewer: Viewer, action: string, subject: [string, string], detail: Record<string, string | number>) =>
    audit.record({ actorId: viewer.userId, action, subjectType: subject[0], subjectId: subject[1], detail });
  /** All of one client. */
  const show = async (rows: readonly ImportRow[], viewer: Viewer): Promise<CustomerImport[]> => {
    const ids = rows.flatMap((row) => [row.importedBy, row.reviewedBy]).filter((id) => id !== null);
    const people = await client.user.findMany({ where: { id: { in: ids } } });
    const nameOf = (id: string | null) => people.find((one) => one.id === id)?.displayName ?? null;
    const [first] = rows;
    if (first === undefined) return [];
    const { until } = await customers.erasure.kept(first);
    return rows.map((row) => shownImport(row, viewer.userId, nameOf, until));
  };
  const thisMonth = async (centreId: string): Promise<string> => {
    const { timeZone } = await client.centre.findUniqueOrThrow({ where: { id: centreId } });
    return dateOf(clock.now(), timeZone).slice(0, 7);
  };
  const whole = async (
    sight: Awaited<ReturnType<typeof customersSeen>>,
    found: { customerId: string; number: string },
  ) => {
    const [facts] = await customers.reading.months(sight.owner, [found.number], ever);
    const { clientId } = sight.owner;
    const numberMasked = maskNumber(found.number);
    return { id: found.customerId, clientId, numberMasked, months: facts?.months ?? [] } satisfies Customer;
  };

  return {
    'GET /api/customer-clients': async ({ viewer }) => {
      const ids = [...(await clientsSeen(client, viewer)).keys()];
      const rows = await client.client.findMany({
        where: { id: { in: ids } },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
      });
      const known = async (clientId: string) =>
        viewer.centreId === null ? [] : customers.reading.known({ centreId: viewer.centreId, clientId });
      return {
        items: await Promise.all(
          rows.map(async ({ id, name }) => {
            const months = await known(id);
            return { id, name, months: months.length, last: months.at(-1) ?? null };
          }),
        ),
      };
    },

    'POST /api/clients/:id/customer-months': async ({ params, viewer, request }) => {
      const { owner } = await customersSeen(client, viewer, params.id);
      const { fields, file } = await partsOf(request);
      const { month = '' } = fields;
      requireNames(file, { month, file: file.filename });
      const named = await client.client.findUniqueOrThrow({ where: { id: params.id } });
      const about = { kind: 'customer-months', subjectId: params.id, about: `${named.name} ${month}` };
      const { oldest } = await customers.erasure.kept(owner);
      const wanted = { owner, month, thisMonth: await thisMonth(owner.centreId), oldest, fileName: file.filename };
      const result = await longJobs
        .follow({ ...about, userId: viewer.userId }, (onLines) =>
          customers.months.importFile({
            ...wanted,
            ...{ content: wholeFile(file), by: { userId: viewer.userId }, onLines },
          }),
        )
        // Whatever a refused import left unread: the connection must not wait for it.
        .finally(() => file.file.resume());
      const { state, accepted, rejected: faulty, changes } = result;
      const detail = { month, state, accepted, rejected: faulty, ...(changes ?? {}) };
      await note(viewer, 'customer-months-imported', ['customer-months', result.importId], detail);
      const row = await client.customerImport.findUniqueOrThrow({ where: { id: result.importId } });
      const [made] = await show([row], viewer);
      if (made === undefined) throw new ApiError('not-found');
      return made;
    },

    'GET /api/clients/:id/customer-months': async ({ params, viewer }) => {
      const { owner } = await customersSeen(client, viewer, params.id);
      const rows = await client.customerImport.findMany({
        where: owner,
        orderBy: [{ month: 'desc' }, { importedAt: 'desc' }, { replacedAt: { sort: 'desc', nulls: 'first' } }],
        take: shown,
      });
      const present = await thisMonth(owner.centreId);
      const { oldest } = await customers.erasure.kept(owner);
      const months = Array.from({ length: offered }, (_, back) => monthPlus(present, -back)).filter(
        (one) => one >= oldest,
      );
      return { months, items: await show(rows, viewer) };
    },

    'POST /api/clients/:id/customers/search': async ({ params, body, viewer }) => {
      const sight = await customersSeen(client, viewer, params.id);
      const parsed = parseNumber(body.number, settings.country);
      if (!parsed.ok) throw new ApiError('bad-request', { field: 'body.number' });
      const found = await pages.find(sight, { number: parsed.number });
      await note(viewer, 'customers-searched', ['client', params.id], { found: found === null ? 0 : 1 });
      return { items: found === null ? [] : [await whole(sight, found)] };
    },

    'GET /api/customer-months/:id/customers': async ({ params, query, viewer }) => {
      const { sight } = await seenTable(viewer, params.id);
      const { limit, status = null } = query;
      const page = { status, after: readLine(query.after), take: limit + 1 };
      const rows = await pages.ofImport(params.id, sight, page);
      await note(viewer, 'customers-read', ['customer-months', params.id], { rows: Math.min(rows.length, limit) });
      return cut(
        rows,
        limit,
        ({ line }) => String(line),
        ({ customerId, number, line, of }) => ({ id: customerId, numberMasked: maskNumber(number), line, of }),
      );
    },

    'GET /api/customer-months/:id/changes': async ({ params, query, viewer }) => {
      const { sight } = await seenTable(viewer, params.id);
      const { limit } = query;
      const rows = await pages.changesOf(params.id, sight, { after: readId(query.after), take: limit + 1 });
      await note(viewer, 'customers-read', ['customer-months', params.id], { rows: Math.min(rows.length, limit) });
      return cut(
        rows,
        limit,
        ({ customerId }) => customerId,
        ({ customerId, number, ...sides }) => ({ id: customerId, numberMasked: maskNumber(number), ...sides }),
      );
    },

    'POST /api/customer-months/:id/review': async ({ params, viewer }) => {
      const { row } = await seenTable(viewer, params.id);
      if (row.importedBy === viewer.userId) throw new ApiError('wrong-state', { field: 'importedBy' });
      const { count } = await client.customerImport.updateMany({
        where: { id: params.id, replacesId: { not: null }, reviewedAt: null },
        data: { reviewedAt: new Date(clock.now()), reviewedBy: viewer.userId },
      });
      if (count === 0) throw new ApiError('wrong-state');
      await note(viewer, 'customer-changes-reviewed', ['customer-months', params.id], {});
      return {};
    },

    'GET /api/customer-months/:id/rejected': async ({ params, query, viewer }) => {
      await seenTable(viewer, params.id);
      return rejected.page(params.id, query);
    },

    'GET /api/customer-months/:id/rejected.csv': async ({ params, viewer }) => {
      const { row } = await seenTable(viewer, params.id);
      const total = await client.customerRejectedLine.count({ where: { importId: params.id } });
      const about = { of: row.clientId, about: row.fileName, total };
      return rejected.file(viewer, { id: params.id, subjectType: 'customer-months', ...about });
    },

    'GET /api/customers/:id': async ({ params, viewer }) => {
      const row = await client.customer.findUnique({ where: { id: params.id } });
      if (row === null || row.centreId !== viewer.centreId) throw new ApiError('not-found');
      const sight = await customersSeen(client, viewer, row.clientId);
      const found = await pages.find(sight, { id: params.id });
      if (found === null) throw new ApiError('not-found');
      await note(viewer, 'customer-read', ['customer', params.id], {});
      return whole(sight, found);
    },
  };
}

const statusCounts = z.partialRecord(z.enum(customerStatuses), z.number());

function shownImport(
  row: ImportRow,
  viewerId: string,
  nameOf: (id: string | null) => string | null,
  until: (month: string) => number,
): CustomerImport {
  const month = row.month.toISOString().slice(0, 7);
  const { id, fileName, encoding, total, accepted, rejected, added, changed, gone } = row;
  return {
    ...{ id, fileName, encoding, total, accepted, rejected },
    ...{ month, keptUntil: until(month), erased: row.erased, erasedAt: row.erasedAt?.getTime() ?? null },
    state: customerImport.shape.state.parse(row.state),
    failure: failureOf(row.failure),
    byStatus: statusCounts.parse(row.byStatus),
    importedBy: nameOf(row.importedBy),
    importedAt: row.importedAt.getTime(),
    changes: row.replacesId === null ? null : { added, changed, gone },
    reviewedAt: row.reviewedAt?.getTime() ?? null,
    reviewedBy: nameOf(row.reviewedBy),
    own: row.importedBy === viewerId,
  };
}
