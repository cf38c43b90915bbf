/** Quality's counts that cards and summaries are made of. */
import type { InspectedRecording } from '../rules/scorecard.ts';

export type Span = { from: number; to: number };
export type AgentQuality = {
  agentId: string;
  sales: number;
  validSales: number;
  complaints: number;
  /** 0 to 100 on floor patrols; null without any. */
  conductMarks: number | null;
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

/** The dialler's side of a card, told by whoever joins the two. */
export type Work = (span: Span, of: { centreId: string | null; campaignId: string | null }) => Promise<AgentWork[]>;
