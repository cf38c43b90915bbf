import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { billingPost } from '../../../qa/adapters/billing-post.ts';
import { billingStore, billingTable } from '../../../qa/adapters/store/billing.ts';
import { createBilling } from '../../../qa/index.ts';
import { isBillingSigned } from '../../../qa/rules/billing-signature.ts';
import { composeQuality } from '../../../src/compose/quality.ts';
import type { BillingEntry } from '../../../src/contract/billing.ts';
import type { ConversationFacts, QualityApi, Viewer } from '../../../src/contract/quality.ts';
import { addContacts, makeWorld, type World } from '../../fixtures/campaign.ts';
import { useTestDatabase } from '../../support/database.ts';

const clean = { rightPerson: 'yes', understood: 'yes', approvedScript: 'yes', explicitConsent: 'yes' } as const;
type Message = { clientId: string; after: number; upTo: number; entries: BillingEntry[] };
type Got = { key: string; signature: string; body: string; message: Message };

/** The client's system: takes messages, or fails as it is told. */
async function receiver(answer: (count: number) => number) {
  const got: Got[] = [];
  let asked = 0;
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      asked += 1;
      const body = Buffer.concat(chunks).toString('utf8');
      const [key, signature] = [request.headers['idempotency-key'], request.headers['fairline-signature']];
      got.push({ key: String(key), signature: String(signature), body, message: JSON.parse(body) });
      const status = answer(asked);
      if (status === 0) request.socket.destroy();
      else response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { got, url: `http://127.0.0.1:${port}/billing`, close: () => new Promise((resolve) => server.close(resolve)) };
}

