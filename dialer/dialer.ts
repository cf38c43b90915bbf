/**
 * The dialler as the rest of the house sees it: commands that return what happened, and reads. HTTP routes, sockets,
 * webhooks and jobs call nothing else. All times are epoch milliseconds of the one clock; ids are UUID strings.
 * Refusals the user can mend are `DialerError`s with a code (errors.ts).
 */
import type { Activity, AgentCommands, Presence } from './agent-desk.ts';
import type { CampaignSettings, DialMode } from './rules/campaign-settings.ts';
import type { CoursePoint } from './rules/course.ts';
import type { HoldReason } from './rules/retention.ts';

export type * from './agent-desk.ts';
export type { Disposition, SelfCheck } from './rules/disposition.ts';

export type Actor = { userId: string | null };

export type CampaignCommands = {
  /** Checks before start: approved script, hours, lists, caller IDs, sandbox only for demo. Empty: may start. */
  check(campaignId: string): Promise<{ code: string; field: string }[]>;
  start(campaignId: string, by: Actor): Promise<void>;
  pause(campaignId: string, by: Actor): Promise<void>;
  finish(campaignId: string, by: Actor): Promise<void>;
  /** Merges the change, checks the whole, stores a new version. */
  changeSettings(
    campaignId: string,
    change: unknown,
    by: Actor,
  ): Promise<{ settings: CampaignSettings; version: number }>;
};

export type ImportResult = {
  listId: string;
  state: 'ready' | 'failed';
  encoding: string;
  total: number;
  accepted: number;
  rejected: number;
  /** Only when failed: nothing was imported. */
  failure: { code: string; field: string; line: number | null } | null;
};

export type ListCommands = {
  /** Streams a CSV file (UTF-8 with or without BOM, GB18030); every rejected line is kept with its reason. Nothing half-imported. */
  importFile(request: {
    campaignId: string;
    name: string;
    fileName: string;
    content: AsyncIterable<Uint8Array>;
    by: Actor;
    onProgress?: (progress: { listId: string; lines: number }) => void;
  }): Promise<ImportResult>;
  /** Fails the lists that a process left half-imported when it went down, so that nothing of them stays; says how many. */
  endAbandoned(): Promise<number>;
};

export type BlacklistCommands = {
  add(entry: {
    number: string;
    scope: 'all' | 'product-line' | 'campaign';
    scopeId: string | null;
    reason: 'opt-out' | 'complaint' | 'regulator' | 'client' | 'other';
    source: string;
    evidence: Record<string, string>;
    endsAt: number | null;
    by: Actor;
    /** Not `added`: an entry in force says as much already, and that one is named. */
  }): Promise<{ id: string; added: boolean }>;
  remove(id: string, why: string, by: Actor): Promise<void>;
};

/** Calls that quality asks for: corrective, verification, confirmation, return call. Idempotent by origin. */
export type TaskCalls = {
  request(task: {
    origin: { kind: 'corrective' | 'verification' | 'confirmation' | 'return-call' | 'offer-answer'; id: string };
    /** The attempt whose customer is to be called again. */
    attemptId: string;
    agentId: string | null;
    notBefore: number;
    deadlineAt: number;
  }): Promise<{ contactId: string }>;
  withdraw(origin: { kind: string; id: string }): Promise<void>;
};

/** Texts that quality asks for: the terms of a sale, which the customer must answer, and the notice that it is active. */
export type TextRequests = {
  /** Idempotent by origin: asked for again, nothing happens. `sendUntil`: later it is of no use. */
  request(text: {
    origin: { kind: 'terms' | 'notice'; id: string };
    /** The call whose customer is written to. */
    attemptId: string;
    sendUntil: number;
  }): Promise<void>;
};

/** For recordings that are old enough, why each must be kept all the same; those that are not named may go. */
export type HoldsOf = (recordingIds: string[]) => Promise<{ recordingId: string; reason: HoldReason; by: string }[]>;
export type ErasedRecording = { recordingId: string; attemptId: string; campaignId: string; since: number };

/** Webhooks of the carrier, already authenticated and parsed by the telephony adapter; answers are TwiML-free plans. */
export type CarrierWebhooks = {
  /** Verifies the signature and handles one request. Unknown calls and events change nothing and are answered politely. */
  handle(request: {
    method: string;
    /** Path and raw query below the public URL, e.g. /telephony/customer/…?x=1 */
    rawUrl: string;
    headers: Record<string, string | string[] | undefined>;
    rawBody: string;
  }): Promise<{ status: number; contentType: string; body: string }>;
};

