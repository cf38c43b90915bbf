/** What the tests of races share: a centre on the sandbox carrier, worked through or driven webhook by webhook. */
import { createHmac } from 'node:crypto';
import { afterEach } from 'vitest';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { PhoneNetwork } from '../../../dialer/simulation/call-plan.ts';
import { type Centre, type CentreOptions, openCentre } from '../../contracts/dialer/centre.ts';
import { openRig, type Rig, type RigOptions, TOKEN } from '../../flows/dialer/rig.ts';
import { useTestDatabase as testDatabase } from '../../support/database.ts';
import { agentsAtWork, allOver } from './floor-at-work.ts';

const START = Date.UTC(2026, 0, 6, 10);

export type RaceGround = {
  prisma(): PrismaClient;
  open(
    network: PhoneNetwork,
    centreOptions?: Partial<CentreOptions>,
    rigOptions?: Partial<RigOptions>,
  ): Promise<{ rig: Rig; centre: Centre }>;
  /** Agents work until every contact has been called and every call is closed. */
  workThrough(rig: Rig, centre: Centre, withinMs?: number): Promise<void>;
  outcomes(centre: Centre): Promise<(string | null)[]>;
};

/** A database for the file's tests, and an end to everything that each of them opened. */
export function raceGround(): RaceGround {
  const database = testDatabase({ maxConnections: 12 });
  const closers: (() => Promise<void>)[] = [];
  const prisma = () => database().database.client;

  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  return {
    prisma,

    async open(network, centreOptions = {}, rigOptions = {}) {
      // Centres of earlier tests of this file are done.
      await prisma().campaign.updateMany({ data: { state: 'finished' } });
      await prisma().agentDesk.updateMany({
        data: { presence: 'signed-out', activity: 'none', attemptId: null, campaignId: null },
      });
      await prisma().attempt.updateMany({ where: { live: true }, data: { live: false, state: 'ended' } });
      const settings = { pacing: { mode: 'progressive' }, limits: [], retry: [] };
      const centre = await openCentre(prisma(), {
        ...{ agents: 1, contacts: 2, now: START, demo: true, settings },
        ...centreOptions,
      });
      const rig = await openRig({ database: database().database, network, startMs: START, ...rigOptions });
      closers.push(() => rig.close());
      return { rig, centre };
    },

    // On a busy machine every webhook takes long, and there are some thirty one after the other.
    async workThrough(rig, centre, withinMs = 60_000) {
      await rig.dialer.start();
      const work = agentsAtWork(rig, centre.agents);
      closers.push(() => work.stop());
      await rig.until(() => allOver(prisma(), centre), 'all contacts are called and closed', withinMs);
      await work.stop();
    },

    outcomes: async (centre) =>
      (await prisma().attempt.findMany({ where: { campaignId: centre.campaignId } }))
        .map(({ outcome }) => outcome)
        .sort(),
  };
}

export const callsMade = (rig: Rig): number => rig.requests.filter((path) => path === '/telephony/customer').length;

/** The agent joins at the answer, and the detection listens beside. */
export const beside = { pacing: { mode: 'progressive' }, limits: [], retry: [], detectBeforeAgent: false };

/** A webhook as the carrier signs it, handed to one process. */
export const signed = (rig: Rig, path: string, form: Record<string, string>, { webhooks } = rig.dialer) => {
  const body = Object.keys(form)
    .sort()
    .map((name) => name + form[name])
    .join('');
  const signature = createHmac('sha1', TOKEN)
    .update(rig.publicUrl + path + body)
    .digest('base64');
  return webhooks.handle({
    method: 'POST',
    rawUrl: path,
    headers: { 'x-twilio-signature': signature },
    rawBody: new URLSearchParams(form).toString(),
  });
};
