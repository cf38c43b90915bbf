import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Rig } from './rig.ts';
import { ACCOUNT, CALLER, HUMAN, rig } from './rig.ts';

let r: Rig;
beforeEach(async () => {
  r = await rig();
});
afterEach(async () => {
  expect(r.app.seen.filter((one) => !one.validSignature)).toEqual([]);
  await r.stop();
});

const BASE = `/2010-04-01/Accounts/${ACCOUNT}`;
const room = (attributes = '', name = 'agent-7') => `<Dial><Conference ${attributes}>${name}</Conference></Dial>`;
const told = () => r.app.at('/room').map((one) => one.params);
const eventNames = () =>
  told()
    .sort((a, b) => Number(a.SequenceNumber) - Number(b.SequenceNumber))
    .map((one) => one.StatusCallbackEvent);
const CALLBACK = () =>
  `statusCallback="${r.app.url}/room" statusCallbackEvent="start end join leave mute hold modify" beep="false" waitUrl=""`;

async function agent(attributes = 'participantLabel="agent" endConferenceOnExit="true"'): Promise<string> {
  return r.call('client:agent_7', room(`${CALLBACK()} ${attributes}`));
}

test('the answer to a call into a room names the room before anybody is there; the room that opens is that one', async () => {
  const call = (to: string) => r.api.conferences('new-room').participants.create({ to, from: CALLER, label: to });
  const [desk, busy] = [await call('+447700900917'), await call('+447700900904')];
  expect(desk).toMatchObject({ status: 'queued', conferenceSid: expect.stringMatching(/^CF[0-9a-f]{32}$/) });
  expect(busy.conferenceSid).toBe(desk.conferenceSid);
  await r.until(async () => (await r.api.conferences.list({ friendlyName: 'new-room' })).length === 1);
  const [opened] = await r.api.conferences.list({ friendlyName: 'new-room' });
  expect(opened?.sid).toBe(desk.conferenceSid);
});

