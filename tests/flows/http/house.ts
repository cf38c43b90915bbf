/** A small centre for tests: two teams, a client, a campaign of the first team, one conversation with its recording. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { campaignSettings } from '../../../dialer/index.ts';
import { conversationSound } from '../../../dialer/adapters/phone-network/index.ts';
import type { HttpRig } from './rig.ts';

export type House = {
  centreId: string;
  teamIds: [string, string];
  clientIds: [string, string];
  campaignId: string;
  agentId: string;
  attemptId: string;
  recordingId: string;
  recordingBytes: number;
};

export async function makeHouse(rig: HttpRig): Promise<House> {
  const { client } = rig.services.database;
  const now = new Date(rig.clock.now());
  const settings = campaignSettings.parse({});
  const centre = await client.centre.create({
    data: { name: 'Centre', timeZone: 'Asia/Shanghai', workWeek: [1, 2, 3, 4, 5] },
  });
  const [one, two] = await Promise.all(
    ['One', 'Two'].map((name) => client.team.create({ data: { name, centreId: centre.id } })),
  );
  const [own, other] = await Promise.all(['Own', 'Other'].map((name) => client.client.create({ data: { name } })));
  if (one === undefined || two === undefined || own === undefined || other === undefined) throw new Error('not made');
  const place = { centreId: centre.id };
  const agentId = await rig.makeUser({ username: 'agent', role: 'agent', teamId: one.id, ...place });
  await rig.makeUser({ username: 'agent2', role: 'agent', teamId: one.id, ...place });
  await rig.makeUser({ username: 'lead', role: 'lead', teamId: one.id, ...place });
  await rig.makeUser({ username: 'lead2', role: 'lead', teamId: two.id, ...place });
  await rig.makeUser({ username: 'inspector', role: 'inspector', ...place });
  await rig.makeUser({ username: 'manager', role: 'manager', ...place });
  await rig.makeUser({ username: 'client', role: 'client', clientId: own.id });
  await rig.makeUser({ username: 'client2', role: 'client', clientId: other.id });
  await rig.makeUser({ username: 'admin', role: 'administrator' });
  const product = await client.product.create({ data: { clientId: own.id, name: 'Product', tariffText: 'free' } });
  const campaign = await client.campaign.create({
    data: {
      centreId: centre.id,
      clientId: own.id,
      productId: product.id,
      name: 'Campaign',
      state: 'paused',
      settings,
      createdAt: now,
      startedAt: now,
      demo: true,
      teams: { create: { teamId: one.id } },
      history: { create: { version: 1, settings, changedAt: now } },
    },
  });
  const list = await client.contactList.create({
    data: { campaignId: campaign.id, name: 'List', fileName: 'list.csv', state: 'ready', importedAt: now },
  });
  const contact = await client.contact.create({
    data: {
      campaignId: campaign.id,
      listId: list.id,
      name: 'Wang Xiaoming',
      timeZone: 'America/New_York',
      dueAt: now,
      state: 'finished',
      numbers: { create: { position: 1, number: '+12125550123' } },
    },
  });
  const sound = conversationSound(7, 2_000);
  await mkdir(join(rig.folder, 'recordings'), { recursive: true });
  await writeFile(join(rig.folder, 'recordings', 'a.wav'), sound);
  const attempt = await client.attempt.create({
    data: {
      campaignId: campaign.id,
      contactId: contact.id,
      number: '+12125550123',
      callerId: '+12125550190',
      mode: 'predictive',
      settingsVersion: 1,
      state: 'ended',
      live: false,
      agentId,
      intendedAt: now,
      answeredAt: now,
      connectedAt: now,
      endedAt: new Date(now.getTime() + 2_000),
      outcome: 'connected',
      disposition: 'refused',
      outcomeDetail: { fields: { reason: 'no-need' }, mustSayTicked: [], note: '', by: agentId },
      recording: {
        create: {
          campaignId: campaign.id,
          agentId,
          state: 'stored',
          talkStartedAt: now,
          talkMs: 2_000,
          durationMs: 2_000,
          channels: 2,
          bytes: sound.length,
          sha256: '0'.repeat(64),
          path: 'a.wav',
          storedAt: now,
        },
      },
    },
    include: { recording: true },
  });
  return {
    centreId: centre.id,
    teamIds: [one.id, two.id],
    clientIds: [own.id, other.id],
    campaignId: campaign.id,
    agentId,
    attemptId: attempt.id,
    recordingId: attempt.recording?.id ?? '',
    recordingBytes: sound.length,
  };
}
