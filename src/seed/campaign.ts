/** The demonstration's campaign: marked as one, so that no carrier but the sandbox dials it. */
import { type CampaignSettings, campaignSettings } from '../../dialer/index.ts';
import { questionnaireBody } from '../contract/surveys.ts';
import type { Database } from '../platform/database.ts';
import type { DemoHouse } from './organisation.ts';
import { demoOffers } from './offers.ts';
import { demoQuestionnaire } from './survey.ts';

/** Callable at any hour: whoever starts the demonstration should not have to wait for the morning. */
export const demoSettings: CampaignSettings = campaignSettings.parse({
  pacing: { mode: 'predictive', maxLines: 60, maxCallsPerSecond: 5, wrapUpSeconds: 90 },
  calling: { windows: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }] },
  messages: { language: 'en-US' },
});

/** Numbers reserved for fiction again, as callers. */
const callerIds = [
  { number: '+12125550190', region: '+1212' },
  { number: '+13125550191', region: '+1312' },
  { number: '+14155550192', region: '+1' },
  { number: '+447700900999', region: '+44' },
];

/** What the demonstration's campaign is called, and whom its customers see. */
export const demoCampaignFields = {
  name: 'Cloud Guard autumn 云守护秋季',
  purpose: 'marketing',
  callerIds: callerIds.map((caller) => ({ ...caller, dailyCap: null })),
} as const;

export async function makeCampaign(
  { client }: Pick<Database, 'client'>,
  house: DemoHouse,
  createdAt: number,
): Promise<{ campaignId: string; questionnaireId: string }> {
  const at = new Date(createdAt);
  const manager = house.userIds.get('manager') ?? null;
  const { id, questionnaires } = await client.campaign.create({
    data: {
      centreId: house.centreId,
      clientId: house.clientId,
      productId: house.productId,
      scriptVersionId: house.scriptVersionId,
      name: 'Cloud Guard autumn 云守护秋季',
      purpose: 'marketing',
      // Quality's days count from now on, calls do not.
      state: 'paused',
      settings: demoSettings,
      createdAt: at,
      demo: true,
      teams: { create: house.teamIds.map((teamId) => ({ teamId })) },
      callerIds: { create: callerIds.map((caller) => ({ ...caller, dailyCap: null })) },
      history: {
        create: { version: 1, settings: demoSettings, changedAt: at, changedBy: manager },
      },
      questionnaires: {
        create: {
          ...{ version: 1, state: 'published', inForce: true, body: questionnaireBody.parse(demoQuestionnaire) },
          ...{ createdAt: at, createdBy: manager, publishedAt: at, publishedBy: manager },
        },
      },
    },
    include: { questionnaires: true },
  });
  for (const terms of demoOffers(at.toISOString().slice(0, 10)))
    await client.offer.create({
      data: {
        ...{ campaignId: id, terms, createdAt: at },
        history: { create: { version: 1, state: 'offered', terms, changedAt: at, changedBy: manager } },
      },
    });
  return { campaignId: id, questionnaireId: questionnaires[0]?.id ?? '' };
}
