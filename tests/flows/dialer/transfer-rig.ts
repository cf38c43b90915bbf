/** Agents with customers on the line, for the tests of hold, transfer and listening. */
import type { AgentView } from '../../../dialer/index.ts';
import type { PhoneNetwork } from '../../../dialer/simulation/call-plan.ts';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { type Centre, type CentreOptions, openCentre } from '../../contracts/dialer/centre.ts';
import type { TestDatabase } from '../../support/database.ts';
import { everybody, openRig, person, type Rig, type RigOptions } from './rig.ts';

export const START = Date.UTC(2026, 0, 6, 10);

export type Floor = {
  rig: Rig;
  centre: Centre;
  prisma: PrismaClient;
  /** The first agent, and the second one, who is free. */
  anna: string;
  ben: string;
  view(userId: string): Promise<AgentView>;
  is(userId: string, fits: (view: AgentView) => boolean, what: string): Promise<AgentView>;
  /** Anna speaks with a customer, Ben is ready and nobody else waits to be called. Answers the attempt's id. */
  talking(): Promise<string>;
  attempt(id: string): ReturnType<PrismaClient['attempt']['findUniqueOrThrow']>;
  customerLeg(id: string): Promise<string>;
  journal(id: string): Promise<string[]>;
  /** Who sits together in the room in which this leg is; null: in none. */
  roomOf(legId: string): Promise<Seat[] | null>;
  seat(legId: string): Promise<Seat | null>;
};

export type Seat = {
  callSid: string;
  label: string;
  hold: boolean;
  muted: boolean;
  coaching: boolean;
  callSidToCoach: string;
};

export async function openFloor(
  database: TestDatabase,
  options: { network?: PhoneNetwork; centre?: Partial<CentreOptions>; rig?: Partial<RigOptions> } = {},
): Promise<Floor> {
  const prisma = database.database.client;
  await prisma.campaign.updateMany({ data: { state: 'finished' } });
  await prisma.agentDesk.deleteMany();
  await prisma.attempt.updateMany({ where: { live: true }, data: { live: false, state: 'ended' } });
  const settings = { pacing: { mode: 'progressive' }, limits: [], retry: [] };
  const centre = await openCentre(prisma, {
    agents: 2,
    contacts: 1,
    now: START,
    demo: true,
    settings,
    ...options.centre,
  });
  const rig = await openRig({
    database: database.database,
    network: options.network ?? everybody(person(120_000)),
    startMs: START,
    speed: 8,
    ...options.rig,
  });
  const [anna = '', ben = ''] = centre.agents;
  const { agents } = rig.dialer;
  const floor: Floor = {
    rig,
    centre,
    prisma,
    anna,
    ben,
    view: (userId) => agents.view(userId),
    is: (userId, fits, what) =>
      rig.until(async () => {
        const view = await agents.view(userId);
        return fits(view) && view;
      }, what),
    async talking() {
      await rig.dialer.start();
      await agents.signIn(anna, {});
      const { call } = await floor.is(anna, (view) => view.activity === 'talking', 'Anna talks');
      await agents.signIn(ben, {});
      await floor.is(ben, (view) => view.activity === 'ready', 'Ben is ready');
      return call?.attemptId ?? '';
    },
    attempt: (id) => prisma.attempt.findUniqueOrThrow({ where: { id } }),
    async customerLeg(id) {
      return (await floor.attempt(id)).carrierCallId ?? '';
    },
    async roomOf(legId) {
      for (const { sid } of await rig.carrier.conferences.list({ limit: 50 })) {
        const seats = await rig.carrier.conferences(sid).participants.list({ limit: 50 });
        if (seats.some(({ callSid }) => callSid === legId)) return seats;
      }
      return null;
    },
    async seat(legId) {
      return (await floor.roomOf(legId))?.find(({ callSid }) => callSid === legId) ?? null;
    },
    async journal(id) {
      const events = await prisma.attemptEvent.findMany({ where: { attemptId: id }, orderBy: { id: 'asc' } });
      return events.map(({ kind }) => kind);
    },
  };
  return floor;
}
