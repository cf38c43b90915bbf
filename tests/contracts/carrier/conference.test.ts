import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Rig } from './rig.ts';
import { HUMAN, rig } from './rig.ts';

let r: Rig;
beforeEach(async () => {
  r = await rig();
});
afterEach(async () => {
  expect(r.app.seen.filter((one) => !one.validSignature)).toEqual([]);
  await r.stop();
});

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

describe('a standing conference', () => {
  test('an agent alone waits in init; the customer starts it; the customer leaves, the agent stays', async () => {
    const agentSid = await agent();
    await r.until(() => told().length === 1);
    const [conference] = await r.api.conferences.list({ friendlyName: 'agent-7' });
    expect(conference).toMatchObject({ status: 'init', friendlyName: 'agent-7', region: 'us1' });
    const customer = await r.call(HUMAN, room('participantLabel="attempt-1" endConferenceOnExit="false"'), {
      statusCallback: `${r.app.url}/status`,
    });
    await r.until(() => told().length === 3);
    expect(eventNames()).toEqual(['participant-join', 'conference-start', 'participant-join']);
    expect(told().find((one) => one.StatusCallbackEvent === 'conference-start')).not.toHaveProperty('CallSid');
    await r.until(() => r.app.at('/status').length === 1);
    // The person of the test number talks for 60 s once somebody is there.
    expect(Number(r.app.at('/status')[0]?.params.CallDuration)).toBeGreaterThanOrEqual(60);
    await r.until(() => told().length === 4);
    const leave = told().find((one) => one.StatusCallbackEvent === 'participant-leave');
    expect(leave).toMatchObject({
      CallSid: customer,
      ReasonParticipantLeft: 'participant_hung_up',
      ParticipantLabel: 'attempt-1',
      ParticipantCallStatus: 'completed',
      Muted: 'false',
      Hold: 'false',
      Coaching: 'false',
      EndConferenceOnExit: 'false',
      StartConferenceOnEnter: 'true',
      FriendlyName: 'agent-7',
    });
    expect(leave).not.toHaveProperty('CallStatus');
    expect(await r.api.calls(agentSid).fetch()).toMatchObject({ status: 'in-progress' });
    await r.api.calls(agentSid).update({ status: 'completed' });
    await r.until(() => told().length === 6);
    expect(eventNames().slice(4)).toEqual(['participant-leave', 'conference-end']);
    expect(told().find((one) => one.StatusCallbackEvent === 'conference-end')).toMatchObject({
      ReasonConferenceEnded: 'participant-with-end-conference-on-exit-left',
      CallSidEndingConference: agentSid,
      ParticipantLabelEndingConference: 'agent',
    });
  });

  test('a leg that is redirected leaves at once, with its own reason, and runs the new document', async () => {
    await agent();
    const customer = await r.call(HUMAN, room());
    await r.until(() => told().length === 3);
    const url = r.app.on('/elsewhere', '<Pause length="2"/>');
    await r.api.calls(customer).update({ url });
    await r.until(() => told().length === 4);
    expect(told().find((one) => one.StatusCallbackEvent === 'participant-leave')).toMatchObject({
      ReasonParticipantLeft: 'participant_updated_via_api',
      ParticipantCallStatus: 'in-progress',
    });
    await r.until(async () => (await r.api.calls(customer).fetch()).status === 'completed');
    expect(r.app.at('/elsewhere')).toHaveLength(1);
  });

  test('a label in use lets the leg fall through to the next verb', async () => {
    await agent();
    const second = r.app.on('/next', '<Hangup/>');
    const customer = await r.call(HUMAN, `${room('participantLabel="agent"')}<Redirect>${second}</Redirect>`);
    await r.until(() => r.app.at('/next').length === 1);
    const notes = await r.api.calls(customer).notifications.list();
    expect(notes.map((one) => one.errorCode)).toEqual(['16025']);
  });

  test('after a conference the action is asked without DialCallSid, and the verbs after Dial are never reached', async () => {
    const agentSid = await agent();
    const action = r.app.on('/after', '<Hangup/>');
    await r.call(HUMAN, `<Dial action="${action}"><Conference>agent-7</Conference></Dial><Redirect>/never</Redirect>`);
    await r.until(() => told().length === 3);
    await r.api.calls(agentSid).update({ status: 'completed' });
    await r.until(() => r.app.at('/after').length === 1);
    const params = r.app.at('/after')[0]?.params ?? {};
    expect(params).toMatchObject({ DialCallStatus: 'answered', DialBridged: 'true' });
    expect(params).not.toHaveProperty('DialCallSid');
    await r.pass(5_000);
    expect(r.app.at('/never')).toEqual([]);
  });

  test('coaching somebody who is not there fails to the action', async () => {
    await agent();
    const action = r.app.on('/after', '<Hangup/>');
    const coach = `CA${'f'.repeat(32)}`;
    await r.call('client:lead_1', `<Dial action="${action}"><Conference coach="${coach}">agent-7</Conference></Dial>`);
    await r.until(() => r.app.at('/after').length === 1);
    expect(r.app.at('/after')[0]?.params.DialCallStatus).toBe('failed');
  });

  test('callback settings are those of the first participant', async () => {
    await agent();
    await r.call(HUMAN, room(`statusCallback="${r.app.url}/other" statusCallbackEvent="join"`));
    await r.until(() => told().length === 3);
    expect(r.app.at('/other')).toEqual([]);
  });
});

