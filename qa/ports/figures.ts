/** Quality's counts that cards and summaries are made of, and the things that were counted. */
import type { Counted, CountedThings } from '../rules/counted-things.ts';
import type { InspectedRecording } from '../rules/scorecard.ts';
import type { TeamThings } from '../rules/team-things.ts';
import type { Viewer } from './viewer.ts';

export type { Counted, CountedThings, TeamThings };

export type Span = { from: number; to: number };
/** Whose: of one campaign or of all, of some agents or of everybody. */
export type Whose = {
  campaignId: string | null;
  agentIds: readonly string[] | null;
  /** Who reads it: what was found of calls that this person may still judge blind is not counted for them. Everything is, if absent. */
  reader?: Viewer;
};

export type AgentQuality = {
  agentId: string;
  sales: number;
  validSales: number;
  complaints: number;
  /** 0 to 100 on floor patrols; null without any. */
  conductMarks: number | null;
  /** Of customers in calls: answered by the agent, of them within the limit, and given to the problem desk (A5). */
  questions: { answered: number; inTime: number; handedOver: number };
  /**
   * Inspected recordings of the daily draws, forced ones among them. The supervisor's own draw is a check of the centre, not
   * part of its estimate.
   */
  inspected: InspectedRecording[];
};

export type AgentWork = {
  agentId: string;
  attempts: number;
  conversations: number;
  talkMs: number;
  wrapUpMs: number;
  signedInMs: number;
  breakMs: number;
};

/** The dialler's side of a card, told by whoever joins the two. `agentIds`: only of these; null: of everybody. */
export type Work = (
  span: Span,
  of: { centreId: string | null; campaignId: string | null; agentIds: readonly string[] | null },
) => Promise<AgentWork[]>;

/** Working days of the centre in a span, since the agent joined, and those on which the agent signed in. */
export type Attendance = { agentId: string; due: number; attended: number };
export type Attended = (
  span: Span,
  of: { centreId: string; timeZone: string; agentIds: readonly string[] | null },
) => Promise<Attendance[]>;

/** `from`: its day, or the first of its week. */
export type DrawFigures = {
  id: string;
  kind: string;
  from: string;
  frameSize: number;
  size: number;
  inspected: number;
};

export type Figures = {
  /** What a card counts besides `byAgent`. `centreId`: also what names no agent but a campaign of this centre. */
  teamThings(span: Span, whose: Whose, centreId: string | null): Promise<TeamThings>;
  byAgent(span: Span, whose: Whose): Promise<AgentQuality[]>;
  /** Of `byAgent` only the inspections: what ranks hang on. */
  inspected(span: Span, whose: Whose): Promise<Pick<AgentQuality, 'agentId' | 'inspected'>[]>;
  /** Complaints that name no agent, of a centre's campaigns or of none: on no agent's card, and so only on the centre's. */
  unnamedComplaints(span: Span, campaignId: string | null, centreId: string): Promise<number>;
  /** Everything that quality's figures of a span count, one by one. `centreId`: as of `teamThings`. */
  things(span: Span, whose: Whose, centreId?: string | null): Promise<CountedThings>;
  /** Of all inspections of a campaign that looked at the call's records, and that the reader may know. */
  records(campaignId: string, reader: Viewer): Promise<{ checked: number; accurate: number }>;
  draws(campaignId: string, span: Span): Promise<DrawFigures[]>;
  spotCheck(campaignId: string, span: Span, limit: number): Promise<string[]>;
};
