/**
 * Live channels over WebSocket, one JSON object a frame. Both ask for the session cookie and a matching Origin.
 *
 * `/live/agent` (right `desk.use`): the agent's commands up, the agent's whole view down. Every command has an `id` chosen
 * by the client and is answered by `done` or `refused` with that id; the view that comes of it is pushed as well, and only
 * the view counts. One connection per agent is the active one: a newer one takes over, the older is told and closed.
 *
 * `/live/wallboard` (right `wallboard.read`): watch campaigns up, live figures down, once a second while something moves, else that they still hold.
 *
 * Close codes: 4401 not signed in, 4403 no right or foreign Origin, 4409 taken over, 4408 silent for too long, 1012 server restarts.
 * Clients send `ping` at least every 10 s; a server that heard nothing for 30 s closes. Pages in the background, whose timers are
 * slowed down, are asked by a protocol ping that the browser answers.
 */
import { z } from 'zod';
import { type AgentView, saveOutcome, transferWish } from './agent-desk.ts';
import { id as guid } from './common.ts';
import { reasonCode } from './reasons.ts';
import type { CampaignLive } from './wallboard.ts';

const id = z.string().min(1).max(64);

export const agentMessage = z.discriminatedUnion('type', [
  /** Joins a running campaign of the agent's team; the first one if none is named. */
  z.object({ type: z.literal('sign-in'), id, campaignId: guid.optional() }),
  z.object({ type: z.literal('sign-out'), id }),
  z.object({ type: z.literal('ready'), id }),
  /** For one of the centre's reasons that is offered. */
  z.object({ type: z.literal('break'), id, reason: reasonCode }),
  z.object({ type: z.literal('hang-up'), id }),
  z.object({ type: z.literal('hold'), id }),
  z.object({ type: z.literal('resume'), id }),
  /** Gives the customer to a colleague, a team or an outside number, at once or after consultation. */
  z.object({ type: z.literal('transfer'), id, wish: transferWish }),
  z.object({ type: z.literal('complete-transfer'), id }),
  z.object({ type: z.literal('cancel-transfer'), id }),
  z.object({ type: z.literal('save-outcome'), id, outcome: saveOutcome }),
  z.object({ type: z.literal('accept-preview'), id }),
  z.object({ type: z.literal('skip-preview'), id, reason: z.string().trim().min(1).max(200) }),
  z.object({ type: z.literal('ping'), id }),
]);
/** From the agent's browser to the server. */
export type AgentMessage = z.infer<typeof agentMessage>;

/** Why a message was refused. `code` is stable and translated by the page. */
export type Refusal = {
  type: 'refused';
  seq: number;
  /** Of the command; null when the frame could not be read. */
  id: string | null;
  code: string;
  detail: string;
  retryable: boolean;
  field?: string;
};

/** From the server to the agent's browser. `seq` counts the messages of one connection from 1 without a gap. */
export type AgentPush =
  | { type: 'view'; seq: number; view: AgentView }
  | { type: 'done'; seq: number; id: string }
  | Refusal
  /** `at`: the server's clock, for the timers on the page. Also unasked, with an empty id, when a page is quiet. */
  | { type: 'pong'; seq: number; id: string; at: number }
  /** Another window of the same agent is now the active one; the connection closes. */
  | { type: 'taken-over'; seq: number }
  /** The server stops or the session ended; reconnect after a moment, or sign in again. */
  | { type: 'closing'; seq: number; reason: 'restart' | 'session-ended' | 'silent' };

export const wallboardMessage = z.discriminatedUnion('type', [
  /** Replaces what is watched; an empty list watches every campaign the reader may see. */
  z.object({ type: z.literal('watch'), id, campaignIds: z.array(guid).max(100) }),
  z.object({ type: z.literal('ping'), id }),
]);
export type WallboardMessage = z.infer<typeof wallboardMessage>;

export type WallboardPush =
  | { type: 'live'; seq: number; campaign: CampaignLive }
  /** Nothing happened in this campaign until `at`: what was sent last still holds. Times in it are a few seconds old at most. */
  | { type: 'still'; seq: number; campaignId: string; at: number }
  | { type: 'import-progress'; seq: number; campaignId: string; listId: string; lines: number }
  | { type: 'done'; seq: number; id: string }
  | Refusal
  | { type: 'pong'; seq: number; id: string; at: number }
  | { type: 'closing'; seq: number; reason: 'restart' | 'session-ended' | 'silent' };

export type LivePath = '/live/agent' | '/live/wallboard';
