/** An engine that this server asks itself. Engines that come by HTTP deliver the same, by the operator's own doing. */
import type { Channel, Segment } from '../rules/transcript/words.ts';
import type { TranscriptWay } from './transcript-store.ts';

export type SoundToHear = {
  recordingId: string;
  durationMs: number | null;
  /** What is spoken in the campaign, BCP 47. */
  language: string;
  /** One side as a file of its own (WAV, 16 kHz, 16 bit, one channel), made when it is asked for. */
  file(side: Channel): Promise<string>;
  /** A folder for what the engine writes; it goes with the sound's files. */
  folder: string;
};

export type Heard = { language: string; heardUntilMs: number; segments: Segment[] };

export type SpeechEngine = {
  way: Exclude<TranscriptWay, 'http'>;
  name: string;
  version: string;
  /** @throws QualityError with the reason it could not. `signal` ends it early. */
  hear(sound: SoundToHear, signal: AbortSignal): Promise<Heard>;
};

/** Files of recordings for an engine. They are gone when `work` is done, whatever came of it. */
export type SpeechSounds = {
  with<T>(
    recordingId: string,
    work: (sound: Pick<SoundToHear, 'file' | 'folder'> & { sha256: string }) => Promise<T>,
  ): Promise<T>;
};
