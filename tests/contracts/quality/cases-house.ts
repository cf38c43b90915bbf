/** A centre with people and calls of one campaign, and the cases workflow on the test database. */
import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { endOfWorkingDay, startOfWorkingDayBefore } from '../../../dialer/rules/calendar.ts';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { caseReads } from '../../../qa/adapters/store/case-reads.ts';
import { conversationIntake } from '../../../qa/adapters/store/conversations.ts';
import { qualityStore } from '../../../qa/adapters/store/quality-store.ts';
import type { CampaignQuality, QualityEvent } from '../../../qa/ports/surroundings.ts';
import type { Role, Viewer } from '../../../qa/ports/viewer.ts';
import { createCases, type NewCaseTold } from '../../../qa/workflow/cases.ts';
import type { ConversationFacts } from '../../../qa/ports/conversation.ts';
import { fictional, makeWorld } from '../../fixtures/campaign.ts';

export const zone = 'Asia/Shanghai';
export const at = (text: string): number => DateTime.fromISO(text, { zone }).toMillis();
export type Call = {
  attemptId: string;
  contactId: string;
  recordingId: string;
  number: string;
  facts: ConversationFacts;
};

const weekly = { timeZone: zone, workWeek: [1, 2, 3, 4, 5] };
/** A Wednesday that is a holiday and the Saturday made up for it. */
const calendar = {
  ...weekly,
  exceptions: new Map([
    ['2026-11-25', false],
    ['2026-11-28', true],
  ]),
};
const working = (of: typeof calendar) => ({
  addWorkingDays: (from: number, days: number) => endOfWorkingDay(of, from, days) ?? Number.NaN,
  subtractWorkingDays: (before: number, days: number) => startOfWorkingDayBefore(of, before, days) ?? Number.NaN,
});

