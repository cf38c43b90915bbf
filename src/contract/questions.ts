/** Questions of customers within a call (A5): an ordinary one is answered in five minutes, a longer one goes to the problem desk. */
import { z } from 'zod';
import { count, id, time } from './common.ts';
import type { Route } from './route.ts';

/** An ordinary question is answered within so long. */
export const questionLimitMs = 5 * 60_000;

export const questionTimes = z
  .object({
    limitMs: count,
    /** Since when the open question is waited for; null without one. */
    openSince: time.nullable(),
    /** Questions of this call that have been answered, and how long each took. */
    answered: z.array(z.object({ askedAt: time, tookMs: count })),
  })
  .meta({ id: 'QuestionTimes' });
export type QuestionTimes = z.infer<typeof questionTimes>;

const ofCall = z.object({ attemptId: id });

export const questionRoutes = {
  'GET /api/agent/questions': {
    right: 'desk.use',
    summary: 'The clock of questions in an own call',
    query: ofCall,
    reply: questionTimes,
  },
  'POST /api/agent/questions': {
    right: 'desk.use',
    summary: 'The customer asks: the clock starts. Once while one is open',
    body: ofCall,
    reply: questionTimes,
  },
  'POST /api/agent/questions/answered': {
    right: 'desk.use',
    summary: 'The open question is answered',
    body: ofCall,
    reply: questionTimes,
  },
} as const satisfies Record<string, Route>;
