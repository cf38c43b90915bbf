import { afterEach, describe, expect, it } from 'vitest';
import { useTestDatabase as testDatabase } from '../../support/database.ts';
import { openCentre } from '../../contracts/dialer/centre.ts';
import { everybody, openRig, person, type Rig } from './rig.ts';

const database = testDatabase({ maxConnections: 12 });
const START = Date.UTC(2026, 0, 6, 10);
let rig: Rig | null = null;

afterEach(async () => {
  await rig?.close();
  rig = null;
});

describe('the life of a call', () => {
  it('goes from the list to a stored recording and a saved outcome', async () => {
    const { client: prisma } = database().database;
    const settings = { pacing: { mode: 'progressive' } };
    const centre = await openCentre(prisma, { agents: 1, contacts: 2, now: START, demo: true, settings });
    const opened = await openRig({ database: database().database, network: everybody(person(20_000)), startMs: START });
    rig = opened;
    const { dialer, until } = opened;
    const [agent = ''] = centre.agents;
    await dialer.start();
    expect((await dialer.agents.signIn(agent, {})).presence).toBe('signed-in');
    const talking = await until(async () => {
      const view = await dialer.agents.view(agent);
      return view.activity === 'talking' && view;
    }, 'the agent talks');
    expect(talking.call).toMatchObject({ state: 'connected', contactName: expect.stringMatching(/^Customer/) });
    expect(talking.call?.numberMasked).not.toContain('555');
    const done = await until(async () => {
      const view = await dialer.agents.view(agent);
      return view.activity === 'wrap-up' && view;
    }, 'the customer hangs up');
    const attemptId = done.call?.attemptId ?? '';
    await dialer.agents.saveOutcome(agent, {
      attemptId,
      disposition: { kind: 'opt-out', words: 'never again' },
      mustSayTicked: [],
      note: '',
    });
    const attempt = await prisma.attempt.findUniqueOrThrow({ where: { id: attemptId } });
    expect(attempt).toMatchObject({ state: 'ended', outcome: 'connected', disposition: 'opt-out', live: false });
    expect(opened.blacklisted).toEqual([attempt.number]);
    const recording = await until(
      () => prisma.recording.findFirst({ where: { attemptId, state: 'stored' } }),
      'the recording is stored',
    );
    expect(recording.channels).toBe(2);
    expect(recording.durationMs ?? 0).toBeGreaterThan((recording.talkMs ?? 0) - 3_000);
    const file = await dialer.openRecording(recording.id);
    expect(file).toMatchObject({ bytes: recording.bytes, sha256: recording.sha256 });
    const topics = (await prisma.handoff.findMany()).map(({ topic }) => topic);
    expect(topics).toEqual(expect.arrayContaining(['conversation-closed', 'recording-stored']));
    // The next one was a machine, which the detection had not heard: it is no conversation in any figure.
    const next = await until(async () => {
      const { activity, call } = await dialer.agents.view(agent);
      return activity === 'wrap-up' && call?.attemptId !== attemptId && call;
    }, 'another call is over');
    const machine = {
      attemptId: next.attemptId,
      disposition: { kind: 'machine' as const },
      mustSayTicked: [],
      note: '',
    };
    await dialer.agents.saveOutcome(agent, machine);
    expect(await prisma.attempt.findUniqueOrThrow({ where: { id: next.attemptId } })).toMatchObject({
      ...{ outcome: 'connected', disposition: 'machine', detection: 'machine' },
    });
    expect((await dialer.live(centre.campaignId)).today).toMatchObject({ answered: 1, connected: 1 });
    expect(opened.warnings).toEqual([]);
  });

  it('an agent who was gone when the server came back after a night was signed in until the evening', async () => {
    const { client: prisma } = database().database;
    const grace = 600_000;
    const night = 10 * 3_600_000;
    const centre = await openCentre(prisma, { agents: 1, contacts: 0, now: START - 2 * night, demo: true });
    const opened = await openRig({
      database: database().database,
      network: everybody(person(20_000)),
      startMs: START,
      options: { browserGraceMs: grace },
    });
    rig = opened;
    const [agent = ''] = centre.agents;
    const first = opened.dialer;
    await first.start();
    await first.agents.signIn(agent, { campaignId: centre.campaignId });
    await opened.until(async () => (await first.agents.view(agent)).activity === 'ready', 'the agent is ready');
    await first.stop();
    const { seenAt } = await prisma.agentDesk.findUniqueOrThrow({ where: { userId: agent } });
    // The night passes: everything that was written lies ten hours back.
    await prisma.$executeRaw`UPDATE agent_interval SET started_at = started_at - interval '10 h', ended_at = ended_at - interval '10 h'`;
    await prisma.$executeRaw`UPDATE agent_desk SET since = since - interval '10 h', seen_at = seen_at - interval '10 h'`;
    await opened.another().start();
    await opened.until(
      async () => (await prisma.agentDesk.findUniqueOrThrow({ where: { userId: agent } })).presence === 'signed-out',
      'the agent is signed out',
    );
    const spans = await prisma.agentInterval.findMany({ where: { userId: agent, presence: 'signed-in' } });
    const ends = spans.map(({ endedAt }) => endedAt?.getTime() ?? Number.POSITIVE_INFINITY);
    expect(Math.max(...ends)).toBe(seenAt.getTime() - night + grace);
  });
});