/** Live figures of one campaign, as of `at`. Rates are null where the denominator is 0. */
export type CampaignLive = {
  campaignId: string;
  name: string;
  state: string;
  at: number;
  mode: DialMode;
  agents: {
    userId: string;
    name: string;
    teamId: string | null;
    presence: Presence;
    activity: Activity;
    since: number;
    reason: string | null;
  }[];
  byState: {
    ready: number;
    reserved: number;
    ringing: number;
    talking: number;
    wrapUp: number;
    onBreak: number;
    signedOut: number;
  };
  lines: { inUse: number; ringing: number; waiting: number; max: number };
  band: { min: number; max: number } | null;
  talkUtilization: { lastHalfHour: number | null; today: number | null };
  occupancy: { today: number | null };
  cap: number;
  abandonRate: { hour: number | null; today: number | null; window: number | null; windowDays: number };
  today: { attempts: number; answered: number; connected: number; abandoned: number; sales: number; optOuts: number };
  contacts: { waiting: number; inAttempt: number; finished: number; undialledByReason: Record<string, number> };
  pacing: { at: number; placed: number; why: string; binding: string | null; agentsNeeded: number | null } | null;
};

export type PacingRecord = {
  /** By foretold chance of finding nobody: presented calls, the sum of their chances, and those that found nobody. */
  calibration: { upTo: number; calls: number; foretold: number; foundNobody: number }[];
  /** From an agent becoming ready or a call ending to the decision, ms of the product's clock; decisions that placed calls. */
  reaction: { decisions: number; p50: number | null; p95: number | null };
};

/** A supervisor's ear in an agent's room. */
export type ListeningView = {
  listeningId: string;
  agentId: string;
  mode: 'listen' | 'whisper' | 'barge' | 'taken-over';
  state: 'dialling' | 'joined' | 'over';
  startedAt: number;
};

/**
 * Listening, whispering, speaking with both, taking over. Whose agents somebody may listen to is the caller's to decide; one agent
 * at a time for each supervisor, whose own leg rings where an agent's would: in the browser, or at their telephone.
 */
export type ListeningCommands = {
  current(supervisorId: string): Promise<ListeningView | null>;
  start(supervisorId: string, wish: { agentId: string; mode: 'listen' | 'whisper' | 'barge' }): Promise<ListeningView>;
  change(supervisorId: string, mode: 'listen' | 'whisper' | 'barge'): Promise<ListeningView>;
  /** The agent leaves and writes up the conversation; the supervisor goes on with the customer. */
  takeOver(supervisorId: string): Promise<ListeningView>;
  stop(supervisorId: string): Promise<void>;
};

export type Dialer = {
  agents: AgentCommands;
  listening: ListeningCommands;
  campaigns: CampaignCommands;
  lists: ListCommands;
  blacklist: BlacklistCommands;
  tasks: TaskCalls;
  texts: TextRequests;
  webhooks: CarrierWebhooks;
  live(campaignId: string): Promise<CampaignLive>;
  /** One point a minute of the last half hour, oldest first, none later than now. */
  course(campaignId: string): Promise<CoursePoint[]>;
  /** What the pacing foretold of the calls placed since, and what came of them; how quickly it acted. */
  pacingRecord(campaignId: string, since: number): Promise<PacingRecord>;
  /** Sets whether an agent may be given marketing calls (suspension from selling). */
  setMaySell(userId: string, maySell: boolean): Promise<void>;
  /** Holds on a recording keep it beyond its retention. */
  holdRecording(recordingId: string, change: 1 | -1): Promise<void>;
  /**
   * Erases recordings whose retention is over (R3): the file, with an entry in the call's journal. `holdsOf` says what else keeps
   * some of them; what it names stays. Tells each that was erased.
   */
  eraseDue(holdsOf: HoldsOf): Promise<ErasedRecording[]>;
  openRecording(
    recordingId: string,
  ): Promise<{ path: string; bytes: number; sha256: string; durationMs: number; channels: number }>;
  /** Looks at everything whose deadline has passed; called by a job every few seconds and at start. */
  sweep(): Promise<{ calls: number; agents: number; recordings: number }>;
  /** Starts pacing loops (role dialer) and rebuilds the picture from the database and the carrier's own lists. */
  start(): Promise<void>;
  stop(): Promise<void>;
};
