/** Types of customers: the dialler keeps the rules and sorts; here it is said whose customers somebody may sort and see. */
import type { SegmentRun, segmentRoutes } from '../../contract/segments.ts';
import type { Viewer } from '../../contract/quality.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import { clientsCalledFor, namesOf, ownCentre } from '../segment-shape.ts';
import type { Services } from '../services.ts';

export function segmentHandlers(services: Services): Handlers<keyof typeof segmentRoutes> {
  const { database, segments, longJobs, audit } = services;
  const { client } = database;
  const shown = async (viewer: Viewer) => {
    const centreId = ownCentre(viewer);
    const [current, runs, clients] = await Promise.all([
      segments.current(centreId),
      segments.runs(centreId),
      clientsCalledFor(client, viewer),
    ]);
    const names = await namesOf(client, viewer, [current.changedBy, ...runs.map(({ by }) => by)]);
    const runOf = (id: string): SegmentRun | null => {
      const run = runs.find(({ clientId }) => clientId === id);
      return run === undefined ? null : { ...run, by: names(run.by) };
    };
    return {
      ...{ version: current.version, rules: current.rules, changedAt: current.changedAt },
      changedBy: names(current.changedBy),
      clients: clients.map(({ id, name }) => ({ id, name, run: runOf(id) })),
    };
  };
  /** @throws ApiError not-found, also for a client that others call for */
  const ownClient = async (viewer: Viewer, clientId: string) => {
    const found = (await clientsCalledFor(client, viewer)).find(({ id }) => id === clientId);
    if (found === undefined) throw new ApiError('not-found');
    return { centreId: ownCentre(viewer), clientId, name: found.name };
  };

  return {
    'GET /api/segments': ({ viewer }) => shown(viewer),
    'PUT /api/segments': async ({ body, viewer }) => {
      const centreId = ownCentre(viewer);
      const { version } = await segments.change(centreId, body.rules, body.version, { userId: viewer.userId });
      await audit.record({
        ...{
          actorId: viewer.userId,
          action: 'segment-rules-changed',
          subjectType: 'segment-rules',
          subjectId: centreId,
        },
        detail: { version },
      });
      return shown(viewer);
    },
    'GET /api/segments/versions': async ({ viewer }) => {
      const versions = await segments.versions(ownCentre(viewer));
      const names = await namesOf(
        client,
        viewer,
        versions.map(({ changedBy }) => changedBy),
      );
      return {
        items: versions.map(({ version, rules, changedAt, changedBy, changes, restBefore }) => ({
          ...{ version, changedAt, changes, changedBy: names(changedBy) },
          restMonths: { before: restBefore, after: rules.restMonths },
        })),
      };
    },
    'POST /api/segments/preview': async ({ body, viewer }) => {
      const { centreId, clientId } = await ownClient(viewer, body.clientId);
      const preview = await segments.preview({ centreId, clientId }, body.rules);
      await audit.record({
        ...{ actorId: viewer.userId, action: 'segments-previewed', subjectType: 'segment-rules', subjectId: centreId },
        detail: { clientId, month: preview.month },
      });
      return preview;
    },
    'POST /api/segments/sort': async ({ body, viewer }) => {
      const { centreId, clientId, name } = await ownClient(viewer, body.clientId);
      const by = { userId: viewer.userId };
      const run = await longJobs.follow(
        {
          ...{ kind: 'segments', subjectId: clientId, about: name, userId: viewer.userId },
          total: await segments.count({ centreId, clientId }),
        },
        (progress) => segments.sort({ centreId, clientId }, by, progress),
      );
      await audit.record({
        ...{ actorId: viewer.userId, action: 'customers-sorted', subjectType: 'segment-rules', subjectId: centreId },
        detail: { clientId, month: run.month, version: run.version },
      });
      return { ...run, by: (await namesOf(client, viewer, [run.by]))(run.by) };
    },
  };
}
