/** Transcripts: in from speech engines, out to who may hear the recording. Their words stand in no address and in no log. */
import type { transcriptRoutes } from '../../contract/transcripts.ts';
import { ApiError } from '../errors.ts';
import { hasRight } from '../rights.ts';
import type { Handlers } from '../handler.ts';
import { playRecording } from '../media.ts';
import { cut, readTimeKey, timeKey } from '../page.ts';
import { peopleOf } from '../people.ts';
import type { Services } from '../services.ts';
import { hearing } from './hearing.ts';

export function transcriptHandlers(services: Services): Handlers<keyof typeof transcriptRoutes> {
  const { audit, database, dialer, quality, settings } = services;
  const { transcripts } = quality;
  const { mustHear } = hearing(services);
  const note = (actorId: string, action: string, subjectId: string, detail: Record<string, string | boolean> = {}) =>
    audit.record({ actorId, action, subjectType: 'recording', subjectId, detail });

  return {
    'GET /api/recheck-effects': ({ viewer }) => quality.inspections.riskEffects(viewer),

    'GET /api/transcription/recordings': async ({ query, viewer }) => {
      const after = readTimeKey(query.after);
      const rows = await transcripts.waiting(viewer, {
        after: after === undefined ? null : { at: after.at.getTime(), id: after.id },
        limit: query.limit + 1,
      });
      return cut(
        rows,
        query.limit,
        (row) => timeKey(new Date(row.talkStartedAt), row.recordingId),
        (row) => row,
      );
    },

    'GET /api/transcription/recordings/:id/media': async ({ params, query, viewer, request }) => {
      if (!(await transcripts.mayFetch(viewer, params.id))) throw new ApiError('not-found');
      await note(viewer.userId, 'recording-fetched', params.id, { channel: query.channel });
      const { path } = await dialer.openRecording(params.id);
      const file = await playRecording(path, query.channel, request.headers.range);
      if (file === null) throw new ApiError('recording-not-stored');
      return file;
    },

    'POST /api/transcription/recordings/:id/transcripts': async ({ params, body, viewer }) => {
      const { id, fresh } = await transcripts.deliver({ way: 'http', viewer }, params.id, body);
      if (fresh) await note(viewer.userId, 'transcript-delivered', params.id, { way: 'http', transcript: id });
      return { id };
    },

    'GET /api/recordings/:id/transcript': async ({ params, viewer }) => {
      const { campaignId } = await mustHear(viewer, params.id);
      const found = await transcripts.read(params.id);
      if (found === null) {
        const { centreId } = await database.client.campaign.findUniqueOrThrow({ where: { id: campaignId } });
        return { transcript: null, expected: settings.speech || (await transcripts.engineSignedUp(centreId)) };
      }
      await note(viewer.userId, 'transcript-read', params.id, { transcript: found.transcript.id });
      const { transcript, reading, rule, sameSound } = found;
      const { id, language, way, madeAt, recordingSha256, superseded, segments, engine, engineVersion } = transcript;
      const judges = hasRight(viewer.role, 'inspection.judge') || hasRight(viewer.role, 'inspection.assign');
      return {
        transcript: {
          ...{ id, language, way, madeAt, recordingSha256, sameSound, superseded, segments: [...segments] },
          engine: { name: engine, version: engineVersion },
          findings:
            judges && reading !== null ? { rule, found: [...reading.found], notKnown: [...reading.notKnown] } : null,
        },
        expected: true,
      };
    },

    'GET /api/transcript-phrases': ({ viewer }) => shown(viewer),
    'PUT /api/transcript-phrases': async ({ body, viewer }) => {
      const version = await transcripts.setPhrases(viewer, body.phrases, body.basedOn);
      await audit.record({
        ...{
          actorId: viewer.userId,
          action: 'phrases-changed',
          subjectType: 'centre',
          subjectId: viewer.centreId ?? '',
        },
        detail: { version },
      });
      return shown(viewer);
    },
  };

  async function shown(viewer: Parameters<typeof transcripts.phrases>[0]) {
    const { changedBy, ...table } = await transcripts.phrases(viewer);
    const name = await peopleOf(database.client, viewer, [changedBy]);
    return { ...table, changedBy: changedBy === null ? null : name(changedBy) };
  }
}
