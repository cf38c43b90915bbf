import type { Prisma, PrismaClient } from '../../../prisma/generated/client.ts';
import type { CampaignRow, Campaigns } from '../../ports/campaigns.ts';
import { campaignPurposes, campaignStates } from '../../rules/campaign.ts';
import { campaignSettings } from '../../rules/campaign-settings.ts';
import { z } from 'zod';

const state = z.enum(campaignStates);
const purpose = z.enum(campaignPurposes);

/** Campaigns in PostgreSQL. Settings are read through their schema, so that an older document gets today's defaults. */
export function createCampaigns(prisma: PrismaClient): Campaigns {
  return {
    async load(campaignId): Promise<CampaignRow | null> {
      const row = await prisma.campaign.findUnique({
        where: { id: campaignId },
        include: { client: true, centre: true },
      });
      if (row === null) return null;
      return {
        id: row.id,
        name: row.name,
        state: state.parse(row.state),
        purpose: purpose.parse(row.purpose),
        demo: row.demo,
        settings: campaignSettings.parse(row.settings),
        settingsVersion: row.settingsVersion,
        clientName: row.client.name,
        timeZone: row.centre.timeZone,
        scriptVersionId: row.scriptVersionId,
      };
    },

    running: () =>
      prisma.campaign.findMany({ where: { state: 'running' }, select: { id: true }, orderBy: { id: 'asc' } }),

    async startFacts(campaignId) {
      const rows = await prisma.$queryRaw<
        {
          state: string;
          demo: boolean;
          script: string | null;
          lists: number;
          waiting: number;
          caller_ids: number;
          teams: number;
        }[]
      >`
        SELECT c.state, c.demo, (SELECT s.state FROM script_version s WHERE s.id = c.script_version_id) AS script,
          (SELECT count(*)::int FROM contact_list l WHERE l.campaign_id = c.id AND l.state = 'ready'
            AND EXISTS (SELECT 1 FROM contact y WHERE y.campaign_id = c.id AND y.list_id = l.id))
            + (SELECT count(*)::int FROM call_plan p WHERE p.campaign_id = c.id AND p.state = 'active') AS lists,
          (SELECT count(*)::int FROM (SELECT 1 FROM contact x JOIN contact_list r ON r.id = x.list_id AND r.state = 'ready'
            WHERE x.campaign_id = c.id AND x.state = 'waiting' LIMIT 1) y) AS waiting,
          (SELECT count(*)::int FROM caller_id n WHERE n.campaign_id = c.id) AS caller_ids,
          (SELECT count(*)::int FROM campaign_team t WHERE t.campaign_id = c.id) AS teams
        FROM campaign c WHERE c.id = ${campaignId}::uuid`;
      const [row] = rows;
      if (row === undefined) return null;
      return {
        state: state.parse(row.state),
        demo: row.demo,
        scriptState: row.script,
        readyLists: row.lists,
        waitingContacts: row.waiting,
        callerIds: row.caller_ids,
        teams: row.teams,
      };
    },

    async move(campaignId, from, to, now) {
      const started = to === 'running' ? { startedAt: new Date(now) } : {};
      const { count } = await prisma.campaign.updateMany({
        where: { id: campaignId, state: { in: from } },
        data: { state: to, ...started },
      });
      return count === 1;
    },

    async saveSettings({ campaignId, expectedVersion, settings, by, now }) {
      const version = expectedVersion + 1;
      const document: Prisma.InputJsonValue = settings;
      return prisma.$transaction(async (tx) => {
        const { count } = await tx.campaign.updateMany({
          where: { id: campaignId, settingsVersion: expectedVersion },
          data: { settings: document, settingsVersion: version },
        });
        if (count === 0) return false;
        await tx.campaignSettings.create({
          data: { campaignId, version, settings: document, changedAt: new Date(now), changedBy: by },
        });
        return true;
      });
    },

    async agentPlace(userId) {
      const user = await prisma.user.findUnique({
        where: { id: userId },
        include: {
          team: { include: { campaigns: { where: { campaign: { state: 'running' } }, include: { campaign: true } } } },
        },
      });
      if (user === null) return null;
      return {
        teamId: user.teamId,
        active: user.active,
        role: user.role,
        phoneAddress: user.phoneAddress,
        campaigns: (user.team?.campaigns ?? []).map(({ campaign }) => ({
          id: campaign.id,
          startedAt: campaign.startedAt?.getTime() ?? null,
        })),
      };
    },

    async anyCallerId(campaignId) {
      const row = await prisma.callerId.findFirst({ where: { campaignId }, orderBy: { number: 'asc' } });
      return row?.number ?? null;
    },
  };
}
