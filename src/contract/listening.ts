/** Supervisors on the floor: listening to live calls, whispering to the agent, speaking with both, taking over. */
import { z } from 'zod';
import { activity, presence } from './agent-desk.ts';
import { id, nothing, time } from './common.ts';
import type { Route } from './route.ts';

export const listeningMode = z.enum(['listen', 'whisper', 'barge']);
export type ListeningMode = z.infer<typeof listeningMode>;

export const listening = z
  .object({
    listeningId: id,
    agentId: id,
    agentName: z.string(),
    mode: z.enum(['listen', 'whisper', 'barge', 'taken-over']),
    /** dialling: the supervisor's own phone rings. */
    state: z.enum(['dialling', 'joined', 'over']),
    startedAt: time,
  })
  .meta({ id: 'Listening' });
export type Listening = z.infer<typeof listening>;

export const floorAgent = z.object({
  userId: id,
  name: z.string(),
  teamName: z.string().nullable(),
  campaignName: z.string().nullable(),
  presence,
  activity,
  since: time,
});
export type FloorAgent = z.infer<typeof floorAgent>;

export const listeningRoutes = {
  'GET /api/listening/agents': {
    right: 'call.listen',
    summary: 'Agents at work whom the reader may listen to: a lead’s team, else the centre',
    reply: z.object({ items: z.array(floorAgent) }),
  },
  'GET /api/listening': {
    right: 'call.listen',
    summary: 'Whom the reader listens to now',
    reply: z.object({ listening: listening.nullable() }),
  },
  'POST /api/listening': {
    right: 'call.listen',
    summary: 'Calls the reader’s own phone into an agent’s room; every listening is in the audit log',
    body: z.object({ agentId: id, mode: listeningMode }),
    reply: listening,
    status: 201,
  },
  'PATCH /api/listening': {
    right: 'call.listen',
    summary: 'Listen, whisper to the agent, or speak with both',
    body: z.object({ mode: listeningMode }),
    reply: listening,
  },
  'POST /api/listening/take-over': {
    right: 'call.take-over',
    summary: 'The agent leaves and writes the conversation up; the reader goes on with the customer',
    reply: listening,
  },
  'POST /api/listening/stop': { right: 'call.listen', summary: 'Hangs up the reader’s own leg', reply: nothing },
} as const satisfies Record<string, Route>;
