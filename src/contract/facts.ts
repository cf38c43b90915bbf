/** What the dialler tells quality of its calls, in quality's own words, with what else is known of them here. */
import type { ConversationFacts as Facts, RecordingFact } from '../../qa/index.ts';

export type { TextOrigin, ToldReply, UnreachedTask } from '../../qa/index.ts';

export type ConversationFacts = Facts & { number: string };

export type RecordingFacts = Omit<RecordingFact, 'state'> & {
  campaignId: string;
  agentId: string;
  state: string;
  talkStartedAt: number;
  talkMs: number | null;
  sha256: string | null;
};
