/** The whole of quality on the test database, with a centre's people, conversations as the dialler tells of them, and judgements. */
import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { composeQuality } from '../../../src/compose/quality.ts';
import type { CriterionAnswer, InspectionDetail } from '../../../src/contract/inspections.ts';
import type { ConversationFacts, Viewer } from '../../../src/contract/quality.ts';
import type { Database } from '../../../src/platform/database.ts';
import { makeWorld } from '../../fixtures/campaign.ts';

export const sure = { rightPerson: 'yes', understood: 'yes', approvedScript: 'yes', explicitConsent: 'yes' } as const;

type Setting<Name extends string> = {
  /** Who works there: a name for each, and the role. */
  roles: Record<Name, Viewer['role']>;
  /** Epoch ms, or a local time of the centre. */
  now: number | string;
  settings?: object;
  timeZone?: string;
};

export type JudgingHouse<Name extends string = string> = Awaited<ReturnType<typeof makeJudgingHouse<Name>>>;

export async function makeJudgingHouse<Name extends string>(database: Database, setting: Setting<Name>) {
  const { client } = database;
  const timeZone = setting.timeZone ?? 'Asia/Shanghai';
  /** A local time of the centre. */
  const at = (text: string): number => DateTime.fromISO(text, { zone: timeZone }).toMillis();
  const clock = { now: typeof setting.now === 'number' ? setting.now : at(setting.now) };
  const world = await makeWorld(client, clock.now, { settings: setting.settings ?? {}, timeZone });
  const quality = composeQuality({
    database,
    bus: { publish: () => undefined },
    clock: { now: () => clock.now },
    country: 'US',
  });

  async function hire(role: Viewer['role']): Promise<Viewer> {
    const place = { centreId: world.centreId, teamId: world.teamId };
    const login = { username: randomUUID(), displayName: role, passwordHash: '', joinedAt: new Date(0) };
    const { id } = await client.user.create({ data: { role, ...login, ...place } });
    return { userId: id, role, ...place, clientId: null };
  }
  // One after the other, so that ids keep their order from run to run.
  const staff: [string, Viewer][] = [];
  for (const [name, role] of Object.entries<Viewer['role']>(setting.roles)) staff.push([name, await hire(role)]);
  const viewerOf = new Map(staff);
  const person = (name: Name): Viewer => {
    const viewer = viewerOf.get(name);
    if (viewer === undefined) throw new Error(`nobody is called ${name}`);
    return viewer;
  };

  /** A closed conversation, five minutes ago, of the agent's, with its recording; the self-check is without doubt. */
  async function conversation(
    agent: Viewer,
    change: Partial<ConversationFacts> = {},
    { stored = true }: { stored?: boolean } = {},
  ): Promise<ConversationFacts> {
    const facts: ConversationFacts = {
      attemptId: randomUUID(),
      campaignId: world.campaignId,
      contactId: randomUUID(),
      agentId: agent.userId,
      teamId: world.teamId,
      purpose: 'marketing',
      settingsVersion: 1,
      scriptVersionId: null,
      number: '+12125550101',
      connectedAt: clock.now - 300_000,
      endedAt: clock.now - 60_000,
      talkMs: 240_000,
      disposition: 'sale',
      detail: { kind: 'sale', options: [] },
      selfCheck: sure,
      mustSayTicked: [],
      note: '',
      recordingId: randomUUID(),
      origin: null,
      demo: false,
      ...change,
    };
    await quality.intake.conversationClosed(facts);
    if (facts.disposition === 'sale') await quality.intake.saleRecorded(facts);
    if (stored) await quality.intake.recordingStored(recordingOf(facts, 'stored'));
    return facts;
  }
  function recordingOf(
    { recordingId, attemptId, campaignId, agentId, talkMs, connectedAt }: ConversationFacts,
    state: 'stored' | 'lost',
  ) {
    if (recordingId === null) throw new Error('a conversation without a recording');
    const known = { recordingId, attemptId, campaignId, agentId, state, talkStartedAt: connectedAt, talkMs };
    return state === 'stored'
      ? { ...known, durationMs: talkMs, agentTalkShare: null, sha256: 'x', storedAt: clock.now }
      : { ...known, durationMs: null, agentTalkShare: null, sha256: null, storedAt: null };
  }

  /** The one inspection of this kind, handed out, and who has it. */
  async function drawn(kind: string): Promise<{ judge: Viewer; detail: InspectionDetail }> {
    await quality.drawDue();
    await quality.sweep();
    const row = await client.inspection.findFirstOrThrow({ where: { campaignId: world.campaignId, kind } });
    const judge = [...viewerOf.values()].find(({ userId }) => userId === row.assignedTo);
    if (judge === undefined) throw new Error(`the ${kind} inspection was given to nobody`);
    return { judge, detail: await quality.inspections.open(judge, row.id) };
  }
  const score = (judge: Viewer, detail: InspectionDetail, failing: string | null) =>
    quality.inspections.score(judge, detail.id, { answers: answers(detail, failing), note: '', listenedSeconds: 240 });

  const saleOf = ({ attemptId }: Pick<ConversationFacts, 'attemptId'>) =>
    client.sale.findUniqueOrThrow({ where: { attemptId } });
  const handoffs = (topic: string) => client.handoff.findMany({ where: { topic }, orderBy: { id: 'asc' } });

  return { client, clock, at, world, quality, person, conversation, recordingOf, drawn, score, saleOf, handoffs };
}

/** Every criterion passed, but for `failing`, which fails for its first reason that is no fabrication, at second 3. */
export function answers(
  { formContent }: Pick<InspectionDetail, 'formContent'>,
  failing: string | null,
): CriterionAnswer[] {
  return formContent.criteria.map(({ code, reasons }) => ({
    criterion: code,
    verdict: code === failing ? 'fail' : 'pass',
    reason: code === failing ? (reasons.find(({ fabricatedConsent }) => !fabricatedConsent)?.code ?? null) : null,
    atSecond: code === failing ? 3 : null,
    checks: [],
    note: '',
  }));
}
