import type { calibrationRoutes } from '../../contract/calibrations.ts';
import type { Handlers } from '../handler.ts';
import type { Services } from '../services.ts';

export function calibrationHandlers({ quality, audit }: Services): Handlers<keyof typeof calibrationRoutes> {
  const { calibrations } = quality;
  const note = (actorId: string, action: string, subjectId: string) =>
    audit.record({ actorId, action, subjectType: 'calibration', subjectId });
  return {
    'GET /api/calibrations': ({ viewer }) => calibrations.list(viewer),
    'GET /api/calibrations/:id': ({ params, viewer }) => calibrations.read(viewer, params.id),
    'POST /api/calibrations': async ({ body, viewer }) => {
      const session = await calibrations.open(viewer, body);
      await note(viewer.userId, 'calibration-opened', session.id);
      return session;
    },
    'POST /api/calibrations/:id/close': async ({ params, viewer }) => {
      const session = await calibrations.close(viewer, params.id);
      await note(viewer.userId, 'calibration-closed', session.id);
      return session;
    },
  };
}
