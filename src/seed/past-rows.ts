/** A past shift as rows of the dialler's tables, just as its calls would have left them. Every attempt's journal says that it is demo history. */
import { randomUUID } from 'node:crypto';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { Disposition } from '../contract/agent-desk.ts';
import { surveyAnswers } from '../contract/surveys.ts';
import { simulatedAnswers } from '../demo/simulated-answers.ts';
import type { World } from '../demo/world.ts';
import type { Sounds } from './sound.ts';
import { demoQuestionnaire } from './survey.ts';
import { type Written, writtenUp } from './written-up.ts';

/** What the phone-network model played; the type of `playPastShift` in the dialler's adapters. */
export type PastShift = {
  calls: {
    placedAt: number;
    ringingAt: number | null;
    answeredAt: number | null;
    connectedAt: number | null;
    endedAt: number;
    agent: number | null;
    outcome: string;
    byMachine: boolean;
    decision: number;
  }[];
  intervals: {
    agent: number;
    presence: string;
    activity: string;
    call: number | null;
    from: number;
    to: number;
  }[];
  decisions: { at: number; placed: number; why: string }[];
};

export type PastContact = { id: string; number: string; name: string };
export type Crew = { userId: string; teamId: string | null }[];

export type PastRows = {
  attempts: Prisma.AttemptCreateManyInput[];
  events: Prisma.AttemptEventCreateManyInput[];
  recordings: Prisma.RecordingCreateManyInput[];
  sheets: Prisma.SurveySheetCreateManyInput[];
  intervals: Prisma.AgentIntervalCreateManyInput[];
  decisions: Prisma.PacingDecisionCreateManyInput[];
  handoffs: Prisma.HandoffCreateManyInput[];
  blacklist: Prisma.BlacklistEntryCreateManyInput[];
};

type Place = {
  campaignId: string;
  questionnaireId: string;
  scriptVersionId: string;
  callerId: string;
  crew: Crew;
  contacts: readonly PastContact[];
  world: World;
  sounds: Sounds;
  /** Must-say items of the script, for the ticks. */
  mustSay: readonly string[];
  retentionMs: number;
};

const at = (ms: number | null) => (ms === null ? null : new Date(ms));
/** The carrier needs so long to announce a recording, and we to fetch it. */
const storedAfterMs = 8_000;

export async function pastRows(shift: PastShift, place: Place): Promise<PastRows> {
  const rows: PastRows = {
    attempts: [],
    events: [],
    recordings: [],
    sheets: [],
    intervals: [],
    decisions: [],
    handoffs: [],
    blacklist: [],
  };
  const { campaignId, crew } = place;
  const ids = shift.calls.map(() => randomUUID());
  for (const [index, call] of shift.calls.entries()) {
    const contact = place.contacts[index];
    const id = ids[index];
    if (contact === undefined || id === undefined) break;
    const agentId = call.agent === null ? null : (crew[call.agent]?.userId ?? null);
    const talkMs = call.connectedAt === null ? null : call.endedAt - call.connectedAt;
    const written = talkMs === null || agentId === null ? null : writtenUp(place, id, agentId, talkMs, call.endedAt);
    rows.attempts.push({
      id,
      campaignId,
      contactId: contact.id,
      number: contact.number,
      callerId: place.callerId,
      mode: 'predictive',
      settingsVersion: 1,
      scriptVersionId: place.scriptVersionId,
      state: 'ended',
      live: false,
      agentId,
      intendedAt: new Date(call.placedAt),
      placedAt: new Date(call.placedAt),
      ringingAt: at(call.ringingAt),
      answeredAt: at(call.answeredAt),
      connectedAt: at(call.connectedAt),
      abandonedAt: call.outcome === 'abandoned' ? at(call.endedAt) : null,
      endedAt: new Date(call.endedAt),
      detection: call.answeredAt === null ? null : call.byMachine ? 'machine' : 'human',
      outcome: call.outcome,
      ...(written === null
        ? {}
        : {
            disposition: written.kind,
            outcomeDetail: written.detail,
            outcomeAt: new Date(call.endedAt + written.afterMs),
          }),
    });
    rows.events.push({
      attemptId: id,
      at: new Date(call.placedAt),
      kind: 'demo-history',
      data: { outcome: call.outcome },
    });
    if (written === null || talkMs === null || agentId === null || call.connectedAt === null) continue;
    if (wasAsked.has(written.kind)) rows.sheets.push(sheetOf(place, id, contact.id, call.endedAt));
    await addConversation(
      rows,
      place,
      { id, agentId, talkMs, connectedAt: call.connectedAt, endedAt: call.endedAt, number: contact.number },
      written,
    );
  }
  addTime(rows, shift, place, ids);
  return rows;
}

