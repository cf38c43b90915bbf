import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { billingPost } from '../../../qa/adapters/billing-post.ts';
import { isBillingSigned } from '../../../qa/rules/billing-signature.ts';
import { mailServer } from '../../../src/notices/mail.ts';
import { createNotices } from '../../../src/notices/index.ts';
import { makeWorld, type World } from '../../fixtures/campaign.ts';
import { useTestDatabase } from '../../support/database.ts';
import { mailSink, webhookSink } from '../../support/sinks.ts';

const hour = 3_600_000;
const manager = randomUUID();

describe('messages to a client outside the product', () => {
  const database = useTestDatabase();
  let world: World;
  let now: number;
  const closers: (() => Promise<unknown>)[] = [];
  beforeEach(async () => {
    now = Date.UTC(2026, 10, 23, 7);
    world = await makeWorld(database().database.client, now);
  });
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  const whose = () => ({ clientId: world.clientId, clientName: 'Operator' });
  function noticesBy(mailUrl: string | null) {
    return createNotices({
      ...{ client: database().database.client, clock: { now: () => now }, post: billingPost, sandbox: true },
      publicUrl: 'https://fairline.example',
      mail: mailUrl === null ? null : mailServer({ url: mailUrl, from: 'fairline@fairline.example' }),
    });
  }
  async function webhook(answer: (count: number) => number) {
    const sink = await webhookSink(answer);
    closers.push(sink.close);
    return sink;
  }
  async function post(answer: (count: number) => string) {
    const sink = await mailSink(answer);
    closers.push(sink.close);
    return sink;
  }
  async function publish(fromDay: string): Promise<string> {
    const day = new Date(`${fromDay}T00:00:00Z`);
    const { id } = await database().database.client.weeklySummary.create({
      data: { campaignId: world.campaignId, fromDay: day, toDay: new Date(day.getTime() + 6 * 24 * hour), publishedAt: new Date(now), hash: 'x', content: {} },
    }); // biome-ignore format: one week says no more
    return id;
  }
  const complain = (closedAt: number | null) =>
    database().database.client.caseFile.create({
      data: { kind: 'complaint', state: 'closed', channel: 'hotline', words: 'Mr Wang, 13800138000', openedAt: new Date(now), campaignId: world.campaignId, closedAt: closedAt === null ? null : new Date(closedAt) },
    }); // biome-ignore format: one case says no more
  /** Lets the clock run until what failed is due again. */
  async function tryOn(notices: ReturnType<typeof noticesBy>, rounds: number) {
    for (let round = 0; round < rounds; round += 1) {
      now += hour;
      await notices.deliver();
    }
  }

  it('are none while no address is set, and never of what was before', async () => {
    const taken = await webhook(() => 200);
    const notices = noticesBy(null);
    await publish('2026-11-09');
    expect(await notices.deliver()).toBe(0);
    expect(await notices.view(whose())).toMatchObject({ webhook: null, email: null, mailServer: false, notices: [] });
    now += 1;
    await notices.set(whose(), { webhook: taken.url, email: null, locale: 'en' }, manager);
    expect(await notices.deliver()).toBe(0);
    expect(taken.got).toEqual([]);
  });

  it('carry a link and no customer’s data, once by each channel, signed, whoever looks at the same time', async () => {
    const [taken, mail] = [await webhook(() => 204), await post(() => '250 taken')];
    const notices = noticesBy(mail.url);
    await notices.set(whose(), { webhook: taken.url, email: 'quality@operator.example', locale: 'zh' }, manager);
    now += 1;
    const summaryId = await publish('2026-11-16');
    const { id: caseId } = await complain(now);
    await complain(null);
    const others = [noticesBy(mail.url), noticesBy(mail.url)];
    await Promise.all([notices, ...others].map((one) => one.deliver()));
    await tryOn(notices, 2);
    expect(taken.got).toHaveLength(2);
    expect(mail.got).toHaveLength(2);
    const urls = taken.got.map(({ body }): unknown => JSON.parse(body));
    expect(urls).toContainEqual(
      expect.objectContaining({
        kind: 'summary',
        url: `https://fairline.example/summaries/${summaryId}`,
        listenUrl: `https://fairline.example/spot-checks/${summaryId}`,
      }),
    );
    expect(urls).toContainEqual(
      expect.objectContaining({ kind: 'case', url: `https://fairline.example/cases/${caseId}` }),
    );
    const { secret } = await database().database.client.clientNoticeAddress.findFirstOrThrow({
      where: { clientId: world.clientId },
    });
    for (const { body, signature, key } of taken.got) {
      expect(isBillingSigned(secret, signature, body)).toBe(true);
      expect(JSON.parse(body)).toMatchObject({ id: key });
    }
    const all = [...taken.got.map(({ body }) => body), ...mail.got.map(({ text }) => text)].join('\n');
    expect(all).not.toContain('13800138000');
    expect(all).not.toContain('Wang');
    expect(mail.got[0]).toMatchObject({
      from: 'MAIL FROM:<fairline@fairline.example>',
      to: 'RCPT TO:<quality@operator.example>',
    });
    expect(mail.got.some(({ text }) => text.includes(`/summaries/${summaryId}`))).toBe(true);
  });

  it('are told of what happened while the server stood still, was committed late, or before its clock was set back', async () => {
    const taken = await webhook(() => 200);
    const notices = noticesBy(null);
    await notices.set(whose(), { webhook: taken.url, email: null, locale: 'en' }, manager);
    const told = async () => {
      await notices.deliver();
      return taken.got.length;
    };
    now += 2 * hour;
    expect(await told()).toBe(0);
    const stopped = now;
    now += 30 * 24 * hour;
    // While the server stood still, and a summary of the last hour before.
    await complain(stopped + 100 * hour);
    await complain(stopped - hour);
    expect(await told()).toBe(2);
    // Closed before the last look, seen only now.
    await complain(now - 20 * hour);
    expect(await told()).toBe(3);
    now -= 25 * 24 * hour;
    await complain(now);
    expect(await told()).toBe(4);
    expect(await told()).toBe(4);
  });

  it('are tried again as the same message after refusals and cut lines, and then no more', async () => {
    // Taken, but our word of it is lost: the repeat has the same key, so that the receiver knows it.
    const taken = await webhook((count) => [503, 0][count - 1] ?? 200);
    const mail = await post((count) => ['451 later', ''][count - 1] ?? '250 taken');
    const notices = noticesBy(mail.url);
    await notices.set(whose(), { webhook: taken.url, email: 'quality@operator.example', locale: 'en' }, manager);
    now += 1;
    const summaryId = await publish('2026-11-16');
    expect(await notices.deliver()).toBe(0);
    const refused = await notices.about('summary', summaryId);
    expect(refused).toMatchObject([
      { channel: 'email', state: 'waiting', tries: 1, lastError: expect.stringContaining('451') },
      { channel: 'webhook', state: 'waiting', tries: 1, lastError: 'status 503' },
    ]);
    // Not due yet.
    expect(await notices.deliver()).toBe(0);
    expect(taken.got).toHaveLength(1);
    await tryOn(notices, 4);
    expect(new Set(taken.got.map(({ key }) => key)).size).toBe(1);
    expect(taken.got).toHaveLength(3);
    const ids = mail.got.map(({ text }) => /^Message-ID: (.*)$/im.exec(text)?.[1]);
    expect(ids).toEqual([ids[0], ids[0], ids[0]]);
    expect(ids[0]).toContain(refused[0]?.id);
    expect(await notices.about('summary', summaryId)).toMatchObject([
      { state: 'delivered', tries: 3, lastError: null },
      { state: 'delivered', tries: 3, lastError: null },
    ]);
  });

  it('that were under way when the process died are sent again by another, as the same', async () => {
    const taken = await webhook(() => 200);
    const notices = noticesBy(null);
    await notices.set(whose(), { webhook: taken.url, email: null, locale: 'en' }, manager);
    now += 1;
    const summaryId = await publish('2026-11-16');
    const { client } = database().database;
    // The message left, and the process ended before it could write so.
    const dying = createNotices({
      ...{ client, clock: { now: () => now }, sandbox: true, publicUrl: 'https://fairline.example', mail: null },
      post: async (message) => {
        await billingPost(message);
        throw new Error('killed');
      },
    });
    await expect(dying.deliver()).rejects.toThrow('killed');
    expect(await notices.about('summary', summaryId)).toMatchObject([{ state: 'waiting', tries: 1 }]);
    // As long as the dead process might be at it, nobody else is, not even by hand.
    await notices.retry(whose());
    expect(await notices.deliver()).toBe(0);
    await tryOn(notices, 3);
    expect(taken.got.map(({ key }) => key)).toEqual([taken.got[0]?.key, taken.got[0]?.key]);
    expect(await notices.about('summary', summaryId)).toMatchObject([{ state: 'delivered', tries: 2 }]);
  });

  it('are given up visibly after days, tried again by hand, and withdrawn with their address', async () => {
    let answer = 500;
    const taken = await webhook(() => answer);
    const notices = noticesBy(null);
    await notices.set(whose(), { webhook: taken.url, email: null, locale: 'en' }, manager);
    now += 1;
    await publish('2026-11-16');
    await notices.deliver();
    await tryOn(notices, 80);
    expect((await notices.view(whose())).notices).toMatchObject([
      { state: 'given-up', tries: 72, lastError: 'status 500', nextTryAt: null },
    ]);
    answer = 200;
    await notices.retry(whose());
    expect(await notices.deliver()).toBe(1);
    answer = 500;
    await publish('2026-11-23');
    await notices.deliver();
    const stopped = await notices.set(whose(), { webhook: null, email: null, locale: 'en' }, manager);
    expect(stopped.notices.map(({ state }) => state)).toEqual(['withdrawn', 'delivered']);
    await tryOn(notices, 2);
    expect(taken.got).toHaveLength(74);
  });

  it('go to no address inside a network, and by mail only with a mail server', async () => {
    const notices = noticesBy(null);
    const set = (webhook: string | null, email: string | null) =>
      notices.set(whose(), { webhook, email, locale: 'en' }, manager);
    await expect(set('http://10.0.0.8/x', null)).rejects.toMatchObject({ code: 'bad-request', field: 'body.webhook' });
    await expect(set(null, 'a@b.example')).rejects.toMatchObject({ code: 'bad-request', field: 'body.email' });
  });
});
