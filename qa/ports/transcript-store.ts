/** Transcripts of recordings: what waits for one, what was delivered, and what is listened for in them. */
import type { MustSay } from '../rules/transcript/findings.ts';
import type { Phrases, PhraseTable } from '../rules/transcript/phrases.ts';
import type { Segment } from '../rules/transcript/words.ts';

/** A recording that somebody is to judge and that no engine has written down yet. */
export type WaitingRecording = {
  recordingId: string;
  talkStartedAt: number;
  durationMs: number | null;
  sha256: string | null;
  /** The campaign's spoken language: what the engine may expect. */
  language: string;
};

export type RecordingForTranscript = {
  recordingId: string;
  centreId: string;
  stored: boolean;
  sha256: string | null;
  durationMs: number | null;
  scriptVersionId: string | null;
  /** Somebody is to judge it. */
  wanted: boolean;
  /** False: the agent recorded that it was none. */
  sale: boolean;
};

export type TranscriptWay = 'http' | 'command' | 'sandbox';

export type NewTranscript = {
  recordingId: string;
  language: string;
  engine: string;
  engineVersion: string;
  way: TranscriptWay;
  recordingSha256: string;
  contentSha256: string;
  heardUntilMs: number;
  segments: readonly Segment[];
  madeAt: number;
  deliveredAt: number;
  deliveredBy: string | null;
};

export type StoredTranscript = Omit<NewTranscript, 'contentSha256'> & {
  id: string;
  /** Earlier ones of the same recording. */
  superseded: number;
};

/** A transcript of a call that waits for its re-check and was not read by the rule in force. */
export type UnreadTranscript = {
  transcriptId: string;
  language: string;
  segments: readonly Segment[];
  heardUntilMs: number;
  durationMs: number | null;
  scriptVersionId: string | null;
};

export type TranscriptStore = {
  /** Oldest talk first. `due`: only those whose next try of our own engine has come. */
  waiting(
    centreId: string | null,
    page: { after: { at: number; id: string } | null; limit: number; due?: number },
  ): Promise<WaitingRecording[]>;
  recording(recordingId: string): Promise<RecordingForTranscript | null>;
  /** The id of the very same transcript, if it was delivered before. */
  known(recordingId: string, contentSha256: string): Promise<string | null>;
  /** Null: the recording is not stored any more. The same again answers the first one's id. */
  add(transcript: NewTranscript): Promise<string | null>;
  newest(recordingId: string): Promise<StoredTranscript | null>;
  unread(campaignId: string, rule: string, limit: number): Promise<UnreadTranscript[]>;
  keepReading(transcriptId: string, rule: string, found: readonly string[], at: number): Promise<void>;
  /** Null: no such script version. */
  mustSay(scriptVersionId: string): Promise<readonly MustSay[] | null>;
  phrases(centreId: string): Promise<(PhraseTable & { changedAt: number; changedBy: string | null }) | null>;
  /** False: somebody else made this version first. */
  addPhrases(centreId: string, version: number, phrases: Phrases, by: string, at: number): Promise<boolean>;
  /** Whether an account of an engine works for this centre. */
  engineSignedUp(centreId: string): Promise<boolean>;
  tries(recordingId: string): Promise<number>;
  keepTry(recordingId: string, tries: number, nextTryAt: number | null, problem: string): Promise<void>;
};