describe('a room by REST', () => {
  test('lists participants; mutes, holds, coaches; the path takes the label', async () => {
    const agentSid = await agent();
    await r.call('+447700900914', room('participantLabel="attempt-1"'));
    const lead = await r.call('client:lead_1', room('muted="true" participantLabel="lead"'));
    await r.until(() => told().length === 4);
    const [conference] = await r.api.conferences.list({ status: 'in-progress' });
    const live = r.api.conferences(conference?.sid ?? '');
    expect((await live.participants.list()).map((one) => one.label).sort()).toEqual(['agent', 'attempt-1', 'lead']);
    expect(await live.participants('attempt-1').update({ hold: true, holdUrl: `${r.app.url}/music` })).toMatchObject({
      hold: true,
    });
    expect(await live.participants('attempt-1').update({ hold: false })).toMatchObject({ hold: false });
    expect(await live.participants(agentSid).update({ muted: true })).toMatchObject({ muted: true });
    expect(await live.participants('lead').update({ coaching: true, callSidToCoach: agentSid })).toMatchObject({
      coaching: true,
      callSidToCoach: agentSid,
      callSid: lead,
    });
    await expect(
      live.participants('lead').update({ coaching: true, callSidToCoach: `CA${'e'.repeat(32)}` }),
    ).rejects.toMatchObject({
      code: 16028,
    });
    expect(await live.participants('lead').update({ coaching: false, muted: false })).toMatchObject({
      coaching: false,
      muted: false,
    });
    await r.until(() => told().length === 10);
    expect(eventNames().slice(4)).toEqual([
      'participant-hold',
      'participant-unhold',
      'participant-mute',
      'participant-modify',
      'participant-unmute',
      'participant-modify',
    ]);
    await expect(live.participants('nobody').fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  test('Participants create by the room name dials and joins; a kick ends with its reason; the room can be ended', async () => {
    await agent();
    const participant = await r.api.conferences('agent-7').participants.create({
      from: CALLER,
      to: HUMAN,
      label: 'attempt-2',
      endConferenceOnExit: false,
    });
    expect(participant).toMatchObject({ status: 'queued', label: 'attempt-2' });
    await r.until(() => told().length === 3);
    const [conference] = await r.api.conferences.list({ friendlyName: 'agent-7', status: 'in-progress' });
    const live = r.api.conferences(conference?.sid ?? '');
    expect(await live.participants('attempt-2').fetch()).toMatchObject({ callSid: participant.callSid });
    expect(await live.participants('attempt-2').remove()).toBe(true);
    await r.until(() => told().length === 4);
    expect(await live.update({ status: 'completed' })).toMatchObject({ status: 'completed' });
    await r.until(() => told().length === 6);
    expect(told().find((one) => one.StatusCallbackEvent === 'conference-end')).toMatchObject({
      ReasonConferenceEnded: 'conference-ended-via-api',
    });
    expect(await live.fetch()).toMatchObject({ reasonConferenceEnded: 'conference-ended-via-api' });
    expect(
      await r.api
        .conferences('nobody')
        .participants.list()
        .catch((error) => error.status),
    ).toBe(404);
  });

  test('asynchronous detection is refused on participants (21263), as are wrong modes and labels', async () => {
    await agent();
    const create = async (more: Record<string, string>) => {
      const body = new URLSearchParams({ From: CALLER, To: HUMAN, ...more });
      return (await r.post(`${BASE}/Conferences/agent-7/Participants.json`, body)).json();
    };
    expect(await create({ MachineDetection: 'Enable', AsyncAmd: 'true' })).toMatchObject({ code: 21263, status: 400 });
    expect(await create({ MachineDetection: 'Sometimes' })).toMatchObject({ code: 21234 });
    expect(await create({ Label: 'a/b' })).toMatchObject({ code: 16024 });
    expect(await create({ Label: 'agent' })).toMatchObject({ code: 16025 });
    expect(await create({ CallSidToCoach: `CA${'d'.repeat(32)}` })).toMatchObject({ code: 16028 });
    await expect(
      r.api.conferences(`CF${'0'.repeat(32)}`).participants.create({ from: CALLER, to: HUMAN }),
    ).rejects.toMatchObject({
      code: 16022,
    });
    expect(await r.api.calls.list({ to: HUMAN })).toEqual([]);
  });

  test('with early media the leg is in the room while it rings; one that never answers leaves it again', async () => {
    await agent();
    const wish = { from: CALLER, to: '+447700900905', timeout: 10, label: 'ringing' };
    const created = await r.api.conferences('agent-7').participants.create(wish);
    await r.until(() => told().length === 3);
    const [conference] = await r.api.conferences.list({ friendlyName: 'agent-7' });
    expect(
      await r.api
        .conferences(conference?.sid ?? '')
        .participants('ringing')
        .fetch(),
    ).toMatchObject({ status: 'ringing' });
    await r.until(() => told().length === 4);
    expect(told().find((one) => one.StatusCallbackEvent === 'participant-leave')).toMatchObject({
      CallSid: created.callSid,
      ReasonParticipantLeft: 'participant_add_failed',
      ParticipantCallStatus: 'no-answer',
    });
    await r.api.conferences('agent-7').participants.create({ ...wish, earlyMedia: false });
    await r.pass(60_000);
    expect(told()).toHaveLength(4);
  });

  test('a full room takes nobody more: 16020 by REST, and a document falls through', async () => {
    await agent('maxParticipants="1"');
    const wish = { from: CALLER, to: HUMAN };
    await expect(r.api.conferences('agent-7').participants.create(wish)).rejects.toMatchObject({ code: 16020 });
    const next = r.app.on('/next', '<Hangup/>');
    await r.call(HUMAN, `${room()}<Redirect>${next}</Redirect>`);
    await r.until(() => r.app.at('/next').length === 1);
  });

  test('a participant whose verdict is in is told to its own callback', async () => {
    await agent();
    const amdStatusCallback = `${r.app.url}/amd`;
    const wish = { from: CALLER, to: '+447700900903', machineDetection: 'Enable', amdStatusCallback };
    await r.api.conferences('agent-7').participants.create(wish);
    await r.until(() => r.app.at('/amd').length === 1);
    expect(r.app.at('/amd')[0]?.params.AnsweredBy).toBe('machine_start');
  });

  test('announcements are played and told of; a document that cannot be had fails', async () => {
    const subscribe = `statusCallback="${r.app.url}/room" statusCallbackEvent="announcement"`;
    await r.call('client:agent_7', room(subscribe));
    const customer = await r.call('+447700900914', room());
    const [conference] = await r.api.conferences.list({ friendlyName: 'agent-7' });
    const live = r.api.conferences(conference?.sid ?? '');
    await live.update({ announceUrl: r.app.on('/say', '<Say>This conversation is recorded.</Say>') });
    await r.until(() => told().length === 1);
    await live.participants(customer).update({ announceUrl: r.app.on('/gone', { status: 404 }) });
    await r.until(() => told().length === 2);
    expect(eventNames()).toEqual(['announcement-end', 'announcement-fail']);
    expect(told()[1]).toMatchObject({ CallSid: customer, AnnouncementErrorCode: '11200' });
  });
});
