/**
 * The demonstration's past: last week and this week until yesterday. The phone-network model plays each shift, its rows are
 * written, and then quality does its ordinary work on them day by day, by a clock that is set to the past: intake through the
 * handoffs, draws at the close of the day, inspectors who judge the next morning, and the weekly summary on Monday.
 */
import type { Handoffs } from '../handoffs.ts';
import type { QualityApi, Viewer } from '../contract/quality.ts';
import type { World } from '../demo/world.ts';
import { answersFor } from '../demo/simulated-inspector.ts';
import type { Database } from '../platform/database.ts';
import { errorCode } from '../platform/errors.ts';
import type { Reports } from '../reports/report.ts';
import { type PastDay, pastDays } from './days.ts';
import { nearestLength } from './lengths.ts';
import type { DemoHouse } from './organisation.ts';
import { demoTimeZone } from './organisation.ts';
import { type PastContact, type PastRows, type PastShift, pastRows } from './past-rows.ts';
import { demoUsers } from './people.ts';
import { demoScript } from './script.ts';
import type { Sounds } from './sound.ts';

export type PastDeps = {
  database: Database;
  /** The past's own dialler-independent workers, on a clock that this code sets. */
  clock: { now(): number; set(at: number): void };
  quality: QualityApi;
  handoffs: Handoffs;
  reports: Reports;
  playPastShift(plan: {
    agents: number;
    minutes: number;
    startAt: number;
    seed: number;
    band: { min: number; max: number };
    maxAbandonRate: number;
    roundTalk: (ms: number) => number;
  }): PastShift;
  importList(name: string, from: number, count: number): Promise<void>;
  world: World;
  sounds: Sounds;
  now: number;
};

/** Short shifts keep the demonstration small: about sixty conversations an agent and week. */
const shiftMinutes = 46;
const crewSize = 8;
const retentionMs = 730 * 86_400_000;

type PastCampaign = { campaignId: string; questionnaireId: string };

export async function makePast(
  deps: PastDeps,
  house: DemoHouse,
  { campaignId, questionnaireId }: PastCampaign,
): Promise<void> {
  const { database, clock } = deps;
  const days = pastDays(deps.now, demoTimeZone);
  const shifts = days.map((day, index) => ({
    day,
    shift: deps.playPastShift({
      agents: crewSize,
      minutes: shiftMinutes,
      startAt: day.shiftAt,
      seed: 101 + index,
      band: { min: 0.69, max: 0.74 },
      maxAbandonRate: 0.03,
      roundTalk: nearestLength,
    }),
  }));
  const needed = shifts.reduce((sum, { shift }) => sum + shift.calls.length, 0);
  const contacts = await importedContacts(deps, campaignId, needed);

  let used = 0;
  for (const [index, { day, shift }] of shifts.entries()) {
    const rows = await pastRows(shift, {
      campaignId,
      questionnaireId,
      scriptVersionId: house.scriptVersionId,
      callerId: '+12125550190',
      crew: crewOf(house, index),
      contacts: contacts.slice(used, used + shift.calls.length),
      world: deps.world,
      sounds: deps.sounds,
      mustSay: demoScript.mustSay.map(({ id }) => id),
      retentionMs,
    });
    used += shift.calls.length;
    await writeRows(database, rows);
    await retireContacts(database, rows);
    await tellQuality(deps, rows.handoffs);
    await workTheDay(deps, house, day, index === shifts.length - 1);
  }
  clock.set(deps.now);
  await deps.sounds.clear();
}

/** Numbers from the far end of the pretend world, so that the list of today can begin at its front. */
async function importedContacts(
  { database: { client }, importList }: PastDeps,
  campaignId: string,
  needed: number,
): Promise<PastContact[]> {
  await importList('Last weeks 前两周名单', pastListFrom, needed);
  const rows = await client.contact.findMany({
    where: { campaignId },
    orderBy: { line: 'asc' },
    select: { id: true, name: true, numbers: { select: { number: true }, orderBy: { position: 'asc' }, take: 1 } },
  });
  // Nobody of this list is called again: the demonstration's present has a list of its own.
  await client.contact.updateMany({ where: { campaignId }, data: { state: 'finished' } });
  return rows.map(({ id, name, numbers }) => ({ id, name, number: numbers[0]?.number ?? '' }));
}

/** Where the past's people begin in the pretend world; today's list lies before. */
const pastListFrom = 3_400;

