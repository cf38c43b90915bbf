/** What the dialler told of a conversation and of its recording. */
export type Conversation = {
  attemptId: string;
  campaignId: string;
  contactId: string;
  agentId: string;
  teamId: string | null;
  purpose: string;
  settingsVersion: number;
  scriptVersionId: string | null;
  connectedAt: number;
  endedAt: number;
  talkMs: number;
  /** Local date of the centre. */
  day: string;
  disposition: string | null;
  detail: Record<string, unknown>;
  selfCheck: Record<string, 'yes' | 'doubt'> | null;
  mustSayTicked: string[];
  note: string;
  origin: { kind: string; id: string } | null;
  demo: boolean;
  recordingId: string | null;
};

export type RecordingFact = {
  recordingId: string;
  attemptId: string;
  state: 'stored' | 'lost';
  durationMs: number | null;
  storedAt: number | null;
};
