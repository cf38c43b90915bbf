import type { ExternalBlacklist as Row, Prisma, PrismaClient } from '../../../prisma/generated/client.ts';
import {
  type blacklistRoutes,
  blacklistReason,
  type ExternalHit,
  blacklistScope,
  externalListFields,
} from '../../contract/blacklist.ts';
import { checkScope } from '../blacklist-scope.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import type { Services } from '../services.ts';
import { partsOf, requireNames, wholeFile } from '../upload.ts';
import { isStale, maskNumber } from '../../../dialer/index.ts';

/** Lists that were replaced stay in sight, so many of them. */
const shown = 200;

type Keys = Extract<keyof typeof blacklistRoutes, `${string}/external${string}`>;

export function externalListHandlers({ database, externalLists, audit, longJobs, clock }: Services): Handlers<Keys> {
  const { client } = database;
  return {
    'GET /api/blacklist/external': async () => {
      const rows = await client.externalBlacklist.findMany({ orderBy: { importedAt: 'desc' }, take: shown });
      const importers = rows.flatMap(({ importedBy }) => (importedBy === null ? [] : [importedBy]));
      const people = await client.user.findMany({ where: { id: { in: importers } } });
      const items = rows.map((row) => ({
        ...viewOf(row),
        importedBy: people.find(({ id }) => id === row.importedBy)?.displayName ?? null,
        stale: row.replacedAt === null && staleAt(row, clock.now()),
      }));
      const place = (item: (typeof items)[number]) => (item.stale ? 0 : item.replacedAt === null ? 1 : 2);
      return { items: items.sort((a, b) => place(a) - place(b)) };
    },

    'POST /api/blacklist/external': async ({ viewer, request }) => {
      const { fields, file } = await partsOf(request);
      requireNames(file, fields);
      const list = externalListFields.safeParse(fields);
      if (!list.success) {
        file.file.resume();
        throw new ApiError('bad-request', { field: `body.${list.error.issues[0]?.path.join('.') ?? ''}` });
      }
      await checkScope(client, list.data).catch((refusal: unknown) => {
        file.file.resume();
        throw refusal;
      });
      const result = await longJobs
        .follow({ kind: 'external-list', about: list.data.name, userId: viewer.userId }, (progress) =>
          externalLists.import(list.data, wholeFile(file), { userId: viewer.userId }, progress),
        )
        .finally(() => file.file.resume());
      await audit.record({
        actorId: viewer.userId,
        action: 'external-list-imported',
        subjectType: 'external-list',
        subjectId: result.id,
        detail: { entries: result.entries, rejected: result.rejected },
      });
      return result;
    },

    'POST /api/blacklist/external/:id/withdraw': async ({ params, body, viewer }) => {
      await externalLists.withdraw(params.id, body.why, { userId: viewer.userId });
      await audit.record({
        actorId: viewer.userId,
        action: 'external-list-withdrawn',
        subjectType: 'external-list',
        subjectId: params.id,
      });
      return {};
    },
  };
}

const staleAt = ({ asOf, staleDays }: Pick<Row, 'asOf' | 'staleDays'>, now: number): boolean =>
  isStale({ asOf: asOf.getTime(), staleDays }, now);

/** Lists in force that speak for this campaign and are too old: whoever starts it is told. */
export async function staleListsOf(
  client: PrismaClient,
  campaignId: string,
  now: number,
): Promise<{ code: 'external-list-stale'; name: string; asOf: number; staleDays: number }[]> {
  const campaign = await client.campaign.findUnique({ where: { id: campaignId }, include: { product: true } });
  const rows = await client.externalBlacklist.findMany({
    where: {
      replacedAt: null,
      OR: [
        { scope: 'all' },
        { scope: 'campaign', scopeId: campaignId },
        { scope: 'product-line', scopeId: campaign?.product.line ?? '' },
      ],
    },
    orderBy: { asOf: 'asc' },
  });
  return rows
    .filter((row) => staleAt(row, now))
    .map(({ name, asOf, staleDays }) => ({ code: 'external-list-stale', name, asOf: asOf.getTime(), staleDays }));
}

/** Where the lists in force hold a number: they forbid it as our own entries do. */
export async function externalHits(
  client: PrismaClient,
  number: Prisma.StringFilter,
  take: number,
  now: number,
): Promise<ExternalHit[]> {
  const lists = await client.externalBlacklist.findMany({ where: { replacedAt: null } });
  const rows = await client.externalBlacklistNumber.findMany({
    where: { number, listId: { in: lists.map(({ id }) => id) } },
    take,
  });
  return lists.flatMap((list) => {
    const held = rows.filter(({ listId }) => listId === list.id);
    if (held.length === 0) return [];
    const { id, name, source, scope, scopeId, reason, asOf } = viewOf(list);
    const numbersMasked = held.map((row) => maskNumber(row.number));
    return [{ listId: id, name, numbersMasked, source, scope, scopeId, reason, asOf, stale: staleAt(list, now) }];
  });
}

function viewOf(row: Row) {
  return {
    id: row.id,
    name: row.name,
    source: row.source,
    scope: blacklistScope.parse(row.scope),
    scopeId: row.scopeId,
    reason: blacklistReason.parse(row.reason),
    asOf: row.asOf.getTime(),
    importedAt: row.importedAt.getTime(),
    entries: row.entries,
    rejected: row.rejected,
    staleDays: row.staleDays,
    replacedAt: row.replacedAt?.getTime() ?? null,
    withdrawal: row.withdrawal,
  };
}
