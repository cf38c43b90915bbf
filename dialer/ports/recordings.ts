/** The rows that say which recordings are due, and the folder or bucket that keeps them. */
import type { HandoffToQuality } from '../events.ts';

export type RecordingState = 'expected' | 'announced' | 'stored' | 'damaged' | 'lost' | 'erased';

export type RecordingRow = {
  recordingId: string;
  attemptId: string;
  campaignId: string;
  agentId: string;
  state: RecordingState;
  carrierCallId: string | null;
  carrierRecordingId: string | null;
  sourceUrl: string | null;
  talkStartedAt: number;
  talkMs: number | null;
  durationMs: number | null;
  channels: number | null;
  bytes: number | null;
  sha256: string | null;
  path: string | null;
  problem: string | null;
  tries: number;
};

export type RecordingChange = {
  from: RecordingState[];
  state?: RecordingState;
  carrierRecordingId?: string;
  sourceUrl?: string;
  durationMs?: number | null;
  channels?: number | null;
  bytes?: number;
  sha256?: string;
  path?: string;
  agentTalkShare?: number | null;
  problem?: string | null;
  tries?: number;
  nextTryAt?: number | null;
  storedAt?: number;
  eraseAfter?: number;
  handoff?: HandoffToQuality;
};

export type Recordings = {
  byId(recordingId: string): Promise<RecordingRow | null>;
  /** A change to the recording of a call, which it answers as it is then; null: there is none in one of the `from` states. */
  changeOf(attemptId: string, change: RecordingChange): Promise<RecordingRow | null>;
  /** False: the row is no longer in one of the `from` states. */
  change(recordingId: string, change: RecordingChange, now: number): Promise<boolean>;
  /** Takes rows whose next try is due and moves that try to `claimUntil`, so that each is worked on once. */
  claimDue(now: number, claimUntil: number, limit: number): Promise<RecordingRow[]>;
  /**
   * Expected recordings of calls that are over and that nobody has asked for yet: the first is due at `from`, each further one
   * `everyMs` later, none later than it was. How many.
   */
  bringForward(from: number, everyMs: number): Promise<number>;
  hold(recordingId: string, change: 1 | -1): Promise<boolean>;
  /** Stored recordings of talks before a time that differs by campaign, oldest first, after the last one seen. */
  oldOnes(
    campaignId: string,
    talkBefore: number,
    after: { at: number; id: string } | null,
    limit: number,
  ): Promise<OldRecording[]>;
  /** The same of recordings that were lost or never could be read, as far as own words of the customer are kept of their calls. */
  oldWords(
    campaignId: string,
    talkBefore: number,
    after: { at: number; id: string } | null,
    limit: number,
  ): Promise<OldRecording[]>;
  /** Words go with the sound by themselves; this is for those whose sound is not there, unless they are held. */
  eraseWords(recordingId: string): Promise<void>;
  /** Campaigns with recordings that may be due, and what their retention is counted in. */
  keepers(): Promise<{ campaignId: string; keepMonths: number; timeZone: string }[]>;
  /** Marks it erased, with the journal's word of it, unless it is held. False: it is, or it is erased already. */
  markErased(
    recordingId: string,
    data: { sha256: string | null; since: number; keepMonths: number },
    now: number,
  ): Promise<boolean>;
  /** Marked, and the file perhaps still there. */
  erasedWithFile(limit: number): Promise<{ recordingId: string; path: string }[]>;
  fileGone(recordingId: string): Promise<void>;
};

export type OldRecording = {
  recordingId: string;
  attemptId: string;
  talkStartedAt: number;
  sha256: string | null;
  holds: number;
};

export type WrittenFile = { path: string; bytes: number; sha256: string };

export type RecordingFiles = {
  /** Writes whole or not at all; `path` is relative to the store and is what `open` takes. */
  write(path: string, content: AsyncIterable<Uint8Array>): Promise<WrittenFile>;
  /** The place on this machine where the file can be read. */
  locate(path: string): Promise<{ path: string; bytes: number } | null>;
  remove(path: string): Promise<void>;
};