/** Eight of the twelve agents a day, in turns. */
function crewOf(house: DemoHouse, day: number) {
  const agents = demoUsers.filter(({ role }) => role === 'agent');
  return Array.from({ length: crewSize }, (_, place) => {
    const agent = agents[(place + day * 4) % agents.length];
    const team = agent?.team;
    return {
      userId: house.userIds.get(agent?.username ?? '') ?? '',
      teamId: team === undefined ? null : (house.teamIds[team] ?? null),
    };
  });
}

async function writeRows({ client }: Database, rows: PastRows): Promise<void> {
  await client.attempt.createMany({ data: rows.attempts });
  await client.attemptEvent.createMany({ data: rows.events });
  await client.recording.createMany({ data: rows.recordings });
  await client.surveySheet.createMany({ data: rows.sheets });
  await client.agentInterval.createMany({ data: rows.intervals });
  await client.pacingDecision.createMany({ data: rows.decisions });
  await client.blacklistEntry.createMany({ data: rows.blacklist, skipDuplicates: true });
}

/** Minute by minute, as it was told of them: sales and cases stand at the times at which they were recorded. */
async function tellQuality(
  { database: { client }, clock, handoffs }: PastDeps,
  told: PastRows['handoffs'],
): Promise<void> {
  const rows = told
    .map((row) => ({ row, minute: Math.ceil(timeOf(row.createdAt) / 60_000) }))
    .sort((a, b) => timeOf(a.row.createdAt) - timeOf(b.row.createdAt));
  for (const minute of new Set(rows.map((each) => each.minute))) {
    await client.handoff.createMany({ data: rows.filter((each) => each.minute === minute).map(({ row }) => row) });
    clock.set(minute * 60_000);
    while ((await handoffs.deliver()) > 0);
  }
}

const timeOf = (at: Date | string | undefined): number => new Date(at ?? Number.NaN).getTime();

async function retireContacts({ pool }: Database, rows: PastRows): Promise<void> {
  const ids = rows.attempts.map(({ contactId }) => contactId);
  const outcomes = rows.attempts.map(({ outcome }) => outcome ?? null);
  await pool.query(
    `update contact c set attempts = 1, last_outcome = d.outcome
     from unnest($1::uuid[], $2::text[]) d(id, outcome) where c.id = d.id`,
    [ids, outcomes],
  );
}

/** What quality does about a day, from its evening to the next morning. The last day's draw is left for the inspectors of today. */
async function workTheDay(deps: PastDeps, house: DemoHouse, day: PastDay, last: boolean): Promise<void> {
  const { clock, handoffs, quality, reports, now } = deps;
  clock.set(day.shiftAt + 2 * shiftMinutes * 60_000);
  while ((await handoffs.deliver()) > 0);
  clock.set(Math.min(day.closedAt, now));
  await quality.drawDue();
  await quality.sweep();
  clock.set(Math.min(day.judgedAt - 2 * 3_600_000, now));
  await reports.publishDue();
  if (last) return;
  clock.set(Math.min(day.judgedAt, now));
  for (const name of ['inspector', 'inspector2', 'supervisor']) await judge(deps, house, name);
  await handoffs.deliver();
}

async function judge({ quality, world, database }: PastDeps, house: DemoHouse, username: string): Promise<void> {
  const userId = house.userIds.get(username) ?? '';
  const viewer: Viewer = {
    userId,
    role: username === 'supervisor' ? 'supervisor' : 'inspector',
    centreId: house.centreId,
    teamId: null,
    clientId: null,
  };
  const { items } = await quality.inspections.list(viewer, {
    mine: true,
    state: 'assigned',
    order: 'deadline',
    limit: 200,
  });
  for (const { id } of items) {
    const opened = await quality.inspections.open(viewer, id);
    const truth = await truthOf(database, world, opened.conversation.attemptId, opened.durationMs ?? 0);
    const verdict = {
      answers: answersFor(opened, world, truth, username),
      note: '',
      listenedSeconds: Math.round((opened.durationMs ?? 0) / 1000),
    };
    await quality.inspections.score(viewer, id, verdict).catch((error: unknown) => {
      // A form that this simple judge cannot fill in is left to the inspectors of today.
      if (errorCode(error) !== 'answers-faulty') throw error;
    });
  }
}

/** A blind judge is not told whose call it is; what is true of it does depend on that. */
async function truthOf({ client }: Database, world: World, attemptId: string, talkMs: number) {
  const attempt = await client.attempt.findUnique({ where: { id: attemptId }, select: { agentId: true } });
  return world.truth(attemptId, attempt?.agentId ?? '', talkMs);
}
