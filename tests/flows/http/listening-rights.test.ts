/** Whose live calls somebody may hear, and where an agent's leg may ring. No carrier is there: what is allowed fails at the line. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../../support/database.ts';
import { type House, makeHouse } from './house.ts';
import { type HttpRig, openHttpRig } from './rig.ts';

describe('listening to live calls', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  let house: House;
  beforeAll(async () => {
    rig = await openHttpRig(database());
    house = await makeHouse(rig);
    const now = new Date(rig.clock.now());
    const place = { campaignId: house.campaignId, teamId: house.teamIds[0], room: 'agent-1', legId: 'CA1' };
    const times = { since: now, restSince: now, seenAt: now };
    await database().database.client.agentDesk.create({
      data: { userId: house.agentId, presence: 'signed-in', activity: 'ready', legState: 'joined', ...place, ...times },
    });
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
    ['inspector', 403],
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
