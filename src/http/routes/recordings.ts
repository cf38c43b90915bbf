import { maskNumber } from '../../../dialer/index.ts';
import type { Person } from '../../contract/common.ts';
import type { Viewer } from '../../contract/quality.ts';
import { type Recording, type recordingRoutes, recordingState } from '../../contract/recordings.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import { createLooks } from '../looks.ts';
import { peaksOf, playRecording } from '../media.ts';
import { cut, readTimeKey, timeKey } from '../page.ts';
import { NOT_TOLD, peopleOf } from '../people.ts';
import { scopeOf, within } from '../scope.ts';
import type { Services } from '../services.ts';
import { readVoices } from '../voices.ts';
import { campaignNames } from './agent-desk.ts';
import { hearing, include, type RecordingRow as Row } from './hearing.ts';

export function recordingHandlers(services: Services): Handlers<keyof typeof recordingRoutes> {
  const { database, dialer, quality, audit, clock } = services;
  const { client } = database;
  const { mustHear } = hearing(services);
  const isLook = createLooks(clock);

  /** Every look is in the log, also one that ends in "not there any more". */
  const heard = async (viewer: Viewer, id: string, action: string, detail: Record<string, string>) => {
    await audit.record({ actorId: viewer.userId, action, subjectType: 'recording', subjectId: id, detail });
    return dialer.openRecording(id);
  };

  const hiddenOf = (viewer: Viewer, rows: readonly Row[]) =>
    quality.inspections.hidden(
      viewer,
      rows.map(({ attemptId }) => attemptId),
    );

  return {
    'GET /api/recordings': async ({ query, viewer }) => {
      const { campaignId, agentId, state, disposition, from, to } = query;
      const after = readTimeKey(query.after);
      const rows = await client.recording.findMany({
        where: {
          AND: [
            within(await scopeOf(client, viewer)),
            {
              ...(campaignId === undefined ? {} : { campaignId }),
              ...(agentId === undefined ? {} : { agentId }),
              ...(state === undefined ? {} : { state }),
              ...(disposition === undefined ? {} : { attempt: { disposition } }),
              talkStartedAt: { gte: new Date(from ?? 0), lt: new Date(to ?? 8.64e15) },
            },
            after === undefined
              ? {}
              : {
                  talkStartedAt: { lte: after.at },
                  OR: [{ talkStartedAt: { lt: after.at } }, { talkStartedAt: after.at, id: { lt: after.id } }],
                },
          ],
        },
        orderBy: [{ talkStartedAt: 'desc' }, { id: 'desc' }],
        take: query.limit + 1,
        include,
      });
      const names = await campaignNames(client, rows);
      const person = await peopleOf(
        client,
        viewer,
        rows.map((row) => row.agentId),
      );
      const hidden = await hiddenOf(viewer, rows);
      const { agent: untold, follows } = hidden;
      const page = cut(
        rows,
        query.limit,
        (row) => timeKey(row.talkStartedAt, row.id),
        (row) => show(row, names, untold.has(row.attemptId) ? NOT_TOLD : person(row.agentId), hidden),
      );
      // Asked for one agent after the other, the list would tell whose a call is that is to be judged blind.
      return {
        ...page,
        items: page.items.filter(
          ({ attemptId, agent }) => !follows.has(attemptId) && (agentId === undefined || agent !== NOT_TOLD),
        ),
      };
    },

    'GET /api/recordings/:id': async ({ params, viewer }) => {
      const row = await mustHear(viewer, params.id);
      const person = await peopleOf(client, viewer, [row.agentId]);
      const hidden = await hiddenOf(viewer, [row]);
      const agent = hidden.agent.has(row.attemptId) ? NOT_TOLD : person(row.agentId);
      return show(row, await campaignNames(client, [row]), agent, hidden);
    },

    'GET /api/recordings/:id/voices': async ({ params, viewer }) => {
      const row = await mustHear(viewer, params.id);
      const { agent } = await hiddenOf(viewer, [row]);
      return readVoices(client, viewer, row.attemptId, !agent.has(row.attemptId));
    },

    'GET /api/recordings/:id/media': async ({ params, query, viewer, request }) => {
      await mustHear(viewer, params.id);
      const { range } = request.headers;
      const { path } = isLook(viewer.session, `${params.id} ${query.channel}`, range)
        ? await heard(viewer, params.id, 'recording-listened', { channel: query.channel })
        : await dialer.openRecording(params.id);
      const file = await playRecording(path, query.channel, range);
      if (file === null)
        throw new ApiError('recording-not-stored', { detail: 'This recording has no separate channels.' });
      return file;
    },

    'GET /api/recordings/:id/peaks': async ({ params, query, viewer }) => {
      await mustHear(viewer, params.id);
      const { path } = await heard(viewer, params.id, 'recording-drawn', {});
      const peaks = await peaksOf(path, query.points);
      if (peaks === null) throw new ApiError('recording-not-stored');
      return peaks;
    },
  };
}

/** A complaint or a dispute keeps a recording: that it is kept would tell of either. */
type Untold = Awaited<ReturnType<Services['quality']['inspections']['hidden']>>;

function show(row: Row, names: Map<string, string>, agent: Person, { complaint, findings }: Untold): Recording {
  return {
    id: row.id,
    attemptId: row.attemptId,
    campaignId: row.campaignId,
    campaignName: names.get(row.campaignId) ?? '',
    agent,
    state: recordingState.parse(row.state),
    talkStartedAt: row.talkStartedAt.getTime(),
    talkMs: row.talkMs,
    durationMs: row.durationMs,
    channels: row.channels,
    bytes: row.bytes,
    sha256: row.sha256,
    problem: row.problem,
    tries: row.tries,
    disposition: row.attempt.disposition,
    numberMasked: maskNumber(row.attempt.number),
    onHold: row.holds > 0 && !complaint.has(row.attemptId) && !findings.has(row.attemptId),
    eraseAfter: row.eraseAfter?.getTime() ?? null,
  };
}
