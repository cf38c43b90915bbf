/** What the dialler tells quality of its calls. */

/** A conversation as the dialler closed it; times epoch ms. Delivered at least once, possibly again after it was taken. */
export type ConversationFacts = {
  attemptId: string;
  campaignId: string;
  contactId: string;
  agentId: string;
  teamId: string | null;
  /** What kind of campaign it was: only marketing conversations are in the frames of draws. */
  purpose: string;
  settingsVersion: number;
  scriptVersionId: string | null;
  number: string;
  connectedAt: number;
  endedAt: number;
  talkMs: number;
  disposition: string | null;
  /** The whole disposition as the agent gave it. */
  detail: Record<string, unknown>;
  selfCheck: Record<string, 'yes' | 'doubt'> | null;
  mustSayTicked: string[];
  note: string;
  recordingId: string | null;
  /** A corrective call, verification, confirmation or return call that quality asked for. */
  origin: { kind: string; id: string } | null;
  /** Demo history is marked, so that nobody takes it for real work. */
  demo: boolean;
};

export type RecordingFacts = {
  recordingId: string;
  attemptId: string;
  campaignId: string;
  agentId: string;
  state: string;
  talkStartedAt: number;
  talkMs: number | null;
  durationMs: number | null;
  sha256: string | null;
  storedAt: number | null;
};

/** A call that quality asked for was given up: nobody was spoken to, and nobody is called for it any more. */
export type UnreachedTask = {
  attemptId: string | null;
  origin: { kind: string; id: string };
  /** Of the last attempt: no-answer, switched-off, invalid …; empty where there was none. */
  outcome: string;
};

/** What asked for a text: a sale, for its terms or for the notice that it is active. */
export type TextOrigin = { kind: 'terms' | 'notice'; id: string };
/** A customer's text. `origin` null: an answer to nothing that was asked. */
export type ToldReply = {
  replyId: string;
  origin: TextOrigin | null;
  /** The call it is about. */
  attemptId: string;
  campaignId: string;
  answer: 'yes' | 'no' | 'unclear';
  words: string;
};
