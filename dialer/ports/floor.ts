/**
 * The floor: calls that are live and agents at their desks, and the only way to change them. A change names the
 * versions it was decided on; it is written whole or not at all, in one transaction, with journal, ledger and handoffs.
 */
import type { HandoffToAudit, HandoffToQuality } from '../events.ts';
import type { Desk } from '../rules/agent.ts';
import type { Call, Detection } from '../rules/call.ts';
import type { DialMode } from '../rules/campaign-settings.ts';
import type { ContactUpdate } from './contacts.ts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export type Origin = { kind: string; id: string };

export type CallRow = Call & {
  attemptId: string;
  campaignId: string;
  contactId: string;
  number: string;
  callerId: string;
  mode: DialMode;
  settingsVersion: number;
  scriptVersionId: string | null;
  intendedAt: number;
  /** Of the agent; null until saved. `outcomeAt`: when it was saved or given up. */
  disposition: string | null;
  outcomeAt: number | null;
  /** Of the contact: what asked for this call when it is not an ordinary list contact. */
  origin: Origin | null;
  version: number;
};

export type DeskRow = Desk & { userId: string; version: number };

export type JournalEntry = { kind: string; data: Json };

/** One change of the floor. Everything in it happens at `now`. */
export type Change = {
  now: number;
  call?: { before: CallRow; after: Call };
  desk?: { before: DeskRow; after: Desk };
  /** A second agent's, in a transfer. */
  other?: { before: DeskRow; after: Desk };
  /** Applied only while the contact is still in this attempt. */
  contact?: ContactUpdate;
  /** Opens the recording's row: a conversation has begun. */
  recording?: { agentId: string; nextTryAt: number };
  /** Another agent than the first has the conversation: it is theirs from now on. */
  recordingAgent?: string;
  /** Talk time by our own ledger, for the recording's row. */
  talkMs?: number;
  outcome?: { disposition: string | null; detail: Json };
  handoffs?: (HandoffToQuality | HandoffToAudit)[];
  journal?: JournalEntry[];
};

/** What the carrier's answer request found. */
export type Presented = {
  campaignId: string;
  call: 'reserved' | 'waiting' | 'closed' | 'ended' | 'stranger';
  /** Set when `reserved`. */
  agentId: string | null;
  room: string | null;
  deskVersion: number | null;
  /** Until when a call that waits may wait. */
  waitUntil: number;
  /** False when this request repeats one that was already answered. */
  changed: boolean;
  /** Call and desk as they were written; null unless this request reserved the agent. */
  seen: { call: CallRow; desk: DeskRow } | null;
};

export type Match = { attemptId: string; agentId: string; room: string; deskVersion: number };

export type Floor = {
  call(attemptId: string): Promise<CallRow | null>;
  /** A call with the desk that holds it, in one read. */
  callAndDesk(attemptId: string): Promise<{ call: CallRow; desk: DeskRow | null } | null>;
  desk(userId: string): Promise<DeskRow | null>;
  /** A desk with the call it holds, in one read. */
  deskAndCall(userId: string): Promise<{ desk: DeskRow; call: CallRow | null } | null>;
  /** The desk of an agent with a part in this call. */
  aside(attemptId: string): Promise<DeskRow | null>;
  /** Creates the desk of an agent who signs in for the first time; an existing desk is left alone. */
  openDesk(userId: string, now: number): Promise<DeskRow>;
  /** A sign of life of the agent's browser. */
  seen(userId: string, now: number): Promise<void>;
  /** The browser is gone: counts as seen at `as` for the last time, unless there was a sign of life after `lastSeen`. */
  left(userId: string, lastSeen: number, as: number): Promise<void>;
  setMaySell(userId: string, maySell: boolean): Promise<void>;
  /** False: somebody was faster, read again and decide again. */
  commit(change: Change): Promise<boolean>;
  /**
   * The answer path: the customer can be spoken to. Gives the call its own agent, or the ready agent of the campaign
   * who has rested longest unless an older call waits; else the call waits until `answered + abandonWithinMs`.
   */
  present(request: {
    attemptId: string;
    carrierCallId: string;
    /** Known only where detection came before the document. */
    detection: Detection | null;
    /** When the customer picked up, unless that was written already. */
    answeredAt: number;
    abandonWithinMs: number;
    joinWithinMs: number;
    now: number;
  }): Promise<Presented | null>;
  /** Gives the campaign's oldest waiting call to the agent who has rested longest; null when either is missing. */
  match(request: {
    campaignId: string;
    joinWithinMs: number;
    abandonWithinMs: number;
    now: number;
  }): Promise<Match | null>;
  /** Reserves the ready agent who has rested longest (or the named one) before a call is dialled for them. */
  reserveAgent(request: {
    campaignId: string;
    agentId: string | null;
    holdUntil: number;
    now: number;
  }): Promise<DeskRow | null>;
  /** Live calls whose deadline has passed, and intents nobody has placed since `abandonedBefore`. */
  overdueCalls(now: number, abandonedBefore: number, limit: number): Promise<string[]>;
  /** Desks whose deadline has passed, or whose browser was silent since `silentSince`. */
  overdueDesks(now: number, silentSince: number, limit: number): Promise<string[]>;
  /** Conversations that ended before `endedBefore` without an outcome and without a desk that still works on it. */
  orphanedConversations(endedBefore: number, limit: number): Promise<string[]>;
  liveCalls(): Promise<CallRow[]>;
  /** Which of these ids of the carrier's belong to calls that are written here. */
  knownCarrierCalls(carrierCallIds: readonly string[]): Promise<Set<string>>;
  signedInDesks(): Promise<DeskRow[]>;
};
