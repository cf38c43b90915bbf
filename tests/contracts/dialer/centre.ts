/** A small centre in the database for the dialler's tests: one campaign, one team, agents, contacts. */
import { randomUUID } from 'node:crypto';
import { campaignSettings } from '../../../dialer/rules/campaign-settings.ts';
import type { PrismaClient } from '../../../prisma/generated/client.ts';

export type Centre = {
  campaignId: string;
  teamId: string;
  centreId: string;
  listId: string;
  agents: string[];
  contacts: string[];
};

export type CentreOptions = {
  agents?: number;
  contacts?: number;
  settings?: unknown;
  demo?: boolean;
  state?: string;
  now: number;
};

/** A number reserved for fiction: +1 NXX 555 01XX. */
export const fictionNumber = (index: number): string =>
  `+1${200 + Math.floor(index / 100)}555${String(100 + (index % 100)).padStart(4, '0')}`;

export async function openCentre(prisma: PrismaClient, options: CentreOptions): Promise<Centre> {
  const [centreId, clientId, productId, scriptId, scriptVersionId, campaignId, teamId, listId] = Array.from(
    { length: 8 },
    () => randomUUID(),
  );
  if (!centreId || !clientId || !productId || !scriptId || !scriptVersionId || !campaignId || !teamId || !listId)
    throw new Error('ids');
  const now = new Date(options.now);
  const settings = campaignSettings.parse(options.settings ?? {});
  await prisma.centre.create({
    data: { id: centreId, name: 'Centre', timeZone: 'UTC', workWeek: [1, 2, 3, 4, 5, 6, 7] },
  });
  await prisma.client.create({ data: { id: clientId, name: 'Operator' } });
  await prisma.product.create({ data: { id: productId, clientId, name: 'Plan', tariffText: '5 a month' } });
  await prisma.script.create({ data: { id: scriptId, productId, name: 'Script' } });
  await prisma.scriptVersion.create({
    data: {
      id: scriptVersionId,
      scriptId,
      version: 1,
      body: { steps: [], mustSay: [] },
      textHash: 'x',
      state: 'approved',
      createdAt: now,
    },
  });
  await prisma.team.create({ data: { id: teamId, centreId, name: 'Team' } });
  await prisma.campaign.create({
    data: {
      id: campaignId,
      centreId,
      clientId,
      productId,
      scriptVersionId,
      name: 'Campaign',
      state: options.state ?? 'running',
      settings,
      createdAt: now,
      startedAt: now,
      demo: options.demo ?? false,
      teams: { create: { teamId } },
      callerIds: { create: { number: '+12025550100' } },
    },
  });
  await prisma.contactList.create({
    data: { id: listId, campaignId, name: 'List', fileName: 'list.csv', state: 'ready', importedAt: now },
  });
  const agents = Array.from({ length: options.agents ?? 1 }, () => randomUUID());
  await prisma.user.createMany({
    data: agents.map((id, index) => ({
      id,
      username: `agent-${id}`,
      displayName: `Agent ${index}`,
      passwordHash: '-',
      role: 'agent',
      centreId,
      teamId,
      joinedAt: now,
    })),
  });
  const contacts = Array.from({ length: options.contacts ?? 1 }, () => randomUUID());
  await prisma.contact.createMany({
    data: contacts.map((id, index) => ({
      id,
      campaignId,
      listId,
      line: index + 1,
      name: `Customer ${index}`,
      timeZone: 'UTC',
      dueAt: now,
    })),
  });
  await prisma.contactNumber.createMany({
    data: contacts.map((contactId, index) => ({ contactId, position: 0, number: fictionNumber(index) })),
  });
  return { campaignId, teamId, centreId, listId, agents, contacts };
}

/** An attempt as the contact picker leaves it: intended, its contact in the attempt. */
export async function intend(
  prisma: PrismaClient,
  centre: Centre,
  contactIndex: number,
  now: number,
  agentId: string | null = null,
): Promise<string> {
  const contactId = centre.contacts[contactIndex];
  if (contactId === undefined) throw new Error('no such contact');
  await prisma.contact.update({ where: { id: contactId }, data: { state: 'in-attempt', attempts: { increment: 1 } } });
  const attempt = await prisma.attempt.create({
    data: {
      campaignId: centre.campaignId,
      contactId,
      number: fictionNumber(contactIndex),
      callerId: '+12025550100',
      mode: 'predictive',
      settingsVersion: 1,
      state: 'intended',
      agentId,
      intendedAt: new Date(now),
    },
  });
  return attempt.id;
}
