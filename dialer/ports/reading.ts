/** Reads for screens: an agent's view of the present call and day, and a campaign's live figures. */
import type { AgentCall, AgentDay, CampaignLive } from '../dialer.ts';
import type { CallSpan, Stretch } from '../rules/course.ts';
import type { Json } from './floor.ts';

export type CallForDesk = Omit<AgentCall, 'state' | 'note'> & { endedAt: number | null };

/** What the wallboard shows, less what the façade adds from settings and policy. */
export type LiveFigures = Pick<CampaignLive, 'agents' | 'today'> & {
  /** What the abandonment rate of today is of. */
  presentedToday: number;
  lines: { inUse: number; ringing: number; waiting: number };
  time: {
    lastHalfHour: { signedInMs: number; talkMs: number };
    today: { signedInMs: number; talkMs: number; wrapUpMs: number };
  };
  decision: { at: number; placed: number; why: string; saw: Json } | null;
};

export type Reading = {
  callForDesk(attemptId: string, userId: string): Promise<CallForDesk | null>;
  /** From the time ledger and the attempts since `dayStart`. */
  agentDay(userId: string, dayStart: number, now: number): Promise<Omit<AgentDay, 'band'>>;
  live(campaignId: string, dayStart: number, now: number): Promise<LiveFigures>;
  /** What agents and calls of a campaign did since `from`, as far as it is known at `now`. */
  course(campaignId: string, from: number, now: number): Promise<{ stretches: Stretch[]; calls: CallSpan[] }>;
  /** Reads every contact of the campaign: not for every second. */
  contactCounts(campaignId: string): Promise<CampaignLive['contacts']>;
};

export type TaskContacts = {
  /**
   * Creates the contact once for each origin; a repeat answers the same contact, which, while it waits, takes the agent and times
   * of the repeat. An agent who has left is nobody. Null: no such attempt.
   */
  create(task: {
    origin: { kind: string; id: string };
    attemptId: string;
    agentId: string | null;
    notBefore: number;
    deadlineAt: number;
    now: number;
  }): Promise<{ contactId: string; campaignId: string } | null>;
  /** Takes back what is still waiting. */
  withdraw(origin: { kind: string; id: string }, now: number): Promise<{ campaignId: string } | null>;
  /** Ends waiting calls whose deadline has passed, and owes quality the word of it. Answers the campaigns touched. */
  endOverdue(now: number, limit: number): Promise<string[]>;
  /**
   * Gives contacts that wait for one agent to anybody: agents who left, appointments of agents suspended from selling, and task
   * calls whose deadline comes before `anybodysUntil`.
   */
  freeFromAgents(anybodysUntil: number): Promise<string[]>;
};
