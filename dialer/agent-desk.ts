/** An agent's desk as the rest of the house sees it: the view of the whole screen, and what an agent can ask for. */
import type { DialMode } from './rules/campaign-settings.ts';
import type { Disposition } from './rules/disposition.ts';

export type Presence = 'signed-out' | 'signed-in' | 'on-break';
export type Activity = 'none' | 'ready' | 'reserved' | 'ringing' | 'talking' | 'wrap-up';

/** Everything an agent's screen needs, and nothing of other agents' customers. */
export type AgentView = {
  userId: string;
  presence: Presence;
  activity: Activity;
  since: number;
  now: number;
  campaignId: string | null;
  breakReason: string | null;
  /** Asked for during a call, taken when it is done. */
  next: { presence: 'on-break' | 'signed-out'; reason: string | null } | null;
  deadlineAt: number | null;
  legState: 'absent' | 'dialling' | 'joined';
  maySell: boolean;
  call: AgentCall | null;
  today: AgentDay;
  version: number;
};

export type AgentCall = {
  attemptId: string;
  contactId: string;
  mode: DialMode;
  state: 'preview' | 'dialling' | 'ringing' | 'reserved' | 'connected' | 'ended';
  contactName: string;
  /** Masked unless the task needs it. */
  numberMasked: string;
  region: string;
  attributes: Record<string, string>;
  connectedAt: number | null;
  endedAt: number | null;
  /** Set when the carrier's detection or the system ended the call for a reason the agent should see. */
  note: string | null;
  scriptVersionId: string | null;
  /** Not an ordinary list contact: a corrective call, a confirmation … */
  origin: { kind: string; id: string } | null;
  history: {
    at: number;
    outcome: string | null;
    disposition: string | null;
    agentIsMe: boolean;
    /** What the customer said and what was noted for whoever speaks to them next; empty where there is nothing. */
    words: string;
    note: string;
  }[];
  /** helping: a colleague's customer, about whom this agent was asked. */
  part: 'own' | 'helping';
  /** Since when the customer is on hold. */
  heldAt: number | null;
  transfer: AgentTransfer | null;
};

/** A transfer under way, as both agents see it. */
export type AgentTransfer = {
  phase: 'calling' | 'consulting' | 'returning' | 'handing-over' | 'away';
  consult: boolean;
  since: number;
  fromName: string;
  /** Name of the colleague, or the masked number; null: a supervisor took over. */
  to: string | null;
};

export type TransferWish = {
  to: { kind: 'agent'; userId: string } | { kind: 'team'; teamId: string } | { kind: 'number'; number: string };
  /** Speak with them first, then complete or cancel; otherwise the customer follows at once. */
  consult: boolean;
};

/** Who could take a customer over now: ready, in the same campaign. */
export type TransferTargets = {
  agents: { userId: string; name: string; teamName: string | null }[];
  teams: { teamId: string; name: string; free: number }[];
};

/** The agent's own day in the centre's time zone; milliseconds. */
export type AgentDay = {
  signedInMs: number;
  talkMs: number;
  wrapUpMs: number;
  breakMs: number;
  attempts: number;
  conversations: number;
  sales: number;
  band: { min: number; max: number } | null;
};

export type SaveOutcome = { attemptId: string; disposition: Disposition; mustSayTicked: string[]; note: string };

export type AgentCommands = {
  /** Signs in to the team's running campaign (or the given one) and dials the agent's standing leg. */
  signIn(userId: string, options: { campaignId?: string }): Promise<AgentView>;
  signOut(userId: string): Promise<AgentView>;
  ready(userId: string): Promise<AgentView>;
  takeBreak(userId: string, reason: string): Promise<AgentView>;
  hangUp(userId: string): Promise<AgentView>;
  saveOutcome(userId: string, outcome: SaveOutcome): Promise<AgentView>;
  /** Preview and manual: dial the offered contact, or put it back with a reason. */
  acceptPreview(userId: string): Promise<AgentView>;
  skipPreview(userId: string, reason: string): Promise<AgentView>;
  /** Puts the customer on hold, or takes them off it. */
  hold(userId: string, on: boolean): Promise<AgentView>;
  transfer(userId: string, wish: TransferWish): Promise<AgentView>;
  /** After consultation: the customer goes to the one who was asked; or stays. */
  completeTransfer(userId: string): Promise<AgentView>;
  cancelTransfer(userId: string): Promise<AgentView>;
  transferTargets(userId: string): Promise<TransferTargets>;
  /** A sign of life of the browser; the sweeper signs out agents whose browser was silent for too long, never during a call. */
  seen(userId: string): Promise<void>;
  /**
   * The agent's page is gone, and it is known: closed, crashed, cut off. Whoever opens it again within seconds, as a reload does, has
   * lost nothing; else the desk is signed out, after its call if it has one. `lastSeen`: the last sign of life of that page, so that one
   * from elsewhere counts.
   */
  left(userId: string, lastSeen: number): Promise<void>;
  view(userId: string): Promise<AgentView>;
};
