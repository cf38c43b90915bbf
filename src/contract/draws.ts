/** Draws: everything that is needed to recompute one. */
import { z } from 'zod';
import { count, day, id, idParams, pageOf, pageQuery, person, time } from './common.ts';
import type { Route } from './route.ts';

export const drawKind = z.enum(['daily', 'weekly', 'overlap', 'late']);
export const draw = z
  .object({
    id,
    kind: drawKind,
    campaignId: id,
    campaignName: z.string(),
    /** First day of the period and its last, in the centre's calendar. */
    from: day,
    to: day,
    drawnAt: time,
    frameSize: count,
    frameHash: z.string(),
    rate: z.number(),
    size: count,
    forced: count,
    late: count,
    algorithm: z.string(),
    /** Hash of the secret key, announced before the draw; the key itself afterwards. */
    commitment: z.string(),
    /** Whether that hash is the one that was kept beforehand. It is not where the product's secret was changed or lost meanwhile. */
    promiseKept: z.boolean(),
    seed: z.string().nullable(),
    inspected: count,
  })
  .meta({ id: 'Draw' });
export type Draw = z.infer<typeof draw>;

/** What is announced while the period still runs: whoever has noted the hash knows later that the key was not chosen afterwards. */
export const drawPromise = z.object({
  campaignId: id,
  campaignName: z.string(),
  kind: z.enum(['daily', 'weekly']),
  from: day,
  commitment: z.string(),
  committedAt: time,
});
export type DrawPromise = z.infer<typeof drawPromise>;

export const drawnItem = z.object({
  recordingId: id,
  inspectionId: id.nullable(),
  agent: person,
  /** Chance of being drawn, known before the draw. */
  probability: z.number(),
  reason: z.string(),
  late: z.boolean(),
});
export type DrawnItem = z.infer<typeof drawnItem>;

export const drawCheck = z.object({
  same: z.boolean(),
  frameHashSame: z.boolean(),
  commitmentSame: z.boolean(),
  /** Recordings in one of the two draws only. */
  missing: z.array(z.string()),
  unexpected: z.array(z.string()),
  /** Drawn in both, but for another agent or reason, or with another chance or mark. */
  changed: z.array(z.string()),
  /** What exactly is not the same, at most a hundred of them: of which recording, in which field, what is kept and what was recomputed. */
  differences: z.array(
    z.object({
      fault: z.string(),
      recordingId: z.string().nullable(),
      field: z.string().nullable(),
      stored: z.string(),
      computed: z.string(),
    }),
  ),
  recomputedAt: time,
});
export type DrawCheck = z.infer<typeof drawCheck>;

const drawFilter = pageQuery.extend({ campaignId: id.optional(), kind: drawKind.optional() });
export type DrawFilter = z.output<typeof drawFilter>;

export const drawRoutes = {
  'GET /api/draws': { right: 'draw.read', summary: 'Draws, newest first', query: drawFilter, reply: pageOf(draw) },
  'GET /api/draw-promises': {
    right: 'draw.read',
    summary: 'Hashes of the keys of periods that are not drawn yet',
    reply: z.object({ items: z.array(drawPromise) }),
  },
  'GET /api/draws/:id': { right: 'draw.read', summary: 'One draw', params: idParams, reply: draw },
  'GET /api/draws/:id/items': {
    right: 'draw.read',
    summary: 'What was drawn, with each one’s chance and reason',
    params: idParams,
    query: pageQuery,
    reply: pageOf(drawnItem),
  },
  'POST /api/draws/:id/verify': {
    right: 'draw.read',
    summary: 'Recomputes the draw from its stored frame',
    params: idParams,
    reply: drawCheck,
  },
} as const satisfies Record<string, Route>;
