import { z } from 'zod';
import { count, id, idParams, pageOf, pageQuery, person, spanQuery, time } from './common.ts';
import type { Route } from './route.ts';

export const recordingState = z.enum(['expected', 'announced', 'stored', 'damaged', 'lost', 'erased']);
export type RecordingState = z.infer<typeof recordingState>;
export const recording = z
  .object({
    id,
    attemptId: id,
    campaignId: id,
    campaignName: z.string(),
    agent: person,
    state: recordingState,
    talkStartedAt: time,
    talkMs: count.nullable(),
    durationMs: count.nullable(),
    channels: count.nullable(),
    bytes: count.nullable(),
    sha256: z.string().nullable(),
    problem: z.string().nullable(),
    tries: count,
    disposition: z.string().nullable(),
    numberMasked: z.string(),
    onHold: z.boolean(),
    eraseAfter: time.nullable(),
  })
  .meta({ id: 'Recording' });
export type Recording = z.infer<typeof recording>;

/** Whose voice is on the agent's side of the recording, from when on. `person` null: an outside number, or hidden from a blind judge. */
export const voice = z
  .object({ fromMs: count, who: z.enum(['agent', 'supervisor', 'guest']), person: person.nullable() })
  .meta({ id: 'Voice' });
export type Voice = z.infer<typeof voice>;
export const voicesReply = z.object({ voices: z.array(voice) });

/** Which side: the agent is left, the customer right. */
export const channel = z.enum(['both', 'agent', 'customer']);

export const recordingRoutes = {
  'GET /api/recordings': {
    right: 'recording.list',
    summary: 'Recordings the reader may see, newest first',
    query: pageQuery.extend({
      ...spanQuery.shape,
      campaignId: id.optional(),
      agentId: id.optional(),
      state: recordingState.optional(),
      disposition: z.string().max(60).optional(),
    }),
    reply: pageOf(recording),
  },
  'GET /api/recordings/:id': {
    right: 'recording.listen',
    summary: 'One recording',
    params: idParams,
    reply: recording,
  },
  'GET /api/recordings/:id/voices': {
    right: 'recording.listen',
    summary: 'Who speaks on the agent’s side, from when on: colleagues and supervisors who had the customer, too',
    params: idParams,
    reply: voicesReply,
  },
  'GET /api/recordings/:id/media': {
    right: 'recording.listen',
    summary: 'The sound (WAV), with ranges; each listening is in the audit log',
    params: idParams,
    query: z.object({ channel: channel.default('both') }),
    reply: 'bytes',
  },
  'GET /api/recordings/:id/peaks': {
    right: 'recording.listen',
    summary: 'Waveform of both sides: highest level 0–1 of equal slices',
    params: idParams,
    query: z.object({ points: z.coerce.number().int().min(50).max(4000).default(1000) }),
    reply: z.object({ durationMs: count, agent: z.array(z.number()), customer: z.array(z.number()) }),
  },
} as const satisfies Record<string, Route>;
