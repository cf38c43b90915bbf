/** Supervisors in agents' rooms: nobody hears them, the agent hears them, both do, or the customer is theirs. */
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { readVoices } from '../../../src/http/voices.ts';
import { useTestDatabase as testDatabase } from '../../support/database.ts';
import { type Floor, openFloor } from './transfer-rig.ts';

const database = testDatabase({ maxConnections: 12 });
let floor: Floor;

afterEach(() => floor.rig.close());

async function supervisor({ prisma, centre }: Floor): Promise<string> {
  const id = randomUUID();
  await prisma.user.create({
    data: {
      id,
      username: `lead-${id}`,
      displayName: 'Lead',
      passwordHash: '-',
      role: 'lead',
      centreId: centre.centreId,
      teamId: centre.teamId,
      joinedAt: new Date(),
    },
  });
  return id;
}

const joined = (floor: Floor, lead: string) =>
  floor.rig.until(async () => {
    const view = await floor.rig.dialer.listening.current(lead);
    return view?.state === 'joined' && view;
  }, 'the lead is in the room');

const seatOf = async (floor: Floor, leg: string, listeningId: string) =>
  (await floor.roomOf(leg))?.find(({ label }) => label === `listener-${listeningId}`);

describe('listening', () => {
  it('goes from listening to whispering, speaking and taking over; each is what the carrier was told', async () => {
    floor = await openFloor(database());
    const { rig, anna } = floor;
    const { listening, agents } = rig.dialer;
    const attemptId = await floor.talking();
    const leg = await floor.customerLeg(attemptId);
    const lead = await supervisor(floor);
    const { listeningId } = await listening.start(lead, { agentId: anna, mode: 'listen' });
    await joined(floor, lead);
    expect(await seatOf(floor, leg, listeningId)).toMatchObject({ muted: true, coaching: false });
    await expect(listening.start(lead, { agentId: anna, mode: 'barge' })).rejects.toMatchObject({
      code: 'already-listening',
    });
    await listening.change(lead, 'whisper');
    const whispering = await seatOf(floor, leg, listeningId);
    const { legId } = await floor.prisma.agentDesk.findUniqueOrThrow({ where: { userId: anna } });
    expect(whispering).toMatchObject({ muted: false, coaching: true, callSidToCoach: legId });
    await listening.change(lead, 'barge');
    expect(await seatOf(floor, leg, listeningId)).toMatchObject({ muted: false, coaching: false });
    expect(await listening.takeOver(lead)).toMatchObject({ mode: 'taken-over' });
    await floor.is(anna, (view) => view.activity === 'wrap-up' && view.legState === 'joined', 'Anna has left');
    // The agent writes the call up; who went on with the customer is in its journal.
    const taken = await floor.prisma.attemptEvent.findFirst({ where: { attemptId, kind: 'taken-over' } });
    expect(taken?.data).toEqual({ by: lead });
    const there = (await floor.roomOf(leg))?.map(({ label }) => label).sort();
    expect(there).toEqual([attemptId, `listener-${listeningId}`]);
    await agents.saveOutcome(anna, { attemptId, disposition: { kind: 'undecided' }, mustSayTicked: [], note: '' });
    await floor.is(anna, (view) => view.activity === 'ready', 'Anna is ready');
    await rig.clock.sleep(4_000);
    await listening.stop(lead);
    await rig.until(async () => (await floor.attempt(attemptId)).state === 'ended', 'the call is over');
    expect(await floor.attempt(attemptId)).toMatchObject({ agentId: anna, outcome: 'connected', abandonedAt: null });
    expect(await listening.current(lead)).toBeNull();
    // The call's record says whose voice it was from when on, and the end of it is on its way to the audit log.
    const viewer = { userId: lead, role: 'inspector', centreId: null, teamId: null, clientId: null } as const;
    const { voices } = await readVoices(floor.prisma, viewer, attemptId);
    expect(voices).toMatchObject([
      { who: 'agent', person: { id: anna } },
      { who: 'supervisor', person: { id: lead, name: 'Lead' } },
    ]);
    expect(voices[1]?.fromMs).toBeGreaterThan(voices[0]?.fromMs ?? 0);
    const blind = await readVoices(floor.prisma, viewer, attemptId, false);
    expect(blind.voices.map(({ person }) => person)).toEqual([null, null]);
    expect(await floor.prisma.handoff.findMany({ where: { topic: 'listening-over' } })).toMatchObject([
      { payload: { listeningId } },
    ]);
    expect(rig.warnings).toEqual([]);
  });

  it('ends with the agent’s line, and is refused where there is none', async () => {
    floor = await openFloor(database());
    const { rig, anna, ben } = floor;
    const { listening, agents } = rig.dialer;
    await floor.talking();
    const lead = await supervisor(floor);
    await listening.start(lead, { agentId: ben, mode: 'whisper' });
    await joined(floor, lead);
    await agents.signOut(ben);
    await rig.until(async () => (await listening.current(lead)) === null, 'nobody is listened to');
    await expect(listening.start(lead, { agentId: ben, mode: 'listen' })).rejects.toMatchObject({
      code: 'agent-not-signed-in',
    });
    // Nobody who has no customer can be relieved of one.
    await agents.hangUp(anna);
    await floor.is(anna, (view) => view.activity === 'wrap-up', 'wrap-up');
    await listening.start(lead, { agentId: anna, mode: 'listen' });
    await joined(floor, lead);
    await expect(listening.takeOver(lead)).rejects.toMatchObject({ code: 'transfer-impossible' });
  });
});
