/** Whose live calls somebody may hear, what of it is kept, and where an agent's leg may ring. */
import twilio from 'twilio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, useTestDatabase } from '../../support/database.ts';
import { createHandoffs } from '../../../src/handoffs.ts';
import { auditLog } from '../../../src/platform/audit.ts';
import { type House, makeHouse } from './house.ts';
import { ACCOUNT, CALLER, rig as carrierRig, type Rig as CarrierRig, TOKEN } from '../../contracts/carrier/rig.ts';
import { type HttpRig, openHttpRig } from './rig.ts';

/** The agent is at work, with this leg in the room agent-1. */
async function atWork(database: TestDatabase, rig: HttpRig, house: House, legId: string): Promise<void> {
  const now = new Date(rig.clock.now());
  const place = { campaignId: house.campaignId, teamId: house.teamIds[0], room: 'agent-1', legId };
  const times = { since: now, restSince: now, seenAt: now };
  await database.database.client.agentDesk.create({
    data: { userId: house.agentId, presence: 'signed-in', activity: 'ready', legState: 'joined', ...place, ...times },
  });
}

describe('what is kept of a listening', () => {
  const database = useTestDatabase();
  let carrier: CarrierRig;
  let rig: HttpRig;
  let house: House;
  beforeAll(async () => {
    carrier = await carrierRig();
    rig = await openHttpRig(database(), carrier.app.url, {
      accountSid: ACCOUNT,
      authToken: TOKEN,
      url: carrier.sandbox.url,
    });
  });
  afterAll(async () => {
    await rig.close();
    await carrier.stop();
  });

  const delivery = () =>
    createHandoffs({
      database: database().database,
      ...{ dialer: rig.services.dialer, quality: rig.services.quality, clock: rig.clock },
      audit: auditLog(database().database),
      onError: (error) => {
        throw error;
      },
    });

  test('who heard whom, and in which way, is in the audit log; what was refused is not, and the log holds together', async () => {
    house = await makeHouse(rig);
    const legId = await carrier.call('client:agent_1', '<Dial><Conference>agent-1</Conference></Dial>');
    await atWork(database(), rig, house, legId);
    const { client } = database().database;
    await client.callerId.create({ data: { campaignId: house.campaignId, number: CALLER } });
    const inspector = await rig.signedIn('inspector');
    const wish = { agentId: house.agentId, mode: 'listen' };
    expect(await (await rig.signedIn('lead2')).ask('POST', '/api/listening', wish)).toMatchObject({ status: 404 });
    expect(await inspector.ask('POST', '/api/listening', wish)).toMatchObject({ status: 201 });
    // Listens already.
    expect(await inspector.ask('POST', '/api/listening', wish)).toMatchObject({ status: 409 });
    await carrier.until(async () => (await carrier.api.conferences.list()).length === 1);
    await carrier.pass(5_000);
    expect(await inspector.ask('PATCH', '/api/listening', { mode: 'whisper' })).toMatchObject({ status: 200 });
    expect(await inspector.ask('POST', '/api/listening/stop', {})).toMatchObject({ status: 200 });
    const handoffs = delivery();
    await handoffs.deliver();
    // A second delivery of the same fact, as after a crash, is no second entry.
    await client.handoff.updateMany({ where: { topic: { startsWith: 'listening-' } }, data: { deliveredAt: null } });
    await handoffs.deliver();
    const rows = await client.auditEntry.findMany({ where: { subjectId: house.agentId }, orderBy: { id: 'asc' } });
    const { id: actorId } = await client.user.findFirstOrThrow({ where: { username: 'inspector' } });
    const { id: listeningId } = await client.listening.findFirstOrThrow();
    expect(rows.filter(({ action }) => action.startsWith('call-'))).toMatchObject([
      { actorId, action: 'call-listened', subjectType: 'user', detail: { mode: 'listen', listeningId } },
      { actorId, action: 'call-listened', subjectType: 'user', detail: { mode: 'whisper', listeningId } },
    ]);
    const ended = rows.filter(({ action }) => action.endsWith('-ended'));
    expect(ended).toMatchObject([
      { actorId, action: 'listening-ended', subjectType: 'user', detail: { mode: 'whisper', listeningId } },
    ]);
    const verified = await (await rig.signedIn('manager')).ask('POST', '/api/audit/verify');
    expect(verified.body).toMatchObject({ brokenAt: null });
  });

  test('a process that dies before it could say so has concealed nothing: the log is told with the act itself', async () => {
    const { client } = database().database;
    const lead = await client.user.findFirstOrThrow({ where: { username: 'lead' } });
    const at = new Date(rig.clock.now());
    // It died when the carrier had been asked for the leg and had not answered: only the carrier knows of it.
    const { id: listeningId } = await client.listening.create({
      data: {
        ...{ supervisorId: lead.id, agentId: house.agentId, room: 'agent-1' },
        ...{ mode: 'listen', state: 'dialling', startedAt: at, lookAt: at },
      },
    });
    const params = { CallSid: 'CA9', CallStatus: 'in-progress', AccountSid: ACCOUNT };
    const url = `/telephony/listener-status/${listeningId}`;
    const answer = await rig.app.inject({
      ...{ method: 'POST', url, payload: new URLSearchParams(params).toString() },
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': twilio.getExpectedTwilioSignature(TOKEN, carrier.app.url + url, params),
      },
    });
    expect(answer.statusCode).toBeLessThan(300);
    const kept = async () => {
      await delivery().deliver();
      const where = { detail: { path: ['listeningId'], equals: listeningId } };
      const rows = await client.auditEntry.findMany({ where, orderBy: { id: 'asc' } });
      return rows.map(({ actorId, action, detail }) => ({ actorId, action, detail }));
    };
    const listened = { actorId: lead.id, action: 'call-listened' };
    expect(await kept()).toMatchObject([{ ...listened, detail: { mode: 'listen' } }]);
    // The carrier fails: that they wanted to be heard was written down before it was asked, and then that they are not.
    carrier.sandbox.faults.set('rest-500', { rate: 1 });
    const change = (await rig.signedIn('lead')).ask('PATCH', '/api/listening', { mode: 'barge' });
    expect(await change).toMatchObject({ status: 409 });
    expect((await kept()).slice(1)).toMatchObject([
      { ...listened, detail: { mode: 'barge' } },
      { ...listened, detail: { mode: 'listen' } },
    ]);
  });
});

