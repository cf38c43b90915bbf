/** Calibration sessions: several people and an expert judge the same recordings, each alone. No card and no sale is touched. */
import { z } from 'zod';
import { count, id, idParams, person, shortText, time } from './common.ts';
import { code } from './forms.ts';
import { agreement } from './inspection-levels.ts';
import type { Route } from './route.ts';

export const calibrationHead = z
  .object({
    id,
    name: z.string(),
    expert: person,
    judges: z.array(person),
    openedAt: time,
    deadlineAt: time,
    closedAt: time.nullable(),
    recordings: count,
    /** Judgements given, of those asked for. */
    done: count,
    asked: count,
  })
  .meta({ id: 'CalibrationHead' });
export type CalibrationHead = z.infer<typeof calibrationHead>;

export const calibration = calibrationHead
  .extend({
    /** What the viewer is asked to judge. */
    mine: z.array(z.object({ inspectionId: id, recordingId: id, done: z.boolean() })),
    /** Against the expert; null while somebody still judges, because it would tell what others said. */
    result: z.object({ together: agreement, byJudge: z.array(agreement.extend({ judgeId: id })) }).nullable(),
    verdicts: z.array(
      z.object({
        by: id,
        recordingId: id,
        inspectionId: id,
        campaignName: z.string(),
        talkStartedAt: time,
        /** Criteria failed; null where nothing was said. */
        failed: z.array(code).nullable(),
      }),
    ),
  })
  .meta({ id: 'Calibration' });
export type Calibration = z.infer<typeof calibration>;

export const newCalibration = z.object({
  name: shortText,
  /** Recordings; chosen by chance among those closed, every second one failed. */
  count: z.number().int().min(1).max(50),
  expertId: id,
  judgeIds: z.array(id).min(1).max(20),
});
export type NewCalibration = z.output<typeof newCalibration>;

export const calibrationRoutes = {
  'GET /api/calibrations': {
    right: 'register.read',
    summary: 'Sessions, newest first (inspectors: those they judge in), and who can be asked',
    reply: z.object({ items: z.array(calibrationHead), people: z.array(person) }),
  },
  'POST /api/calibrations': {
    right: 'inspection.assign',
    summary: 'Opens a session; everybody finds the recordings in their queue',
    body: newCalibration,
    reply: calibration,
    status: 201,
  },
  'GET /api/calibrations/:id': {
    right: 'register.read',
    summary: 'One session; its results when all have judged or it was closed',
    params: idParams,
    reply: calibration,
  },
  'POST /api/calibrations/:id/close': {
    right: 'inspection.assign',
    summary: 'Ends a session although somebody has not judged',
    params: idParams,
    reply: calibration,
  },
} as const satisfies Record<string, Route>;
