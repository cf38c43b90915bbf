import { maskNumber, parseNumber } from '../../../dialer/index.ts';
import type { BlacklistEntry as Row, Prisma } from '../../../prisma/generated/client.ts';
import {
  type BlacklistEntry,
  blacklistReason,
  type blacklistRoutes,
  blacklistScope,
} from '../../contract/blacklist.ts';
import type { Viewer } from '../../contract/quality.ts';
import { checkScope } from '../blacklist-scope.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import { cut, readTimeKey, timeKey } from '../page.ts';
import type { Services } from '../services.ts';
import { recordOf } from './campaign-shape.ts';
import { externalHits, externalListHandlers } from './external-lists.ts';

/** Fewer end too many numbers. */
const leastDigits = 4;
/** What one search shows of each source at most. */
const found = 100;

export function blacklistHandlers(services: Services): Handlers<keyof typeof blacklistRoutes> {
  const { database, dialer, audit, clock, settings } = services;
  const { client } = database;

  const show = async (rows: Row[]): Promise<Map<string, BlacklistEntry>> => {
    const ids = rows.flatMap(({ addedBy, removedBy }) => [addedBy, removedBy]).filter((id) => id !== null);
    const people = await client.user.findMany({ where: { id: { in: ids } } });
    const nameOf = (id: string | null) => people.find((person) => person.id === id)?.displayName ?? null;
    return new Map(rows.map((row) => [row.id, showEntry(row, nameOf)]));
  };
  const note = (viewer: Viewer, action: string, id: string) =>
    audit.record({ actorId: viewer.userId, action, subjectType: 'blacklist-entry', subjectId: id });

  return {
    'GET /api/blacklist': async ({ query }) => {
      const now = new Date(clock.now());
      const after = readTimeKey(query.after);
      const current: Prisma.BlacklistEntryWhereInput = {
        removedAt: null,
        OR: [{ endsAt: null }, { endsAt: { gt: now } }],
      };
      const rows = await client.blacklistEntry.findMany({
        where: {
          AND: [
            query.reason === undefined ? {} : { reason: query.reason },
            query.current === true ? current : {},
            after === undefined
              ? {}
              : {
                  addedAt: { lte: after.at },
                  OR: [{ addedAt: { lt: after.at } }, { addedAt: after.at, id: { lt: after.id } }],
                },
          ],
        },
        orderBy: [{ addedAt: 'desc' }, { id: 'desc' }],
        take: query.limit + 1,
      });
      const shown = await show(rows);
      const page = cut(
        rows,
        query.limit,
        (row) => timeKey(row.addedAt, row.id),
        ({ id }) => shown.get(id),
      );
      return { ...page, items: page.items.filter((item) => item !== undefined) };
    },

    'POST /api/blacklist/search': async ({ body, viewer }) => {
      const number = searched(body.number, settings.country);
      const [rows, external] = await Promise.all([
        client.blacklistEntry.findMany({ where: { number }, orderBy: { addedAt: 'desc' }, take: found }),
        externalHits(client, number, found, clock.now()),
      ]);
      await note(viewer, 'blacklist-searched', 'number');
      return { items: [...(await show(rows)).values()], external };
    },

    'POST /api/blacklist': async ({ body, viewer }) => {
      await checkScope(client, body);
      const { id, added } = await dialer.blacklist.add({ ...body, by: { userId: viewer.userId } });
      if (added) await note(viewer, 'number-blocked', id);
      return { id, added };
    },

    'POST /api/blacklist/:id/remove': async ({ params, body, viewer }) => {
      await dialer.blacklist.remove(params.id, body.why, { userId: viewer.userId });
      await note(viewer, 'number-unblocked', params.id);
      return {};
    },

    ...externalListHandlers(services),
  };
}

/**
 * Numbers are stored as E.164; whoever leaves the country out means the centre's own. What is no number as it stands may be the end of
 * one, if it is long enough to mean one. @throws ApiError bad-request
 */
function searched(written: string, country: string): Prisma.StringFilter {
  const parsed = parseNumber(written, country);
  if (parsed.ok) return { equals: parsed.number };
  const digits = written.replace(/\D/g, '').replace(/^0+/, '');
  if (digits.length < leastDigits) throw new ApiError('bad-request', { field: 'body.number' });
  return { endsWith: digits };
}

function showEntry(row: Row, nameOf: (id: string | null) => string | null): BlacklistEntry {
  return {
    id: row.id,
    numberMasked: maskNumber(row.number),
    scope: blacklistScope.parse(row.scope),
    scopeId: row.scopeId,
    reason: blacklistReason.parse(row.reason),
    source: row.source,
    evidence: recordOf(row.evidence),
    addedAt: row.addedAt.getTime(),
    addedBy: nameOf(row.addedBy),
    endsAt: row.endsAt?.getTime() ?? null,
    removedAt: row.removedAt?.getTime() ?? null,
    removedBy: nameOf(row.removedBy),
    removal: row.removal,
  };
}