/** No carrier is there: what is allowed fails at the line. */
describe('listening to live calls', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  let house: House;
  beforeAll(async () => {
    rig = await openHttpRig(database());
    house = await makeHouse(rig);
    await atWork(database(), rig, house, 'CA1');
  });
  afterAll(() => rig.close());

  test.each([
    ['lead', 409, 'agent-line-gone'],
    ['inspector', 409, 'agent-line-gone'],
    ['manager', 409, 'agent-line-gone'],
    ['lead2', 404, 'not-found'],
    ['agent2', 403, 'no-right'],
    ['client', 403, 'no-right'],
    ['admin', 403, 'no-right'],
  ])('%s asks for the agent’s room and is answered %i %s', async (username, status, code) => {
    const browser = await rig.signedIn(username);
    const answer = await browser.ask('POST', '/api/listening', { agentId: house.agentId, mode: 'listen' });
    expect(answer).toMatchObject({ status, body: { code } });
  });

  test.each([
    ['lead', 1],
    ['inspector', 1],
    ['manager', 1],
    ['lead2', 0],
  ])('%s sees %i agents at work', async (username, length) => {
    const { body } = await (await rig.signedIn(username)).ask('GET', '/api/listening/agents');
    expect(body).toMatchObject({ items: { length } });
  });

  test.each([
    ['lead', 409],
    ['manager', 409],
    ['inspector', 409],
    ['agent', 403],
  ])('%s, who listens to nobody, takes nobody over: %i', async (username, status) => {
    expect(await (await rig.signedIn(username)).ask('POST', '/api/listening/take-over', {})).toMatchObject({ status });
  });

  test.each([
    ['+12125550123', 200],
    ['sip:anna@pbx.example', 200],
    [null, 200],
    ['911', 400],
    ['anna', 400],
    ['sip:', 400],
  ])('an agent’s leg may ring at %s: %i', async (phoneAddress, status) => {
    const admin = await rig.signedIn('admin');
    expect(await admin.ask('PATCH', `/api/users/${house.agentId}`, { phoneAddress })).toMatchObject({ status });
  });
});
