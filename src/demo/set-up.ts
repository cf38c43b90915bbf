/** Before the shift: the house, as many agents as asked for, the campaign, and its list through the real import. */
import { demoCampaignFields, demoSettings } from '../seed/campaign.ts';
import { demoList, worldSize } from '../seed/contacts.ts';
import { makeHouse } from '../seed/organisation.ts';
import { demoPassword } from '../seed/people.ts';
import type { ApiClient } from './api-client.ts';
import type { DemoOptions } from './options.ts';
import type { Stage } from './stage.ts';

export type House = { campaignId: string; usernames: string[]; manager: ApiClient };

/** Pacing of the demo's campaign: the seed's, with lines and call rate for the team. */
export const pacingFor = ({
  agents,
  band,
  maxAbandonRate,
}: Pick<DemoOptions, 'agents' | 'band' | 'maxAbandonRate'>) => ({
  ...demoSettings.pacing,
  band,
  maxAbandonRate,
  maxLines: Math.max(60, agents * 6),
  maxCallsPerSecond: 30,
});

/** Attempts an agent needs in an hour at most, answers being rare. */
const contactsPerAgentHour = 90;

export async function setUp(stage: Stage, options: DemoOptions): Promise<House> {
  const { agents, minutes, seed } = options;
  const { database, clock } = stage.product;
  const house = await makeHouse(database, clock.now());
  const admin = await stage.signIn('admin');
  const usernames: string[] = [];
  for (let index = 0; index < agents; index += 1) {
    const username = `worker${index + 1}`;
    await admin.call('POST /api/users', {
      body: {
        username,
        password: demoPassword,
        displayName: `Worker ${index + 1}`,
        role: 'agent',
        centreId: house.centreId,
        teamId: house.teamIds[0] ?? null,
      },
    });
    usernames.push(username);
  }
  const manager = await stage.signIn('manager');
  const { id: campaignId } = await manager.call('POST /api/campaigns', {
    body: {
      ...demoCampaignFields,
      centreId: house.centreId,
      productId: house.productId,
      scriptVersionId: house.scriptVersionId,
      teamIds: house.teamIds,
      settings: {
        ...demoSettings,
        pacing: pacingFor(options),
      },
    },
  });
  // A campaign made by hand is an ordinary one; marked as a demonstration, only the sandbox will dial it.
  await database.client.campaign.update({ where: { id: campaignId }, data: { demo: true } });

  const wanted = Math.min(worldSize, Math.max(500, Math.ceil((contactsPerAgentHour * agents * minutes) / 60)));
  const file = demoList((seed * 7919) % (worldSize - wanted + 1), wanted, true);
  const form = new FormData();
  form.set('name', 'Demo list');
  form.set('file', new Blob([new Uint8Array(file)], { type: 'text/csv' }), 'demo.csv');
  await manager.call('POST /api/campaigns/:id/lists', { params: { id: campaignId }, body: form });
  await manager.call('POST /api/campaigns/:id/start', { params: { id: campaignId } });
  return { campaignId, usernames, manager };
}
