/**
 * The feed of the client's billing system: a file that it fetches by a cursor, or messages that are sent to it until they are taken.
 * Both carry the same entries, signed with the client's secret. Never twice: every entry has its number and its id, a batch is frozen
 * when it is made and is tried again as it was.
 */
import { QualityError } from '../errors.ts';
import type { BillingPost, BillingStore, Delivery, FeedEntry, FeedView } from '../ports/billing-store.ts';
import type { Clock } from '../ports/surroundings.ts';
import type { Viewer } from '../ports/viewer.ts';
import { billingSignature, billingSignatureOf } from '../rules/billing-signature.ts';
import { endpointFault } from '../rules/endpoint.ts';

/** So many entries of a whole file are in memory at a time. */
const PIECE = 2000;
const BATCH = 200;
const AT_ONCE = 10;
const ROUNDS = 20;
const CLAIM_MS = 60_000;
const FIRST_RETRY_MS = 10_000;
const LONGEST_RETRY_MS = 3_600_000;

export type BillingFile = { body: string; signature: string; entries: FeedEntry[]; cursor: number };

export type BillingDeps = {
  store: BillingStore;
  post: BillingPost;
  clock: Clock;
  /** With the sandbox carrier everything is on this machine: plain HTTP to loopback is allowed. */
  sandbox: boolean;
};

/** The message that is sent and the JSON file: the same shape. */
function messageOf(clientId: string, after: number, entries: readonly FeedEntry[]): string {
  return JSON.stringify({ clientId, after, upTo: entries.at(-1)?.seq ?? after, entries });
}

export function createBilling({ store, post, clock, sandbox }: BillingDeps) {
  async function feedOf(viewer: Viewer, clientId: string): Promise<FeedView> {
    const feed = (await store.feeds(viewer)).find((one) => one.clientId === clientId);
    if (feed === undefined)
      throw new QualityError('billing-feed-unknown', 'There is no such feed, or it is not yours to see.');
    return feed;
  }

  async function send(delivery: Delivery): Promise<boolean> {
    const { clientId, fromSeq, toSeq, endpoint, secret, id, tries } = delivery;
    const entries = await store.entries(clientId, fromSeq - 1, toSeq, toSeq - fromSeq + 1);
    const body = messageOf(clientId, fromSeq - 1, entries);
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'fairline-signature': billingSignature(secret, clock.now(), body),
      'idempotency-key': id,
    };
    const answer = await post({ url: endpoint, body, headers });
    if (answer.kind === 'answered' && answer.status >= 200 && answer.status < 300) {
      await store.delivered(delivery, clock.now());
      return true;
    }
    const error = answer.kind === 'answered' ? `status ${answer.status}` : answer.error;
    const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(tries, 20));
    await store.failed(delivery, error, clock.now() + wait);
    return false;
  }

  return {
    feeds: (viewer: Viewer): Promise<FeedView[]> => store.feeds(viewer),

    /** Entries after a cursor, with the signature over the text that `write` makes of them. @throws QualityError */
    async file(
      viewer: Viewer,
      clientId: string,
      { after, limit }: { after: number; limit: number },
      write: ((entries: readonly FeedEntry[]) => string) | null,
    ): Promise<BillingFile> {
      await feedOf(viewer, clientId);
      const entries = await store.entries(clientId, after, null, limit);
      const body = write === null ? messageOf(clientId, after, entries) : write(entries);
      const signature = billingSignature(await store.secret(clientId), clock.now(), body);
      return { body, signature, entries, cursor: entries.at(-1)?.seq ?? after };
    },

    /**
     * Everything after a cursor up to now as one signed file, piece by piece. It is read twice, once for the signature that goes ahead of
     * it: entries are append-only, so both readings give the same. `signed` is told how many entries the first has read.
     */
    async whole(
      viewer: Viewer,
      clientId: string,
      after: number,
      write: { head: string; lines(entries: readonly FeedEntry[]): string },
      signed: (entries: number) => void = () => {},
    ): Promise<{ body: AsyncIterable<{ text: string; rows: number }>; signature: string; cursor: number }> {
      const upTo = Math.max(after, (await feedOf(viewer, clientId)).lastSeq);
      async function* pieces() {
        yield { text: write.head, rows: 0 };
        for (let from = after; from < upTo; from += PIECE) {
          const entries = await store.entries(clientId, from, Math.min(upTo, from + PIECE), PIECE);
          yield { text: write.lines(entries), rows: entries.length };
        }
      }
      async function* counted() {
        let read = 0;
        for await (const { text, rows } of pieces()) {
          read += rows;
          signed(read);
          yield text;
        }
      }
      const signature = await billingSignatureOf(await store.secret(clientId), clock.now(), counted());
      return { body: pieces(), signature, cursor: upTo };
    },

    /** Where messages are sent; null: they are only fetched. @throws QualityError `endpoint-refused` */
    async setEndpoint(viewer: Viewer, clientId: string, endpoint: string | null): Promise<FeedView> {
      await feedOf(viewer, clientId);
      const fault = endpoint === null ? null : endpointFault(endpoint, sandbox);
      if (fault !== null)
        throw new QualityError(
          'endpoint-refused',
          'This address cannot be sent to: HTTPS, and no address inside a network.',
          {
            faults: [{ code: fault, field: 'endpoint' }],
          },
        );
      await store.setEndpoint(clientId, endpoint, viewer.userId, clock.now());
      return feedOf(viewer, clientId);
    },

    /** A new secret, told this once; files and messages are signed with it from now on. */
    async renewSecret(viewer: Viewer, clientId: string): Promise<{ secret: string }> {
      await feedOf(viewer, clientId);
      return { secret: await store.renewSecret(clientId, viewer.userId, clock.now()) };
    },

    /** Sends what is due; answers how many messages were taken. */
    async deliver(): Promise<number> {
      let taken = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        await store.plan(BATCH, clock.now());
        const due = await store.claim(clock.now(), clock.now() + CLAIM_MS, AT_ONCE);
        const sent = await Promise.all(due.map(send));
        taken += sent.filter(Boolean).length;
        if (!sent.some(Boolean)) break;
      }
      return taken;
    },
  };
}