export async function makeHouse(client: PrismaClient) {
  let now = at('2026-11-23T10:00');
  const events: QualityEvent[] = [];
  const world = await makeWorld(client, now);
  const { centreId, clientId, campaignId, teamId } = world;
  const list = await client.contactList.create({
    data: { campaignId, name: 'List', fileName: 'list.csv', state: 'ready', importedAt: new Date(now) },
  });

  async function person(role: Role, team: string | null = null): Promise<Viewer> {
    const id = randomUUID();
    const ofClient = role === 'client' ? clientId : null;
    const place = { centreId: ofClient === null ? centreId : null, teamId: team, clientId: ofClient };
    const login = { username: id, displayName: role, passwordHash: '', joinedAt: new Date(now) };
    await client.user.create({ data: { id, role, ...login, ...place } });
    return { userId: id, role, ...place };
  }
  const people = {
    agent: await person('agent', teamId),
    otherAgent: await person('agent'),
    lead: await person('lead', teamId),
    manager: await person('manager'),
    supervisor: await person('supervisor'),
    inspector: await person('inspector'),
    client: await person('client'),
  };

  const campaign: CampaignQuality = {
    campaignId,
    centreId,
    clientId,
    name: 'Campaign',
    purpose: 'marketing',
    timeZone: zone,
    calendar: working(calendar),
    trialDays: 0,
    frame: 'sales',
    dailyRate: 0.1,
    weeklyRate: 0.05,
    weeklyOverlap: 2,
    tightenedMultiple: 3,
    recheckAll: false,
    correctiveDeadlineWorkingDays: 1,
    holdForQuality: false,
    twoStepClose: false,
    replyWithinDays: 1,
    forced: { longerThanSeconds: null, shorterThanSeconds: null, firstDaysOfAgent: 0, complaints: true },
  };
  const cases = createCases({
    store: qualityStore(client, () => async (id) => (id === campaignId ? campaign : null)),
    reads: caseReads(client),
    campaigns: { all: async () => [campaign], of: async (id) => (id === campaignId ? campaign : null) },
    centreCalendar: async () => working({ ...weekly, exceptions: new Map() }),
    normalNumber: (told) => (/^\+\d{8,15}$/.test(told.replaceAll(' ', '')) ? told.replaceAll(' ', '') : null),
    clock: { now: () => now },
    publish: (event) => events.push(event),
  });

  let serial = 0;
  /** A conversation as the dialler leaves it; `closed` false: quality has not been told of it. */
  async function call({
    number,
    agent = people.agent,
    stored = true,
    closed = true,
    talked = true,
  }: {
    number?: string;
    agent?: Viewer;
    stored?: boolean;
    closed?: boolean;
    talked?: boolean;
  } = {}): Promise<Call> {
    serial += 1;
    return place(number ?? fictional(serial), agent, { stored, closed, talked });
  }

  async function place(
    number: string,
    agent: Viewer,
    { stored, closed, talked }: { stored: boolean; closed: boolean; talked: boolean },
  ): Promise<Call> {
    const connectedAt = now - 600_000;
    const [attemptId, recordingId] = [randomUUID(), randomUUID()];
    const contact = await client.contact.create({
      data: { campaignId, listId: list.id, timeZone: zone, dueAt: new Date(now) },
    });
    const times = { intendedAt: new Date(connectedAt - 20_000), placedAt: new Date(connectedAt - 20_000) };
    const talk = talked ? { connectedAt: new Date(connectedAt), agentId: agent.userId } : {};
    const state = { state: 'ended', live: false, endedAt: new Date(connectedAt + 60_000), mode: 'progressive' };
    const about = { number, callerId: '+12125550190', settingsVersion: 1 };
    const ids = { id: attemptId, campaignId, contactId: contact.id };
    await client.attempt.create({ data: { ...ids, ...times, ...talk, ...state, ...about } });
    if (talked)
      await client.recording.create({
        data: {
          id: recordingId,
          attemptId,
          campaignId,
          agentId: agent.userId,
          state: stored ? 'stored' : 'expected',
          talkStartedAt: new Date(connectedAt),
        },
      });
    const facts: ConversationFacts = {
      attemptId,
      campaignId,
      contactId: contact.id,
      agentId: agent.userId,
      teamId: agent.teamId,
      purpose: 'marketing',
      settingsVersion: 1,
      scriptVersionId: null,
      connectedAt,
      endedAt: connectedAt + 60_000,
      talkMs: 60_000,
      disposition: 'complaint',
      detail: { kind: 'complaint', words: 'Called at night' },
      selfCheck: null,
      mustSayTicked: [],
      note: '',
      origin: null,
      demo: false,
      recordingId,
    };
    if (talked && closed) await conversationIntake(client).close({ ...facts, day: '2026-11-23' });
    return { attemptId, contactId: contact.id, recordingId, number, facts };
  }

  const told = (file: Partial<NewCaseTold>): NewCaseTold => ({
    kind: 'complaint',
    channel: 'hotline',
    words: 'The agent was rude',
    serious: false,
    department: '',
    attemptId: null,
    number: null,
    campaignId: null,
    recordingId: null,
    ...file,
  });

  /** What quality owes the dialler because of a case or a call, in order. */
  async function wishes(topic: string): Promise<Record<string, unknown>[]> {
    const rows = await client.handoff.findMany({ where: { topic }, orderBy: { id: 'asc' } });
    return rows.map(({ payload }) => (typeof payload === 'object' && payload !== null ? { ...payload } : {}));
  }
  const inspectionsOf = (recordingId: string) => client.inspection.findMany({ where: { recordingId } });
  const returnCalls = (caseId: string) =>
    client.taskCall.findMany({ where: { caseId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });

  return {
    ...{ campaign, campaignId, centreId, people, cases, events, call, told, wishes, inspectionsOf, returnCalls },
    now: () => now,
    at(text: string): void {
      now = at(text);
    },
    /** Works a complaint up to the moment at which its return call is asked for, in its first round or a later one. */
    async mend(id: string): Promise<void> {
      const { manager, lead } = people;
      const { step } = cases;
      if ((await cases.read(lead, id)).state === 'open')
        await step(lead, id, { step: 'contact', text: 'Rang the customer' });
      await step(manager, id, { step: 'judge', valid: true, reason: 'rude', text: 'Heard at 0:12' });
      await step(lead, id, { step: 'cause', cause: 'agent', responsibleId: people.agent.userId, text: 'Impatient' });
      await step(lead, id, { step: 'correct', text: 'Coached' });
      await step(lead, id, { step: 'answer', text: 'We apologised' });
      await step(manager, id, { step: 'check-correction', held: true, text: 'Listened to three calls' });
    },
  };
}
export type House = Awaited<ReturnType<typeof makeHouse>>;
