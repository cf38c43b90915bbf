/** What the dialler tells quality of its calls. Delivered at least once, possibly again after it was taken. Times are epoch ms. */

/** A conversation as the dialler closed it. */
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
  connectedAt: number;
  endedAt: number;
  talkMs: number;
  disposition: string | null;
  /** The whole disposition as the agent gave it. */
  detail: Record<string, unknown>;
  selfCheck: Record<string, 'yes' | 'doubt'> | null;
  mustSayTicked: string[];
  note: string;
  /** A corrective call, verification, confirmation or return call that quality asked for. */
  origin: { kind: string; id: string } | null;
  /** Demo history is marked, so that nobody takes it for real work. */
  demo: boolean;
  recordingId: string | null;
};

/** With its local date of the centre: what quality keeps. */
export type Conversation = ConversationFacts & { day: string };

export type RecordingFact = {
  recordingId: string;
  attemptId: string;
  state: 'stored' | 'lost';
  durationMs: number | null;
  /** The agent's part of what was spoken, 0 to 1; null where it is not known. */
  agentTalkShare: number | null;
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
