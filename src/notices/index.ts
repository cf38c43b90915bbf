/**
 * Clients are told outside the product, by webhook or mail, that a week is published (with the invitation to listen) and that a complaint is
 * closed. Each once: a message has its row before it is sent and keeps its id over all tries, as `idempotency-key` or `Message-ID`, so that a
 * receiver who took it, and whose word of it was lost in a crash, can tell the repeat.
 */
import { randomBytes } from 'node:crypto';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import { billingSignature, endpointFault } from '../../qa/index.ts';
import type { NoticeAddress } from '../contract/notices.ts';
import { ApiError } from '../http/errors.ts';
import type { SendMail } from './mail.ts';
import { type DueNotice, noticeStore } from './store.ts';
import { type NoticeAbout, noticeText } from './words.ts';

export type WebhookPost = (message: {
  url: string;
  body: string;
  headers: Record<string, string>;
}) => Promise<{ kind: 'answered'; status: number } | { kind: 'failed'; error: string }>;

type Deps = {
  client: PrismaClient;
  clock: { now(): number };
  publicUrl: string;
  post: WebhookPost;
  /** Null: this server has no mail server. */
  mail: SendMail | null;
  /** With the sandbox carrier everything is on this machine: plain HTTP to loopback is allowed. */
  sandbox: boolean;
};
type Whose = { clientId: string; clientName: string };
export type Notices = ReturnType<typeof createNotices>;

const atOnce = 10;
/** Longer than a slow server can take. */
const claimMs = 180_000;
const firstRetryMs = 10_000;
const longestRetryMs = 3_600_000;
/** So long it is tried; then a person looks. */
const giveUpAfterMs = 72 * 3_600_000;

export function createNotices({ client, clock, publicUrl, post, mail, sandbox }: Deps) {
  const store = noticeStore(client);

  async function view({ clientId, clientName }: Whose): Promise<NoticeAddress> {
    const [set, notices] = await Promise.all([store.address(clientId), store.newest(clientId)]);
    return {
      ...{ clientId, clientName, webhook: set?.webhook ?? null, email: set?.email ?? null },
      ...{ locale: set?.locale === 'zh' ? 'zh' : 'en', mailServer: mail !== null, notices },
    };
  }

  function aboutOf({ kind, subjectId, name, number, from, to }: DueNotice): NoticeAbout {
    if (kind === 'case') return { kind, name, number, url: `${publicUrl}/cases/${subjectId}` };
    return {
      kind,
      name,
      from,
      to,
      url: `${publicUrl}/summaries/${subjectId}`,
      listenUrl: `${publicUrl}/spot-checks/${subjectId}`,
    };
  }

  /** Null: it was taken; otherwise why not. */
  async function hand(due: DueNotice): Promise<string | null> {
    const about = aboutOf(due);
    const { subject, lines } = noticeText(about, due.locale);
    if (due.channel === 'email') {
      if (mail === null) return 'no mail server is set';
      const messageId = `<${due.id}@${new URL(publicUrl).hostname}>`;
      try {
        await mail({ to: due.email ?? '', subject, text: `${lines.join('\n')}\n`, messageId });
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    }
    const body = JSON.stringify({
      id: due.id,
      createdAt: due.createdAt,
      ...about,
      text: [subject, ...lines].join('\n'),
    });
    const answer = await post({
      url: due.webhook ?? '',
      body,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'fairline-signature': billingSignature(due.secret, clock.now(), body),
        'idempotency-key': due.id,
      },
    });
    if (answer.kind === 'failed') return answer.error;
    return answer.status >= 200 && answer.status < 300 ? null : `status ${answer.status}`;
  }

  async function send(due: DueNotice): Promise<boolean> {
    const error = await hand(due);
    if (error === null) {
      await store.delivered(due.id, clock.now());
      return true;
    }
    const wait = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(due.tries - 1, 20));
    // Counted in tries, so that a standstill of ours gives nothing up: about so many fit into the days.
    const over = due.tries * longestRetryMs >= giveUpAfterMs;
    await store.failed(due.id, error, over ? null : clock.now() + wait);
    return false;
  }

  return {
    view,
    about: store.about,

    /** @throws ApiError `bad-request` naming the field that cannot be sent to */
    async set(
      whose: Whose,
      address: { webhook: string | null; email: string | null; locale: 'en' | 'zh' },
      by: string,
    ): Promise<NoticeAddress> {
      if (address.webhook !== null && endpointFault(address.webhook, sandbox) !== null)
        throw new ApiError('bad-request', {
          field: 'body.webhook',
          detail: 'This address cannot be sent to: HTTPS, and no address inside a network.',
        });
      if (address.email !== null && mail === null)
        throw new ApiError('bad-request', {
          field: 'body.email',
          detail: 'This server has no mail server (SMTP_URL): mail cannot be sent.',
        });
      await store.setAddress(whose.clientId, address, by, clock.now());
      return view(whose);
    },

    async renewSecret({ clientId }: Whose, by: string): Promise<{ secret: string }> {
      const secret = randomBytes(32).toString('hex');
      await store.renewSecret(clientId, secret, by, clock.now());
      return { secret };
    },

    async retry(whose: Whose): Promise<NoticeAddress> {
      await store.retry(whose.clientId, clock.now(), clock.now() + claimMs);
      return view(whose);
    },

    /** Makes what is owed and sends what is due; answers how many messages were taken. */
    async deliver(): Promise<number> {
      await store.plan(clock.now());
      const due = await store.claim(clock.now(), clock.now() + claimMs, atOnce);
      const taken = await Promise.all(due.map(send));
      return taken.filter(Boolean).length;
    },
  };
}
