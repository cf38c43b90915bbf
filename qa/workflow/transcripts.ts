/**
 * Transcripts (Q12): what waits for one, taking one in, and what is found in it. Engines deliver, by whatever way; inspectors read.
 * What is found orders the re-check and points to a second. No verdict, sale or draw asks for it.
 */
import { createHash } from 'node:crypto';
import { QualityError } from '../errors.ts';
import type { Clock } from '../ports/surroundings.ts';
import type { RecordingForTranscript, TranscriptStore, TranscriptWay } from '../ports/transcript-store.ts';
import type { Viewer } from '../ports/viewer.ts';
import { type MustSay, type Reading, readTranscript } from '../rules/transcript/findings.ts';
import {
  BUILT_IN_PHRASES,
  type Phrases,
  type PhraseTable,
  phraseFaults,
  readingRule,
} from '../rules/transcript/phrases.ts';
import type { Segment } from '../rules/transcript/words.ts';

/** What an engine says of one recording. */
export type ToldTranscript = {
  language: string;
  engine: { name: string; version: string };
  recordingSha256: string;
  /** Null: up to its last word. */
  heardUntilMs: number | null;
  /** Null: now. */
  madeAt: number | null;
  segments: readonly Segment[];
};

/** Who delivers: an account of an engine, or this server's own command. */
export type Deliverer = { way: TranscriptWay; viewer: Viewer | null };

/** Read at once before the re-check is ordered; what is beyond waits for the next run. */
const readAtOnce = 200;
/** Engines count in frames of their own. */
const beyondEndMs = 5_000;

export type Transcripts = ReturnType<typeof createTranscripts>;

export function createTranscripts({ store, clock }: { store: TranscriptStore; clock: Clock }) {
  const tableOf = async (centreId: string): Promise<PhraseTable> => (await store.phrases(centreId)) ?? BUILT_IN_PHRASES;
  const scriptOf = async (id: string | null): Promise<readonly MustSay[] | null> =>
    id === null ? null : store.mustSay(id);

  /** @throws QualityError recording-unknown where it is not of the engine's centre */
  async function ofEngine(viewer: Viewer, recordingId: string): Promise<RecordingForTranscript> {
    const recording = await store.recording(recordingId);
    if (recording === null || viewer.centreId === null || recording.centreId !== viewer.centreId) throw unknown();
    return recording;
  }

  return {
    /** Empty for an engine without a centre: there is no account for all of them. */
    async waiting(viewer: Viewer, page: { after: { at: number; id: string } | null; limit: number }) {
      return viewer.centreId === null ? [] : store.waiting(viewer.centreId, page);
    },

    /** Whether an engine may hear it: it is of its centre, and somebody is to judge it. */
    async mayFetch(viewer: Viewer, recordingId: string): Promise<boolean> {
      const { wanted, centreId } = (await store.recording(recordingId)) ?? { wanted: false, centreId: null };
      return wanted && centreId !== null && centreId === viewer.centreId;
    },

    /**
     * Idempotent: the same again is the same transcript; another one of the same recording supersedes it.
     * @throws QualityError recording-unknown | recording-not-stored | recording-hash-invalid | transcript-times-invalid
     */
    async deliver({ viewer, way }: Deliverer, recordingId: string, told: ToldTranscript) {
      const recording = viewer === null ? await store.recording(recordingId) : await ofEngine(viewer, recordingId);
      if (recording === null) throw unknown();
      const contentSha256 = hashOf(told);
      const before = await store.known(recordingId, contentSha256);
      if (before !== null) return { id: before, fresh: false };
      if (!recording.wanted && (await store.newest(recordingId)) === null) throw unknown();
      check(told, recording);
      const id = await store.add({
        ...{ recordingId, contentSha256, way, language: told.language, recordingSha256: told.recordingSha256 },
        ...{ engine: told.engine.name, engineVersion: told.engine.version, segments: told.segments },
        heardUntilMs: Math.max(told.heardUntilMs ?? 0, ...told.segments.map(({ endMs }) => endMs)),
        madeAt: told.madeAt ?? clock.now(),
        deliveredAt: clock.now(),
        deliveredBy: viewer?.userId ?? null,
      });
      if (id === null) throw new QualityError('recording-not-stored', 'This recording is not here any more.');
      return { id, fresh: true };
    },

    /** The newest transcript with what is found in it by the phrases of now. Who may hear the recording, the asker has made sure of. */
    async read(recordingId: string) {
      const [recording, transcript] = await Promise.all([store.recording(recordingId), store.newest(recordingId)]);
      if (recording === null || transcript === null) return null;
      const [table, mustSay] = await Promise.all([tableOf(recording.centreId), scriptOf(recording.scriptVersionId)]);
      // A call without a sale needs neither tariff nor consent.
      const reading: Reading | null = !recording.sale
        ? null
        : readTranscript({ ...transcript, durationMs: recording.durationMs }, table, mustSay);
      return {
        transcript,
        reading,
        rule: readingRule(table),
        sameSound: transcript.recordingSha256 === recording.sha256,
      };
    },

    engineSignedUp: store.engineSignedUp,

    /** Reads what waits for its re-check; answers the rule by which that was done. */
    async readWaiting({ campaignId, centreId }: { campaignId: string; centreId: string }): Promise<string> {
      const table = await tableOf(centreId);
      const rule = readingRule(table);
      const scripts = new Map<string | null, readonly MustSay[] | null>();
      for (const { transcriptId, scriptVersionId, ...call } of await store.unread(campaignId, rule, readAtOnce)) {
        const known = scripts.get(scriptVersionId);
        const mustSay = known === undefined ? await scriptOf(scriptVersionId) : known;
        scripts.set(scriptVersionId, mustSay);
        const found = readTranscript(call, table, mustSay).found.map(({ code }) => code);
        await store.keepReading(transcriptId, rule, found, clock.now());
      }
      return rule;
    },

    async phrases({ centreId }: Viewer) {
      const own = centreId === null ? null : await store.phrases(centreId);
      return own ?? { ...BUILT_IN_PHRASES, changedAt: null, changedBy: null };
    },

    /** @throws QualityError phrases-invalid, with each field | phrases-changed-meanwhile | centre-unknown */
    async setPhrases({ centreId, userId }: Viewer, phrases: Phrases, basedOn: number): Promise<number> {
      if (centreId === null) throw new QualityError('centre-unknown', 'Phrases belong to a centre.');
      const faults = phraseFaults(phrases).map(({ code, field }) => ({ code, field: `body.phrases.${field}` }));
      if (faults.length > 0) throw new QualityError('phrases-invalid', 'Some phrases cannot be used.', { faults });
      const { version } = await tableOf(centreId);
      const taken =
        version !== basedOn || !(await store.addPhrases(centreId, version + 1, phrases, userId, clock.now()));
      if (taken)
        throw new QualityError('phrases-changed-meanwhile', 'Somebody else has changed the phrases. Load them again.');
      return version + 1;
    },
  };
}

