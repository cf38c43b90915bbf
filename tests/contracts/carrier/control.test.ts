/** Moving, holding and coaching legs in rooms: what a transfer and a listening supervisor ask of the carrier. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Rig } from './rig.ts';
import { CALLER, rig } from './rig.ts';

let r: Rig;
beforeEach(async () => {
  r = await rig();
});
afterEach(async () => {
  expect(r.app.seen.filter((one) => !one.validSignature)).toEqual([]);
  await r.stop();
});

const room = (name: string, attributes = '') =>
  `<Dial><Conference beep="false" waitUrl="" ${attributes}>${name}</Conference></Dial>`;
const live = async (name: string) => {
  const [conference] = await r.api.conferences.list({ friendlyName: name, status: 'in-progress' });
  return r.api.conferences(conference?.sid ?? '');
};

describe('legs in rooms', () => {
  test('a document that coaches a leg which is not there fails with 13240 and falls through', async () => {
    const next = r.app.on('/next', '<Hangup/>');
    const sid = await r.call(
      'client:lead_1',
      `${room('agent-1', `coach="CA${'e'.repeat(32)}"`)}<Redirect>${next}</Redirect>`,
    );
    await r.until(() => r.app.at('/next').length === 1);
    const notes = await r.api.calls(sid).notifications.list();
    expect(notes.map(({ errorCode }) => errorCode)).toContain('13240');
  });

  test('whispering to somebody who has left is refused (16028), and changes of a leg that is gone are not found', async () => {
    const agent = await r.call('client:agent_1', room('agent-1'));
    const customer = await r.call('+447700900914', room('agent-1'));
    const lead = await r.call('client:lead_1', room('agent-1', 'muted="true" participantLabel="lead"'));
    const { participants } = await live('agent-1');
    expect(await participants(lead).update({ coaching: true, callSidToCoach: agent, muted: false })).toMatchObject({
      coaching: true,
      muted: false,
    });
    await r.api.calls(agent).update({ status: 'completed' });
    await r.until(async () => (await participants.list()).length === 2);
    await expect(participants(lead).update({ coaching: true, callSidToCoach: agent })).rejects.toMatchObject({
      code: 16028,
    });
    await expect(participants(agent).update({ hold: true })).rejects.toMatchObject({ status: 404, code: 20404 });
    await r.api.calls(customer).update({ status: 'completed' });
  });

  test('a held leg that is sent to another room is no longer held there, and the first room goes on without it', async () => {
    await r.call('client:agent_1', room('agent-1'));
    const customer = await r.call('+447700900914', room('agent-1'));
    await r.call('client:agent_2', room('agent-2'));
    const first = await live('agent-1');
    expect(await first.participants(customer).update({ hold: true })).toMatchObject({ hold: true });
    await r.api.calls(customer).update({ url: r.app.on('/moved', room('agent-2')) });
    await r.until(
      async () => (await r.api.conferences.list({ friendlyName: 'agent-2', status: 'in-progress' })).length === 1,
    );
    expect(await (await live('agent-2')).participants(customer).fetch()).toMatchObject({ hold: false });
    expect(await first.participants.list()).toHaveLength(1);
  });

  test('a room whose agent no longer ends it goes on, and ends with the leg that was made its end', async () => {
    const agent = await r.call('client:agent_1', room('agent-1', 'endConferenceOnExit="true"'));
    const customer = await r.call('+447700900914', room('agent-1'));
    const guest = await r.api
      .conferences('agent-1')
      .participants.create({ from: CALLER, to: '+447700900916', label: 'guest', earlyMedia: false });
    const { participants } = await live('agent-1');
    await r.until(async () => (await participants.list()).length === 3);
    await participants('guest').update({ endConferenceOnExit: true });
    await participants(agent).update({ endConferenceOnExit: false });
    await r.api.calls(agent).update({ url: r.app.on('/away', room('agent-1b')) });
    await r.until(async () => (await participants.list()).length === 2);
    await r.api.calls(guest.callSid).update({ status: 'completed' });
    await r.until(async () => (await r.api.calls(customer).fetch()).status === 'completed');
    expect((await r.api.calls(agent).fetch()).status).toBe('in-progress');
  });
});
