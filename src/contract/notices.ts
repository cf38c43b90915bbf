/** What clients are told outside the product. */
import { z } from 'zod';
import { count, id, idParams, locale, time } from './common.ts';
import type { Route } from './route.ts';

export const notice = z
  .object({
    id,
    kind: z.enum(['summary', 'case']),
    channel: z.enum(['webhook', 'email']),
    /** given-up: days of tries brought nothing. withdrawn: the address was taken away before. */
    state: z.enum(['waiting', 'delivered', 'given-up', 'withdrawn']),
    tries: count,
    nextTryAt: time.nullable(),
    lastError: z.string().nullable(),
    createdAt: time,
    deliveredAt: time.nullable(),
  })
  .meta({ id: 'ClientNotice' });
export type Notice = z.infer<typeof notice>;

export const noticeAddress = z
  .object({
    clientId: id,
    clientName: z.string(),
    /** Null: nobody is told over this channel. */
    webhook: z.string().nullable(),
    email: z.string().nullable(),
    locale,
    /** Whether this server has a mail server to hand messages to. */
    mailServer: z.boolean(),
    /** The newest. */
    notices: z.array(notice),
  })
  .meta({ id: 'ClientNoticeAddress' });
export type NoticeAddress = z.infer<typeof noticeAddress>;

export const noticeRoutes = {
  'GET /api/notices': {
    right: 'sale.manage',
    summary: 'Where clients are told outside the product, and what became of the messages',
    reply: z.object({ items: z.array(noticeAddress) }),
  },
  'PUT /api/notices/:id': {
    right: 'sale.manage',
    summary: 'Where a client is told; null: not over this channel. The id is the client’s',
    params: idParams,
    body: z.object({
      webhook: z.string().trim().min(1).max(500).nullable(),
      email: z.email().max(200).nullable(),
      locale,
    }),
    reply: noticeAddress,
  },
  'POST /api/notices/:id/secret': {
    right: 'sale.manage',
    summary: 'A new secret for signatures of the webhook, told this once',
    params: idParams,
    reply: z.object({ secret: z.string() }),
  },
  'POST /api/notices/:id/retry': {
    right: 'sale.manage',
    summary: 'Tries again at once what was given up or waits',
    params: idParams,
    reply: noticeAddress,
  },
  'GET /api/summaries/:id/notices': {
    right: 'sale.manage',
    summary: 'Whether the client was told outside the product that this week is published',
    params: idParams,
    reply: z.object({ addressed: z.boolean(), items: z.array(notice) }),
  },
} as const satisfies Record<string, Route>;