/** Whoever refuses or is not the customer ends the call before the questions. */
const wasAsked: ReadonlySet<string> = new Set(['sale', 'undecided'] satisfies Disposition['kind'][]);

function sheetOf(place: Place, attemptId: string, contactId: string, savedAt: number) {
  const { campaignId, questionnaireId: versionId, world } = place;
  const answers = surveyAnswers.parse(simulatedAnswers(demoQuestionnaire, world, attemptId));
  return { attemptId, versionId, campaignId, contactId, answers, savedAt: new Date(savedAt) };
}

type Conversation = {
  id: string;
  agentId: string;
  talkMs: number;
  connectedAt: number;
  endedAt: number;
  number: string;
};

async function addConversation(rows: PastRows, place: Place, call: Conversation, written: Written): Promise<void> {
  const recordingId = randomUUID();
  const [day = ''] = new Date(call.connectedAt).toISOString().split('T');
  const path = `${day.replaceAll('-', '/')}/${recordingId}.wav`;
  const sound = await place.sounds.place(path, call.talkMs);
  const storedAt = call.endedAt + storedAfterMs;
  rows.recordings.push({
    id: recordingId,
    attemptId: call.id,
    campaignId: place.campaignId,
    agentId: call.agentId,
    state: 'stored',
    talkStartedAt: new Date(call.connectedAt),
    talkMs: call.talkMs,
    channels: 2,
    ...sound,
    path,
    storedAt: new Date(storedAt),
    eraseAfter: new Date(call.connectedAt + place.retentionMs),
  });
  const hand = (topic: string, createdAt: number, payload: Prisma.InputJsonObject) =>
    rows.handoffs.push({ topic, payload, createdAt: new Date(createdAt) });
  const closedAt = call.endedAt + written.afterMs;
  hand('recording-stored', storedAt, { recordingId, attemptId: call.id });
  hand('conversation-closed', closedAt, { attemptId: call.id });
  if (written.kind === 'sale') hand('sale-recorded', closedAt, { attemptId: call.id });
  if (written.kind === 'complaint') hand('complaint-told', closedAt, { attemptId: call.id });
  if (written.kind === 'opt-out' || written.kind === 'complaint') {
    rows.blacklist.push({
      number: call.number,
      scope: 'all',
      reason: written.kind,
      source: 'conversation',
      evidence: { attemptId: call.id },
      addedAt: new Date(closedAt),
      addedBy: call.agentId,
    });
  }
}

function addTime(rows: PastRows, shift: PastShift, { campaignId, crew }: Place, ids: readonly string[]): void {
  for (const { agent, presence, activity, call, from, to } of shift.intervals) {
    const member = crew[agent];
    if (member === undefined) continue;
    rows.intervals.push({
      ...member,
      campaignId,
      presence,
      activity,
      reason: presence === 'on-break' ? 'rest' : null,
      // The simulator numbers calls from 1.
      attemptId: call === null ? null : (ids[call - 1] ?? null),
      startedAt: new Date(from),
      endedAt: new Date(to),
    });
  }
  for (const { at: when, placed, why } of shift.decisions)
    rows.decisions.push({ campaignId, at: new Date(when), placed, claimed: placed, why, saw: { demo: true } });
}