describe('who speaks', () => {
  const speech = () =>
    told()
      .filter((one) => one.StatusCallbackEvent?.startsWith('participant-speech-'))
      .sort((a, b) => Number(a.SequenceNumber) - Number(b.SequenceNumber));
  const ears = () => `statusCallback="${r.app.url}/room" statusCallbackEvent="join leave speaker" waitUrl=""`;

  test('who asks for `speaker` is told when each leg begins and stops to speak, in turns, and of no other room', async () => {
    const agentSid = await r.call('client:agent_7', room(`${ears()} participantLabel="agent"`));
    await r.pass(20_000);
    expect(speech()).toEqual([]);
    const customer = await r.call('+447700900914', room('participantLabel="customer"'));
    await r.call('client:agent_8', room(CALLBACK(), 'agent-8'));
    await r.pass(60_000);
    for (const sid of [agentSid, customer]) {
      const own = speech().filter((one) => one.CallSid === sid);
      expect(own.length).toBeGreaterThan(8);
      // Of each leg: start, stop, start, stop …
      own.forEach((one, index) => {
        expect(one.StatusCallbackEvent).toBe(`participant-speech-${index % 2 === 0 ? 'start' : 'stop'}`);
      });
    }
    expect(speech()[0]).toMatchObject({
      CallSid: customer,
      ParticipantLabel: 'customer',
      FriendlyName: 'agent-7',
      Muted: 'false',
      Hold: 'false',
      Coaching: 'false',
    });
    expect(new Set(speech().map((one) => one.FriendlyName))).toEqual(new Set(['agent-7']));
  });

  test('nobody speaks who is muted, and whoever leaves has stopped before', async () => {
    await r.call('client:agent_7', room(`${ears()} participantLabel="agent"`));
    const customer = await r.call('+447700900914', room());
    const speaking = () => speech().filter((one) => one.CallSid === customer);
    await r.until(() => speaking().length === 1);
    const [conference] = await r.api.conferences.list({ friendlyName: 'agent-7' });
    await r.api
      .conferences(conference?.sid ?? '')
      .participants(customer)
      .update({ muted: true });
    await r.until(() => speaking().length === 2);
    await r.pass(30_000);
    expect(speaking().map((one) => one.StatusCallbackEvent)).toEqual([
      'participant-speech-start',
      'participant-speech-stop',
    ]);
    await r.api
      .conferences(conference?.sid ?? '')
      .participants(customer)
      .update({ muted: false });
    await r.until(() => speaking().length === 3);
    await r.api.calls(customer).update({ status: 'completed' });
    await r.until(() => told().some((one) => one.StatusCallbackEvent === 'participant-leave'));
    const of = told()
      .filter((one) => one.CallSid === customer)
      .sort((a, b) => Number(a.SequenceNumber) - Number(b.SequenceNumber));
    expect(of.slice(-2).map((one) => one.StatusCallbackEvent)).toEqual([
      'participant-speech-stop',
      'participant-leave',
    ]);
  });

  test('a customer in the room talks as soon as somebody called into it with early media answers', async () => {
    const customer = await r.call('+447700900913', room(), { statusCallback: `${r.app.url}/status` });
    await r.api.conferences('agent-7').participants.create({ to: '+447700900917', from: '+12025550100' });
    await r.until(() => r.app.at('/status').length === 1);
    // The desk phone answers after two seconds; the customer, who would hang up after eight alone, talks for 25 s.
    expect(Number((await r.api.calls(customer).fetch()).duration)).toBeGreaterThan(25);
  });
});

describe('who leaves whom', () => {
  test('a waitUrl that fails keeps the leg out; the document goes on', async () => {
    const next = r.app.on('/next', '<Hangup/>');
    const wait = r.app.on('/wait', { status: 500 });
    await r.call(HUMAN, `${room(`waitUrl="${wait}"`)}<Redirect>${next}</Redirect>`);
    await r.until(() => r.app.at('/next').length === 1);
  });

  test('two customers who may not start a room wait in it, hear nobody and hang up', async () => {
    const statusCallback = `${r.app.url}/status`;
    await r.call(HUMAN, room('startConferenceOnEnter="false"'), { statusCallback });
    await r.call(HUMAN, room('startConferenceOnEnter="false"'), { statusCallback });
    const [conference] = await r.api.conferences.list({ friendlyName: 'agent-7' });
    expect(conference?.status).toBe('init');
    await r.until(() => r.app.at('/status').length === 2);
    expect(r.app.at('/status').map((one) => one.params.CallDuration)).toEqual(['8', '8']);
  });

  test('a silent listener is no company; a held customer waits a minute; the talk goes on where it stopped', async () => {
    const statusCallback = `${r.app.url}/status`;
    await r.call('client:lead_1', room('muted="true"'));
    await r.call(HUMAN, room(), { statusCallback });
    await r.until(() => r.app.at('/status').length === 1);
    expect(r.app.at('/status')[0]?.params.CallDuration).toBe('8');
    await r.call('client:agent_7', room());
    const customer = await r.call('+447700900913', room('participantLabel="c"'), { statusCallback });
    const [conference] = await r.api.conferences.list({ friendlyName: 'agent-7', status: 'in-progress' });
    const seat = r.api.conferences(conference?.sid ?? '').participants('c');
    await r.pass(5_000);
    await seat.update({ hold: true });
    await r.pass(30_000);
    await seat.update({ hold: false });
    await r.until(() => r.app.at('/status').length === 2);
    // 25 s of talk and 30 s on hold.
    expect(Number((await r.api.calls(customer).fetch()).duration)).toBe(55);
  });
});
