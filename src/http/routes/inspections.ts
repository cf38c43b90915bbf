import { readSerial } from '../page.ts';
import type { inspectionRoutes } from '../../contract/inspections.ts';
import type { Handlers } from '../handler.ts';
import type { Services } from '../services.ts';
import { readVoices } from '../voices.ts';
import { logFile, registerCells, registerColumns } from './log-files.ts';

export function inspectionHandlers(services: Services): Handlers<keyof typeof inspectionRoutes> {
  const { database, quality, audit } = services;
  const { inspections } = quality;
  const note = (actorId: string, action: string, subjectId: string, subjectType = 'inspection') =>
    audit.record({ actorId, action, subjectType, subjectId });

  return {
    'GET /api/inspections': ({ query, viewer }) => inspections.list(viewer, query),
    'POST /api/inspections/next': async ({ body, viewer }) => ({
      inspection: await inspections.next(viewer, body.after ?? null),
    }),
    'GET /api/inspections/:id': async ({ params, viewer }) => {
      const inspection = await inspections.read(viewer, params.id);
      await note(viewer.userId, 'inspection-read', inspection.id);
      return inspection;
    },
    'GET /api/inspections/:id/voices': async ({ params, viewer }) => {
      const { conversation, blind } = await inspections.read(viewer, params.id);
      return readVoices(database.client, viewer, conversation.attemptId, !blind);
    },
    'POST /api/inspections/:id/open': async ({ params, viewer }) => {
      const inspection = await inspections.open(viewer, params.id);
      await note(viewer.userId, 'inspection-opened', inspection.id);
      return inspection;
    },
    'PUT /api/inspections/:id/draft': async ({ params, body, viewer }) => {
      await inspections.draft(viewer, params.id, body.answers, body.note);
      return {};
    },
    'POST /api/inspections/:id/score': async ({ params, body, viewer }) => {
      const inspection = await inspections.score(viewer, params.id, body);
      await note(viewer.userId, 'inspection-scored', inspection.id);
      return inspection;
    },
    'POST /api/inspections/:id/correct': async ({ params, body, viewer }) => {
      const inspection = await inspections.correct(viewer, params.id, body);
      await note(viewer.userId, 'inspection-corrected', inspection.id);
      return inspection;
    },
    'POST /api/inspections/:id/agree': async ({ params, viewer }) => {
      const inspection = await inspections.agree(viewer, params.id);
      await note(viewer.userId, 'inspection-agreed', inspection.id);
      return inspection;
    },
    'POST /api/inspections/:id/dispute': async ({ params, body, viewer }) => {
      const inspection = await inspections.dispute(viewer, params.id, body.reason);
      await note(viewer.userId, 'inspection-disputed', inspection.id);
      return inspection;
    },
    'POST /api/inspections/:id/decide': async ({ params, body, viewer }) => {
      const inspection = await inspections.decide(viewer, params.id, body);
      await note(viewer.userId, 'dispute-decided', inspection.id);
      return inspection;
    },
    'POST /api/inspections/:id/assign': async ({ params, body, viewer }) => {
      const inspection = await inspections.assign(viewer, params.id, body);
      await note(viewer.userId, 'inspection-assigned', inspection.id);
      return inspection;
    },

    'GET /api/inspections/:id/judges': async ({ params, viewer }) => ({
      items: await inspections.judges(viewer, params.id),
    }),

    'GET /api/inspection-register': ({ query, viewer }) =>
      inspections.register(viewer, { ...query, after: readSerial(query.after)?.toString() }),
    'GET /api/inspection-register/csv': async ({ query, viewer }) => {
      const { from, to } = query;
      const span = {
        ...(from === undefined ? {} : { gte: new Date(from) }),
        ...(to === undefined ? {} : { lt: new Date(to) }),
      };
      const log = {
        ...({ kind: 'register-file', fileName: 'inspection-register.csv', columns: registerColumns } as const),
        // Of every centre's: only how far the file is hangs on it.
        total: await database.client.registerEntry.count({ where: { at: span } }),
        page: (after: string | undefined, limit: number) => inspections.register(viewer, { ...query, limit, after }),
        cells: registerCells,
      };
      return logFile(services, viewer, log, query);
    },
    'GET /api/inspection-agreement': ({ query, viewer }) => inspections.agreement(viewer, query),
    'GET /api/inspection-levels': async ({ viewer }) => ({ items: await inspections.levels(viewer) }),
    'POST /api/inspection-levels/:id/lift': async ({ params, body, viewer }) => {
      await inspections.lift(viewer, params.id, body.why);
      await note(viewer.userId, 'suspension-lifted', params.id, 'user');
      return {};
    },
    'POST /api/inspection-levels/:id/coached': async ({ params, body, viewer }) => {
      await inspections.coached(viewer, params.id, body.note);
      await note(viewer.userId, 'coaching-closed', params.id, 'user');
      return {};
    },
    'GET /api/patrols': ({ query, viewer }) => inspections.patrols(viewer, query),
    'GET /api/patrols/proposal': async ({ viewer }) => ({ proposal: await inspections.patrolProposal(viewer) }),
    'POST /api/patrols': async ({ body, viewer }) => {
      const patrol = await inspections.addPatrol(viewer, body);
      await note(viewer.userId, 'patrol-noted', patrol.id, 'patrol');
      return patrol;
    },
  };
}
