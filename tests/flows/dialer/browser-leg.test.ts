import twilio from 'twilio';
import { afterEach, expect, it } from 'vitest';
import WebSocket from 'ws';
import { accessToken } from '../../../dialer/adapters/telephony/access-token.ts';
import { browserAddress, browserIdentity } from '../../../dialer/rules/browser-phone.ts';
import { openCentre } from '../../contracts/dialer/centre.ts';
import { useTestDatabase as testDatabase } from '../../support/database.ts';
import { ACCOUNT, everybody, openRig, person, type Rig, TOKEN } from './rig.ts';

const database = testDatabase({ maxConnections: 12 });
const START = Date.UTC(2026, 0, 6, 10);
const key = { sid: `SK${'0123456789abcdef'.repeat(2)}`, secret: 'a-secret-of-the-key' };
let rig: Rig | null = null;
const phones: WebSocket[] = [];

afterEach(async () => {
  for (const phone of phones.splice(0)) phone.terminate();
  await rig?.close();
  rig = null;
});

it('a browser that calls in by itself becomes the agent’s standing leg; one of an agent who is not signed in is sent away', async () => {
  const { client: prisma } = database().database;
  const centre = await openCentre(prisma, { agents: 2, contacts: 1, now: START, demo: true });
  const opened = await openRig({
    database: database().database,
    network: everybody(person(20_000)),
    startMs: START,
    sandbox: { apiKeys: [key] },
    // The dialler does not call the browsers again during this test.
    options: { legRetryMs: 24 * 3_600_000 },
  });
  rig = opened;
  const { dialer, until, sandbox, publicUrl } = opened;
  const [agent = '', other = ''] = centre.agents;
  const api = twilio(ACCOUNT, TOKEN);
  api.api.baseUrl = sandbox.url;
  const app = await api.applications.create({ friendlyName: 'browsers', voiceUrl: `${publicUrl}/telephony/browser` });
  const callIn = (userId: string): Promise<{ event: string; callSid?: string; status?: string }[]> => {
    const identity = browserIdentity(userId);
    const order = { accountSid: ACCOUNT, key, applicationSid: app.sid, identity, lifetimeMs: 3_600_000 };
    const phone = new WebSocket(`${sandbox.url.replace('http', 'ws')}/sandbox/softphone?token=${accessToken(order)}`);
    phones.push(phone);
    const told: { event: string; callSid?: string; status?: string }[] = [];
    phone.on('message', (data, binary) => {
      if (!binary) told.push(JSON.parse(String(data)));
    });
    return new Promise((resolve) =>
      phone.once('open', () => {
        phone.send(JSON.stringify({ event: 'connect' }));
        resolve(told);
      }),
    );
  };

  await dialer.agents.signIn(agent, {});
  const joined = () => prisma.agentDesk.findFirst({ where: { userId: agent, legState: 'joined' } });
  const first = await until(joined, 'the leg that the dialler called is in its room');
  await opened.hangUp(first.legId ?? '');
  await until(
    () => prisma.agentDesk.findFirst({ where: { userId: agent, legState: 'absent' } }),
    'the leg is known to be gone',
  );

  const told = await callIn(agent);
  const second = await until(joined, 'the browser is in a room of its own');
  expect(second.room).not.toBe(first.room);
  // The carrier tells its own end of the line in its own time.
  const itsCall = async () => told.find(({ event }) => event === 'call');
  expect((await until(itsCall, 'the browser knows its call')).callSid).toBe(second.legId);
  await until(async () => (await dialer.agents.view(agent)).activity !== 'none', 'the agent is ready');

  // Signed out: nobody waits for this browser.
  await callIn(other);
  const ended = () => api.calls.list({ from: browserAddress(other), status: 'completed' });
  await until(async () => (await ended()).length === 1, 'the other one is sent away');
  expect(await prisma.agentDesk.count({ where: { legState: 'joined' } })).toBe(1);
  expect(opened.warnings).toEqual([]);
});