function check(told: ToldTranscript, { stored, sha256, durationMs }: RecordingForTranscript): void {
  if (!stored) throw new QualityError('recording-not-stored', 'This recording is not here any more.');
  const fault = (code: string, field: string, sentence: string) =>
    new QualityError(code, sentence, { faults: [{ code, field: `body.${field}` }] });
  if (told.recordingSha256 !== sha256)
    throw fault('recording-hash-invalid', 'recordingSha256', 'This is not the hash of the recording’s sound.');
  const end = (durationMs ?? Number.POSITIVE_INFINITY) + beyondEndMs;
  const late = told.segments.findIndex(({ endMs }) => endMs > end);
  if (late >= 0)
    throw fault('transcript-times-invalid', `segments.${late}.endMs`, 'This lies after the end of the recording.');
  if ((told.heardUntilMs ?? 0) > end)
    throw fault('transcript-times-invalid', 'heardUntilMs', 'This lies after the end of the recording.');
}

/** Of everything but the time, which may be another one at each try. */
function hashOf({ madeAt: _, segments, ...told }: ToldTranscript): string {
  const lines = segments.map(({ channel, startMs, endMs, text, confidence }) => [
    channel,
    startMs,
    endMs,
    text,
    confidence,
  ]);
  const { language, engine, recordingSha256, heardUntilMs } = told;
  const whole = [language, engine.name, engine.version, recordingSha256, heardUntilMs, lines];
  return createHash('sha256').update(JSON.stringify(whole)).digest('hex');
}

const unknown = (): QualityError =>
  new QualityError('recording-unknown', 'There is no such recording, or it does not wait for a transcript.');
