/** Transcripts: what speech engines fetch and deliver, and what who may hear a recording may read. */
import { z } from 'zod';
import { count, id, idParams, pageOf, pageQuery, person, serial, share, time } from './common.ts';
import { channel } from './recordings.ts';
import type { Route } from './route.ts';

/** An hour of talk in sentences; the longest body is limited besides. */
const segmentsAtMost = 5_000;
const segmentChannel = z.enum(['agent', 'customer']);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, '64 small hexadecimal digits');
const languageTag = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag such as en, zh or zh-CN');
const engineWords = z.string().trim().min(1).max(100);

export const segment = z.object({
  channel: segmentChannel,
  startMs: count,
  endMs: count,
  text: z.string().max(4_000),
  confidence: share.nullable().default(null),
});
export const newTranscript = z
  .object({
    language: languageTag,
    engine: z.object({ name: engineWords, version: engineWords }),
    /** Of the sound it was made from, as the list of what waits gives it. */
    recordingSha256: sha256,
    /** Up to where the engine listened; null: up to its last word. */
    heardUntilMs: count.nullable().default(null),
    /** null: now. */
    madeAt: time.nullable().default(null),
    segments: z
      .array(
        segment.refine(({ startMs, endMs }) => endMs >= startMs, { path: ['endMs'], error: 'ends before it begins' }),
      )
      .max(segmentsAtMost),
  })
  .meta({ id: 'NewTranscript' });
export type NewTranscript = z.output<typeof newTranscript>;

export const waitingRecording = z
  .object({
    recordingId: id,
    talkStartedAt: time,
    durationMs: count.nullable(),
    sha256: z.string().nullable(),
    /** What is spoken in its campaign. */
    language: z.string(),
  })
  .meta({ id: 'WaitingRecording' });

export const transcriptFinding = z.enum([
  'no-consent-words',
  'tariff-not-heard',
  'cancel-not-heard',
  'identity-not-asked',
  'refusal-words',
  'minor-or-unwell',
]);
export type TranscriptFinding = z.infer<typeof transcriptFinding>;

export const transcript = z
  .object({
    id: serial,
    language: z.string(),
    engine: z.object({ name: z.string(), version: z.string() }),
    /** By HTTP, by a command on the server, or by the sandbox, which hears nothing and says so. */
    way: z.enum(['http', 'command', 'sandbox']),
    madeAt: time,
    recordingSha256: z.string(),
    /** Whether it was made from the sound that is stored now. */
    sameSound: z.boolean(),
    /** Earlier transcripts of the same recording. */
    superseded: count,
    segments: z.array(segment),
    /** What a machine found; null: not for this reader, or the call was no sale. It orders the re-check and decides nothing. */
    findings: z
      .object({
        rule: z.string(),
        found: z.array(
          z.object({
            code: transcriptFinding,
            /** null: not heard in the whole call. */
            heard: z.object({ segment: count, atMs: count, words: z.string() }).nullable(),
          }),
        ),
        notKnown: z.array(
          z.object({
            code: transcriptFinding,
            why: z.enum(['other-language', 'ends-early', 'silence', 'heard-badly']),
          }),
        ),
      })
      .nullable(),
  })
  .meta({ id: 'Transcript' });
export type Transcript = z.infer<typeof transcript>;

const phraseList = z.array(z.string().trim().min(1).max(200)).max(1_000).readonly();
const byKind = z.object({
  consent: phraseList,
  refusal: phraseList,
  unfit: phraseList,
  tariff: phraseList,
  cancel: phraseList,
  identity: phraseList,
});
export const phrases = z.object({ en: byKind, zh: byKind });
export type Phrases = z.infer<typeof phrases>;
export const phraseTable = z
  .object({
    /** 0: the built-in ones. */
    version: count,
    phrases,
    changedAt: time.nullable(),
    changedBy: person.nullable(),
  })
  .meta({ id: 'PhraseTable' });
export type PhraseTable = z.infer<typeof phraseTable>;

export const riskEffect = z.object({
  factor: z.string(),
  faultyWith: count,
  goodWith: count,
  faultyWithout: count,
  goodWithout: count,
  /** Odds ratio with its 95 % interval; null: nothing to compare. */
  times: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
  /** What the order of the queue takes it for. */
  assumed: z.number(),
});
export type RiskEffect = z.infer<typeof riskEffect>;
export const riskEffectsReply = z.object({ judged: count, effects: z.array(riskEffect) });
export type RiskEffects = z.infer<typeof riskEffectsReply>;

export const transcriptRoutes = {
  'GET /api/recheck-effects': {
    right: 'inspection.assign',
    summary: 'How often each factor of risk went with a fault in the re-checks that were judged in the last 90 days',
    reply: riskEffectsReply,
  },
  'GET /api/transcription/recordings': {
    right: 'transcript.deliver',
    summary:
      'For speech engines: recordings of the own centre that somebody is to judge and that have no transcript, oldest first',
    query: pageQuery,
    reply: pageOf(waitingRecording),
  },
  'GET /api/transcription/recordings/:id/media': {
    right: 'transcript.deliver',
    summary: 'For speech engines: the sound (WAV), both sides or one',
    params: idParams,
    query: z.object({ channel: channel.default('both') }),
    reply: 'bytes',
  },
  'POST /api/transcription/recordings/:id/transcripts': {
    right: 'transcript.deliver',
    summary: 'For speech engines: delivers a transcript. The same again changes nothing; another one supersedes it',
    params: idParams,
    body: newTranscript,
    reply: z.object({ id: serial }),
    status: 201,
  },
  'GET /api/recordings/:id/transcript': {
    right: 'recording.listen',
    summary:
      'What was said, by speaker; each reading is in the audit log. `transcript` null: there is none; `expected`: an engine is at work',
    params: idParams,
    reply: z.object({ transcript: transcript.nullable(), expected: z.boolean() }),
  },
  'GET /api/transcript-phrases': {
    right: 'register.read',
    summary: 'What is listened for in transcripts of the own centre',
    reply: phraseTable,
  },
  'PUT /api/transcript-phrases': {
    right: 'inspection.assign',
    summary: 'Changes what is listened for: a new version, made from the one named; findings follow it',
    body: z.object({ basedOn: count, phrases }),
    reply: phraseTable,
  },
} as const satisfies Record<string, Route>;
