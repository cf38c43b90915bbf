import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { useTestDatabase } from '../../support/database.ts';
import { eventually } from '../../support/eventually.ts';
import { makeHouse } from './house.ts';
import { type HttpRig, openHttpRig } from './rig.ts';

type Push = { type: string; seq: number } & Record<string, unknown>;

describe('live channels', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  let base: string;
  const sockets: WebSocket[] = [];
  beforeAll(async () => {
    rig = await openHttpRig(database());
    await makeHouse(rig);
    base = (await rig.app.listen({ host: '127.0.0.1', port: 0 })).replace('http', 'ws');
  });
  afterAll(async () => {
    for (const socket of sockets) socket.terminate();
    await rig.close();
  });

  /** Opens a channel and collects what it says. */
  const open = async (path: string, headers: Record<string, string>) => {
    const said: Push[] = [];
    const waiting: { wanted: (push: Push) => boolean; found: (push: Push) => void }[] = [];
    const socket = new WebSocket(`${base}${path}`, { headers });
    const closing = new Promise<number>((resolve) => socket.on('close', resolve));
    socket.on('message', (data) => {
      const push: Push = JSON.parse(String(data));
      said.push(push);
      for (const one of waiting) if (one.wanted(push)) one.found(push);
    });
    sockets.push(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
    });
    return {
      said,
      socket,
      closing,
      send: (message: object) => socket.send(JSON.stringify(message)),
      raw: (text: string) => socket.send(text),
      next: (wanted: (push: Push) => boolean) =>
        new Promise<Push>((found) => {
          const there = said.find(wanted);
          if (there !== undefined) found(there);
          else waiting.push({ wanted, found });
        }),
    };
  };
  const cookieOf = async (username: string) => ({ cookie: (await rig.signedIn(username)).cookie() });

  test('are shut to nobody, to the wrong role, and to pages of other sites', async () => {
    expect(await (await open('/live/agent', {})).closing).toBe(4401);
    expect(await (await open('/live/agent', await cookieOf('manager'))).closing).toBe(4403);
    expect(await (await open('/live/wallboard', await cookieOf('agent'))).closing).toBe(4403);
    const foreign = { ...(await cookieOf('agent')), origin: 'https://elsewhere.example' };
    expect(await (await open('/live/agent', foreign)).closing).toBe(4403);
  });

  test('an agent gets the present view at once, and answers that name the request', async () => {
    const channel = await open('/live/agent', { ...(await cookieOf('agent')), origin: 'http://127.0.0.1:3000' });
    expect(await channel.next(({ type }) => type === 'view')).toMatchObject({
      view: { presence: 'signed-out', call: null },
    });
    channel.send({ type: 'ping', id: 'p1' });
    expect(await channel.next(({ id }) => id === 'p1')).toMatchObject({ type: 'pong', at: rig.clock.now() });
    channel.send({ type: 'ready', id: 'r1' });
    expect(await channel.next(({ id }) => id === 'r1')).toMatchObject({ type: 'refused', code: 'agent-not-signed-in' });
    channel.send({ type: 'break', id: 'b1', reason: 'holiday' });
    // Reasons are the centre's own: this is none of them.
    expect(await channel.next(({ id }) => id === 'b1')).toMatchObject({
      type: 'refused',
      code: 'bad-request',
      field: 'reason',
    });
    // Nothing of what no store can hold gets as far as a store, here as over HTTP.
    const disposition = { kind: 'opt-out', words: 'no more\u0000' };
    const outcome = { attemptId: randomUUID(), disposition, mustSayTicked: [], note: '' };
    channel.send({ type: 'save-outcome', id: 'o1', outcome });
    expect(await channel.next(({ id }) => id === 'o1')).toMatchObject({
      type: 'refused',
      code: 'bad-request',
      field: 'message.outcome.disposition.words',
    });
    channel.raw('{no json');
    expect(await channel.next(({ type, id }) => type === 'refused' && id === null)).toMatchObject({
      code: 'message-invalid',
    });
    expect(channel.said.map(({ seq }) => seq)).toEqual(channel.said.map((_, index) => index + 1));
  });

  test('a newer window takes over, and the older one is told', async () => {
    const cookie = await cookieOf('agent2');
    const first = await open('/live/agent', cookie);
    await first.next(({ type }) => type === 'view');
    const second = await open('/live/agent', cookie);
    expect(await first.next(({ type }) => type === 'taken-over')).toBeDefined();
    expect(await first.closing).toBe(4409);
    expect(await second.next(({ type }) => type === 'view')).toBeDefined();
  });

  test('a window that connects again by itself finds its own place, but does not take the place of another one', async () => {
    const cookie = await cookieOf('agent2');
    const first = await open('/live/agent?window=one', cookie);
    await first.next(({ type }) => type === 'view');
    const back = await open('/live/agent?window=one&again=1', cookie);
    expect(await back.next(({ type }) => type === 'view')).toBeDefined();
    const second = await open('/live/agent?window=two', cookie);
    expect(await second.next(({ type }) => type === 'view')).toBeDefined();
    const awake = await open('/live/agent?window=one&again=1', cookie);
    expect(await awake.next(({ type }) => type === 'taken-over')).toBeDefined();
    expect(await awake.closing).toBe(4409);
    second.send({ type: 'ping', id: 'still' });
    expect(await second.next(({ id }) => id === 'still')).toMatchObject({ type: 'pong' });
  });

  test('a page whose timers are slowed down stays: the browser answers for it, and it hears the server', async () => {
    const channel = await open('/live/agent', await cookieOf('agent2'));
    await channel.next(({ type }) => type === 'view');
    const { socket } = channel;
    const asked = new Promise<void>((resolve) => socket.once('ping', () => resolve()));
    expect(await channel.next(({ type, id }) => type === 'pong' && id === '')).toMatchObject({ at: rig.clock.now() });
    await asked;
  });

  test('a change of the agent is pushed without being asked for', async () => {
    const cookie = await cookieOf('agent2');
    const channel = await open('/live/agent', cookie);
    await channel.next(({ type }) => type === 'view');
    const views = () => channel.said.filter(({ type }) => type === 'view').length;
    const before = views();
    const { id } = await database().database.client.user.findUniqueOrThrow({ where: { username: 'agent2' } });
    rig.bus.publish('dialer/agent-changed', { type: 'agent-changed', userId: id, campaignId: null, version: 1 });
    await channel.next(({ type, seq }) => type === 'view' && seq > before);
    expect(views()).toBe(before + 1);
  });

  test('a manager watches the campaigns within sight', async () => {
    const channel = await open('/live/wallboard', await cookieOf('manager'));
    channel.send({ type: 'watch', id: 'w1', campaignIds: [] });
    expect(await channel.next(({ id }) => id === 'w1')).toMatchObject({ type: 'done' });
    expect(await channel.next(({ type }) => type === 'live')).toMatchObject({
      campaign: { name: 'Campaign', state: 'paused' },
    });
    // Nothing happens: that is said too, so that no board looks as if it had stopped.
    expect(await channel.next(({ type }) => type === 'still')).toMatchObject({ at: rig.clock.now() });
    // A board that opens now shows the half hour before, of which nothing is known here.
    const { id: watched } = await database().database.client.campaign.findFirstOrThrow();
    const manager = await rig.signedIn('manager');
    const course = await manager.ask('GET', `/api/wallboard/${watched}/course`);
    const empty = { utilization: null, abandon: null, inUse: 0, talking: 0, ready: 0 };
    const newest = Math.ceil(rig.clock.now() / 60_000) * 60_000 - 60_000;
    expect(course.body).toEqual({
      items: Array.from({ length: 30 }, (_, index) => ({ ...empty, at: newest - (29 - index) * 60_000 })),
    });

    const stranger = await open('/live/wallboard', await cookieOf('lead2'));
    const { id: campaignId } = await database().database.client.campaign.findFirstOrThrow();
    stranger.send({ type: 'watch', id: 'w2', campaignIds: [campaignId] });
    await stranger.next(({ id }) => id === 'w2');
    stranger.send({ type: 'ping', id: 'after' });
    await stranger.next(({ id }) => id === 'after');
    expect(stranger.said.filter(({ type }) => type === 'live' || type === 'still')).toEqual([]);
  });

  test('a page that is gone takes no calls after ten seconds; one that is loaded anew has lost nothing', async () => {
    const { client } = database().database;
    const cookie = await cookieOf('agent2');
    const { id: userId } = await client.user.findUniqueOrThrow({ where: { username: 'agent2' } });
    const at = new Date(rig.clock.now());
    const atWork = {
      presence: 'signed-in',
      activity: 'ready',
      legState: 'joined',
      since: at,
      restSince: at,
      seenAt: at,
    };
    await client.agentDesk.upsert({ where: { userId }, create: { userId, ...atWork }, update: atWork });
    const desk = () => client.agentDesk.findUniqueOrThrow({ where: { userId } });
    const seen = (ms: number) => eventually('it is kept', async () => Number((await desk()).seenAt) === ms);
    const presenceAfter = async (ms: number) => {
      await rig.clock.advance(ms);
      await rig.services.dialer.sweep();
      return (await desk()).presence;
    };
    const page = await open('/live/agent', cookie);
    await page.next(({ type }) => type === 'view');
    await seen(rig.clock.now());

    page.socket.close(1001);
    await seen(rig.clock.now() - 35_000);
    expect(await presenceAfter(3_000)).toBe('signed-in');
    const loaded = await open('/live/agent', cookie);
    await loaded.next(({ type }) => type === 'view');
    await seen(rig.clock.now());
    expect(await presenceAfter(12_000)).toBe('signed-in');

    // A crash says no goodbye: the line breaks.
    const lastWord = rig.clock.now();
    loaded.socket.terminate();
    await seen(lastWord - 35_000);
    expect(await presenceAfter(9_000)).toBe('signed-in');
    expect(await presenceAfter(2_000)).toBe('signed-out');
    // What is heard from elsewhere in the meantime counts.
    await rig.services.dialer.agents.seen(userId);
    await rig.services.dialer.agents.left(userId, rig.clock.now() - 1);
    expect(Number((await desk()).seenAt)).toBe(rig.clock.now());
  });

  test('a campaign that cannot be read keeps no other from its watchers; who was moved elsewhere sees it no more', async () => {
    const { client } = database().database;
    const { id: _, name, settings: __, ...like } = await client.campaign.findFirstOrThrow();
    await client.campaign.create({ data: { ...like, name: 'Broken', settings: { pacing: { mode: 'none' } } } });
    // Written anew, it stands behind the broken one.
    await client.campaign.updateMany({ where: { name }, data: { createdAt: like.createdAt } });
    const cookie = await cookieOf('lead');
    const { teamId } = await client.campaignTeam.findFirstOrThrow();
    for (const { id } of await client.campaign.findMany({ where: { name: 'Broken' } }))
      await client.campaignTeam.create({ data: { campaignId: id, teamId } });
    const lead = await open('/live/wallboard', cookie);
    lead.send({ type: 'watch', id: 'w1', campaignIds: [] });
    expect(await lead.next(({ type }) => type === 'live')).toMatchObject({ campaign: { name } });
    const elsewhere = await client.team.findFirstOrThrow({ where: { name: 'Two' } });
    await client.user.update({ where: { username: 'lead' }, data: { teamId: elsewhere.id } });
    lead.send({ type: 'watch', id: 'w2', campaignIds: [] });
    await lead.next(({ id }) => id === 'w2');
    const before = lead.said.length;
    for (const { id } of await client.campaign.findMany())
      rig.bus.publish('dialer/campaign-changed', { type: 'campaign-changed', campaignId: id });
    lead.send({ type: 'watch', id: 'w3', campaignIds: [] });
    await lead.next(({ id }) => id === 'w3');
    lead.send({ type: 'ping', id: 'after' });
    await lead.next(({ id }) => id === 'after');
    expect(lead.said.slice(before).filter(({ type }) => type === 'live')).toEqual([]);
  });
});