describe('the feed of a client’s billing system', () => {
  const database = useTestDatabase({ maxConnections: 12 });
  let client: PrismaClient;
  let world: World;
  let quality: QualityApi;
  let now: number;
  let manager: Viewer;
  let own: Viewer;
  const closers: (() => Promise<unknown>)[] = [];

  beforeEach(async () => {
    client = database().database.client;
    now = Date.UTC(2026, 10, 23, 7);
    world = await makeWorld(client, now);
    const clock = { now: () => now };
    const bus = { publish: () => undefined };
    quality = composeQuality({ database: database().database, bus, clock, country: 'US', sandbox: true });
    const viewer = { userId: randomUUID(), teamId: null, clientId: null, centreId: world.centreId };
    manager = { ...viewer, role: 'manager' };
    own = { ...viewer, role: 'client', clientId: world.clientId, centreId: null };
  });
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  async function sell(
    selfCheck: Record<string, 'yes' | 'doubt'> = clean,
    attemptId: string = randomUUID(),
  ): Promise<string> {
    const facts: ConversationFacts = {
      ...{ attemptId, campaignId: world.campaignId, contactId: randomUUID(), agentId: randomUUID() },
      ...{
        teamId: world.teamId,
        purpose: 'marketing',
        settingsVersion: 1,
        scriptVersionId: null,
        number: '+12125550101',
      },
      ...{ connectedAt: now - 300_000, endedAt: now - 60_000, talkMs: 240_000, disposition: 'sale', selfCheck },
      ...{ detail: { kind: 'sale', options: ['backup'] }, mustSayTicked: [], note: '', recordingId: null },
      ...{ origin: null, demo: false },
    };
    await quality.intake.saleRecorded(facts);
    return (await client.sale.findUniqueOrThrow({ where: { attemptId: facts.attemptId } })).id;
  }
  const fetched = async (viewer: Viewer, after = 0, limit = 1000) =>
    (await quality.billing.file(viewer, world.clientId, { after, limit }, null)).entries;

  it('numbers entries without a gap though sales come at once; the same cursor gives the same, page by page', async () => {
    await client.product.update({ where: { id: world.productId }, data: { trialDays: 30 } });
    const ids = await Promise.all(Array.from({ length: 12 }, () => sell()));
    const doubtful = await sell({ ...clean, understood: 'doubt' });
    await Promise.all(ids.slice(0, 4).map((id) => quality.sales.void(manager, id, 'by mistake')));
    const all = await fetched(own);
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1));
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.filter(({ saleId }) => saleId === ids[0]).map(({ change }) => change)).toEqual([
      'valid',
      'trial',
      'void',
    ]);
    expect(all.some(({ saleId }) => saleId === doubtful)).toBe(false);
    expect(all[0]).toMatchObject({ options: ['backup'], campaignId: world.campaignId });
    const pages: BillingEntry[] = [];
    for (let after = 0; ; ) {
      const page = await fetched(manager, after, 7);
      if (page.length === 0) break;
      pages.push(...page);
      after = page.at(-1)?.seq ?? after;
    }
    expect(pages).toEqual(all);
    const file = await quality.billing.file(own, world.clientId, { after: 0, limit: 5 }, null);
    const { secret } = await client.billingFeed.findUniqueOrThrow({ where: { clientId: world.clientId } });
    expect(isBillingSigned(secret, file.signature, file.body)).toBe(true);
    await expect(client.$executeRaw`update qa_billing_entry set change = 'billable'`).rejects.toThrow(/append-only/);
  });

  it('names the offer in the words that were told, whatever it says later, and the call that confirmed the sale', async () => {
    const [attemptId, confirmedIn] = [randomUUID(), randomUUID()];
    const agentId = randomUUID();
    const [at, terms] = [
      new Date(now),
      { name: { en: 'Half', zh: '半价' }, text: { en: 'Half for a year', zh: '一年半价' } },
    ];
    const version = { state: 'offered', changedAt: at };
    const { id } = await client.offer.create({
      data: {
        ...{ campaignId: world.campaignId, version: 2, state: 'offered', terms: {}, createdAt: at },
        history: {
          create: [
            { ...version, version: 1, terms },
            { ...version, version: 2, terms: {} },
          ],
        },
      },
    });
    const { campaignId } = world;
    const [contactId = ''] = await addContacts(client, campaignId, now, 1);
    const recordings: string[] = [];
    for (const call of [attemptId, confirmedIn]) {
      const about = { number: '+12125550101', callerId: '+12125550190', mode: 'progressive', settingsVersion: 1 };
      const state = { state: 'ended', live: false, intendedAt: at, connectedAt: at, disposition: 'sale' };
      await client.attempt.create({
        data: { id: call, campaignId, contactId, agentId, ...about, ...state },
      });
      const recording = { attemptId: call, campaignId, agentId, talkStartedAt: at };
      recordings.push((await client.recording.create({ data: recording })).id);
    }
    await client.offerUse.create({ data: { offerId: id, attemptId, version: 1, agentId, at } });
    const saleId = await sell(clean, attemptId);
    const offer = { id, version: 1, ...terms, exceptionId: null };
    expect((await fetched(own))[0]).toMatchObject({
      saleId,
      attemptId,
      offer,
      confirmation: null,
      recordingId: recordings[0],
    });
    const billed = { change: 'billable', billFrom: now, trialEndsAt: now, reason: null, confirmedIn } as const;
    const sale = { id: saleId, attemptId, campaignId: world.campaignId, clientId: world.clientId };
    await client.$transaction((tx) => billingTable(tx).append(sale, [billed], now));
    expect((await fetched(own)).at(-1)).toMatchObject({
      ...{ change: 'billable', offer },
      confirmation: { attemptId: confirmedIn, recordingId: recordings[1] },
    });
    await sell();
    expect((await fetched(own)).at(-1)).toMatchObject({ offer: null, confirmation: null });
  });

  it('is whole as one file, however long: every entry once, in order, signed over all of it, the same each time', async () => {
    await sell();
    // More than are held in memory at a time.
    await client.$executeRaw`
      insert into qa_billing_entry (client_id, seq, at, sale_id, attempt_id, campaign_id, change, options)
      select client_id, n, at, gen_random_uuid(), gen_random_uuid(), campaign_id, change, '{}'
        from qa_billing_entry, generate_series(${(await fetched(own)).length + 1}::int, 6201) n where client_id = ${world.clientId}::uuid and seq = 1`;
    await client.$executeRaw`update qa_billing_feed set last_seq = 6201 where client_id = ${world.clientId}::uuid`;
    const write = {
      head: 'seq\n',
      lines: (entries: readonly BillingEntry[]) => entries.map(({ seq }) => `${seq}\n`).join(''),
    };
    const whole = async (after: number) => {
      const { body, signature, cursor } = await quality.billing.whole(own, world.clientId, after, write);
      const pieces: string[] = [];
      for await (const { text } of body) pieces.push(text);
      return { text: pieces.join(''), signature, cursor, pieces: pieces.length };
    };
    const file = await whole(0);
    const numbers = Array.from({ length: 6201 }, (_, index) => index + 1);
    expect(file.text).toBe(`seq\n${numbers.map((seq) => `${seq}\n`).join('')}`);
    expect(file.pieces).toBeGreaterThan(3);
    expect(file.cursor).toBe(6201);
    const { secret } = await client.billingFeed.findUniqueOrThrow({ where: { clientId: world.clientId } });
    expect(isBillingSigned(secret, file.signature, file.text)).toBe(true);
    expect(isBillingSigned(secret, file.signature, file.text.replace('\n6201', ''))).toBe(false);
    expect(await whole(0)).toEqual(file);
    expect(await whole(6200)).toMatchObject({ text: 'seq\n6201\n', cursor: 6201 });
    expect(await whole(6201)).toMatchObject({ text: 'seq\n', cursor: 6201 });
  });

  it('is nobody else’s: another client or centre sees no feed', async () => {
    await sell();
    for (const viewer of [
      { ...own, clientId: randomUUID() },
      { ...manager, centreId: randomUUID() },
      { ...manager, role: 'lead' as const },
    ])
      await expect(fetched(viewer)).rejects.toMatchObject({ code: 'billing-feed-unknown' });
    await expect(quality.billing.setEndpoint(manager, world.clientId, 'http://example.test/')).rejects.toMatchObject({
      code: 'endpoint-refused',
    });
  });

  it('loses and doubles nothing where the process dies after the message was taken and before it could write so', async () => {
    const system = await receiver(() => 204);
    closers.push(system.close);
    await sell();
    await quality.billing.setEndpoint(manager, world.clientId, system.url);
    const dying = createBilling({
      ...{ store: billingStore(client), clock: { now: () => now }, sandbox: true },
      post: async (message) => {
        await billingPost(message);
        throw new Error('killed');
      },
    });
    await expect(dying.deliver()).rejects.toThrow('killed');
    expect((await quality.billing.feeds(manager))[0]).toMatchObject({ deliveredSeq: 0 });
    await sell();
    // The dead one's claim holds for a while; then another sends the same message, and what came meanwhile after it.
    expect(await quality.billing.deliver()).toBe(0);
    now += 60_000;
    await Promise.all([quality.billing.deliver(), quality.billing.deliver()]);
    await quality.billing.deliver();
    const [first, again, ...rest] = system.got;
    expect({ key: again?.key, body: again?.body }).toEqual({ key: first?.key, body: first?.body });
    const kept = [again, ...rest].flatMap((got) => got?.message.entries ?? []);
    expect(kept).toEqual(await fetched(own));
    expect((await quality.billing.feeds(manager))[0]).toMatchObject({
      deliveredSeq: kept.length,
      lastSeq: kept.length,
    });
  });

  it('sends until it is taken: refused, redirected and broken tries repeat the same bytes, nothing is left out or doubled', async () => {
    const answers = [500, 302, 0, 204, 204, 204];
    const system = await receiver((count) => answers[count - 1] ?? 204);
    closers.push(system.close);
    const first = await sell();
    await quality.billing.setEndpoint(manager, world.clientId, system.url);
    for (let tries = 0; tries < 3; tries += 1) {
      expect(await quality.billing.deliver()).toBe(0);
      // Not before its time.
      expect(await quality.billing.deliver()).toBe(0);
      await sell();
      now += 3_600_000;
    }
    expect(system.got).toHaveLength(3);
    await Promise.all([quality.billing.deliver(), quality.billing.deliver()]);
    await quality.billing.deliver();
    expect(new Set(system.got.slice(0, 4).map(({ body }) => body)).size).toBe(1);
    expect(new Set(system.got.slice(0, 4).map(({ key }) => key)).size).toBe(1);
    const taken = system.got.slice(3);
    expect(taken.flatMap(({ message }) => message.entries)).toEqual(await fetched(own));
    expect(taken[0]?.message.entries[0]).toMatchObject({ seq: 1, saleId: first, change: 'valid' });
    const { secret } = await client.billingFeed.findUniqueOrThrow({ where: { clientId: world.clientId } });
    expect(system.got.every(({ signature, body }) => isBillingSigned(secret, signature, body))).toBe(true);
    const [feed] = await quality.billing.feeds(manager);
    expect(feed).toMatchObject({ deliveredSeq: feed?.lastSeq });
    expect(feed?.deliveries.at(-1)).toMatchObject({ state: 'delivered', tries: 4, fromSeq: 1 });
    // A new secret signs from now on.
    const renewed = await quality.billing.renewSecret(manager, world.clientId);
    expect(renewed.secret).not.toBe(secret);
    await sell();
    await quality.billing.deliver();
    const last = system.got.at(-1);
    expect(isBillingSigned(renewed.secret, last?.signature ?? '', last?.body ?? '')).toBe(true);
  });
});
