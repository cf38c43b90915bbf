import type { RecordingSettings, SceneKind } from '../calls/call.ts';
import type { World } from '../world.ts';

export type RecordingSource =
  | 'OutboundAPI'
  | 'StartCallRecordingAPI'
  | 'StartCallRecordingTwiML'
  | 'StartConferenceRecordingAPI'
  | 'DialVerb'
  | 'Conference'
  | 'RecordVerb';

export type RecordingStatus = 'in-progress' | 'paused' | 'stopped' | 'processing' | 'completed' | 'absent' | 'deleted';

/** Whose voice is heard: the seed of the call and who is at its far end. */
export type VoiceProfile = { seed: number; far: 'person' | 'machine' | 'desk'; greetingMs: number };

/** A stretch of sound: its kind, how far into its scene and into the call it begins, and how long it is. */
export type Stretch = { kind: SceneKind | 'silence'; sceneMs: number; callMs: number; ms: number };

/**
 * A recording is a description: its sound is made when it is downloaded, so a recorded hour costs no memory.
 */
export type Recording = {
  readonly sid: string;
  readonly callSid: string | null;
  readonly conferenceSid: string | null;
  readonly source: RecordingSource;
  readonly settings: RecordingSettings;
  readonly voice: VoiceProfile;
  readonly startedAt: number;
  updatedAt: number;
  status: RecordingStatus;
  durationMs: number;
  pauses: { from: number; to: number | null; keepSilence: boolean }[];
  stretches: readonly Stretch[];
  /** The download breaks off in the middle (a fault). */
  truncated: boolean;
};

/** Where the media are: without an extension, as callbacks give it. */
export function mediaUrl(world: World, recording: Recording): string {
  return `${world.baseUrl}/2010-04-01/Accounts/${world.identity.accountSid}/Recordings/${recording.sid}`;
}

/** The account's recordings; the oldest are forgotten beyond a number. */
export class RecordingRegistry {
  readonly #recordings = new Map<string, Recording>();
  readonly #ofCall = new Map<string, Recording[]>();
  readonly #keep: number;

  constructor(keep: number) {
    this.#keep = keep;
  }

  add(recording: Recording): void {
    this.#recordings.set(recording.sid, recording);
    const key = recording.callSid ?? recording.conferenceSid ?? '';
    const siblings = this.#ofCall.get(key);
    if (siblings) siblings.push(recording);
    else this.#ofCall.set(key, [recording]);
    if (this.#recordings.size <= this.#keep) return;
    for (const old of this.#recordings.values()) {
      if (old.status === 'in-progress' || old.status === 'paused') continue;
      this.remove(old.sid);
      return;
    }
  }

  get(sid: string): Recording | undefined {
    return this.#recordings.get(sid);
  }

  /** Recordings of a call (or, by its id, of a conference), oldest first. */
  ofCall(sid: string): readonly Recording[] {
    return this.#ofCall.get(sid) ?? [];
  }

  remove(sid: string): void {
    const recording = this.#recordings.get(sid);
    if (!recording) return;
    this.#recordings.delete(sid);
    const key = recording.callSid ?? recording.conferenceSid ?? '';
    const left = (this.#ofCall.get(key) ?? []).filter((one) => one !== recording);
    if (left.length > 0) this.#ofCall.set(key, left);
    else this.#ofCall.delete(key);
  }

  get size(): number {
    return this.#recordings.size;
  }

  newestFirst(): Recording[] {
    return [...this.#recordings.values()].reverse();
  }
}
