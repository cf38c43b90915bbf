/** The lists of reasons that people choose from: what a product begins with, and what its administrators made of it. */
import { z } from 'zod';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import { type Reason, reason } from '../contract/reasons.ts';
import { ApiError } from './errors.ts';

export type ReasonList = 'refusal-reasons' | 'break-reasons';

export const firstRefusalReasons = [
  { code: 'no-need', label: { en: 'Does not need it', zh: '不需要' } },
  { code: 'too-expensive', label: { en: 'Too expensive', zh: '资费太高' } },
  { code: 'has-similar', label: { en: 'Has something like it', zh: '已有类似业务' } },
  { code: 'no-trust', label: { en: 'Does not trust the call', zh: '不信任来电' } },
  { code: 'bad-service', label: { en: 'Dissatisfied with the service', zh: '对服务不满' } },
  { code: 'no-time', label: { en: 'Has no time', zh: '没有时间' } },
  { code: 'other', label: { en: 'Other', zh: '其他' } },
] as const;

const firstBreakReasons = [
  { code: 'rest', label: { en: 'Rest', zh: '休息' } },
  { code: 'meal', label: { en: 'Meal', zh: '用餐' } },
  { code: 'noon-cover', label: { en: 'Noon cover', zh: '午间值守轮换' } },
  { code: 'training', label: { en: 'Training', zh: '培训' } },
  { code: 'coaching', label: { en: 'Coaching', zh: '辅导' } },
  { code: 'meeting', label: { en: 'Meeting', zh: '会议' } },
  { code: 'technical', label: { en: 'Technical fault', zh: '技术故障' } },
] as const;

const first = { 'refusal-reasons': firstRefusalReasons, 'break-reasons': firstBreakReasons };
/** The dialler gives these by itself, so nobody may choose them or name them otherwise. */
const ownOfDialler = new Set(['wrap-up-overdue', 'browser-gone']);

type Settings = Pick<PrismaClient, 'setting'>;

export async function readReasons(client: Settings, list: ReasonList): Promise<Reason[]> {
  const row = await client.setting.findUnique({ where: { key: list } });
  return row === null ? first[list].map((known) => ({ ...known, offered: true })) : z.array(reason).parse(row.value);
}

/**
 * Replaces a list. @throws ApiError name-taken (a code twice, or one of the dialler's own), wrong-state (a reason that was
 * there is missing: what is past carries its code), bad-request (none is offered, or one has no name).
 */
export async function writeReasons(client: PrismaClient, list: ReasonList, items: Reason[]): Promise<void> {
  const codes = new Set(items.map(({ code }) => code));
  if (codes.size < items.length || (list === 'break-reasons' && items.some(({ code }) => ownOfDialler.has(code))))
    throw new ApiError('name-taken', { field: 'body.items' });
  const nameless = items.some(({ label }) => label.en.trim() === '' || label.zh.trim() === '');
  if (nameless || !items.some(({ offered }) => offered)) throw new ApiError('bad-request', { field: 'body.items' });
  await client.$transaction(async (tx) => {
    // Of two who change a list at once, the second finds the first one's reasons there.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${list}, 0))`;
    const before = await readReasons(tx, list);
    if (before.some(({ code }) => !codes.has(code))) throw new ApiError('wrong-state', { field: 'body.items' });
    await tx.setting.upsert({ where: { key: list }, create: { key: list, value: items }, update: { value: items } });
  });
}

/** @throws ApiError bad-request if agents may not take a break for this reason. */
export async function checkBreakReason(client: Settings, code: string): Promise<void> {
  const known = (await readReasons(client, 'break-reasons')).find((item) => item.code === code);
  if (known?.offered !== true)
    throw new ApiError('bad-request', { field: 'reason', detail: 'Breaks are not taken for this reason.' });
}
