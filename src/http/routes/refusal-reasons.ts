/** Why customers refuse, as agents may choose it; the weekly summary counts what customers said by these. */
import { z } from 'zod';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { type RefusalReason, type reasonRoutes, refusalReason } from '../../contract/reasons.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import type { Services } from '../services.ts';

/** What a centre begins with. */
export const refusalReasons = [
  { code: 'no-need', label: { en: 'Does not need it', zh: '不需要' } },
  { code: 'too-expensive', label: { en: 'Too expensive', zh: '价格太高' } },
  { code: 'has-similar', label: { en: 'Has something like it', zh: '已有类似业务' } },
  { code: 'no-trust', label: { en: 'Does not trust the call', zh: '不信任来电' } },
  { code: 'bad-service', label: { en: 'Dissatisfied with the service', zh: '对服务不满' } },
  { code: 'no-time', label: { en: 'Has no time', zh: '没有时间' } },
  { code: 'other', label: { en: 'Other', zh: '其他' } },
] as const;

const key = 'refusal-reasons';

/** The centre's own list, or the one it begins with. */
export async function readRefusalReasons(client: Pick<PrismaClient, 'setting'>): Promise<RefusalReason[]> {
  const row = await client.setting.findUnique({ where: { key } });
  return row === null
    ? refusalReasons.map((reason) => ({ ...reason, offered: true }))
    : z.array(refusalReason).parse(row.value);
}

export function reasonHandlers({ database: { client }, audit }: Services): Handlers<keyof typeof reasonRoutes> {
  return {
    'GET /api/refusal-reasons': async () => ({ items: await readRefusalReasons(client) }),

    'PUT /api/refusal-reasons': async ({ body: { items }, viewer }) => {
      const codes = new Set(items.map(({ code }) => code));
      if (codes.size < items.length) throw new ApiError('name-taken', { field: 'body.items' });
      const before = await readRefusalReasons(client);
      // Past calls carry the codes: a reason may go out of use, its name may not be lost.
      if (before.some(({ code }) => !codes.has(code))) throw new ApiError('wrong-state', { field: 'body.items' });
      if (!items.some(({ offered }) => offered)) throw new ApiError('bad-request', { field: 'body.items' });
      await client.setting.upsert({ where: { key }, create: { key, value: items }, update: { value: items } });
      await audit.record({
        actorId: viewer.userId,
        action: 'refusal-reasons-changed',
        subjectType: 'setting',
        subjectId: key,
      });
      return { items };
    },
  };
}
