/**
 * Every route of the API under one key, `METHOD /path`. The server registers exactly these, and a client reads its
 * types from them: `Reply<'GET /api/campaigns/:id'>`. Requests that are not a GET carry the header `x-csrf-token` of
 * `GET /api/session`; refusals are `Problem`s.
 */
import type { z } from 'zod';
import { agentDeskRoutes } from './agent-desk.ts';
import { auditRoutes } from './audit.ts';
import { billingRoutes } from './billing.ts';
import { blacklistRoutes } from './blacklist.ts';
import { calibrationRoutes } from './calibrations.ts';
import { callsBehindRoutes } from './calls-behind.ts';
import { campaignRoutes } from './campaigns.ts';
import { caseRoutes } from './cases.ts';
import { causeRoutes } from './causes.ts';
import { correctiveCallRoutes } from './corrective-calls.ts';
import { customerValueRoutes } from './customer-values.ts';
import { customerRoutes } from './customers.ts';
import { drawRoutes } from './draws.ts';
import { effectRoutes } from './effects.ts';
import { formRoutes } from './forms.ts';
import { inspectionRoutes } from './inspections.ts';
import { listeningRoutes } from './listening.ts';
import { listRoutes } from './lists.ts';
import { longJobRoutes } from './long-jobs.ts';
import { noticeRoutes } from './notices.ts';
import { offerRoutes } from './offers.ts';
import { organisationRoutes } from './organisation.ts';
import { planRoutes } from './plans.ts';
import { questionRoutes } from './questions.ts';
import { reasonRoutes } from './reasons.ts';
import { recordingRoutes } from './recordings.ts';
import { saleRoutes } from './sales.ts';
import { scorecardRoutes } from './scorecards.ts';
import { scriptRoutes } from './scripts.ts';
import { allocationRoutes, extractionRoutes, segmentRoutes } from './segments.ts';
import { sessionRoutes } from './session.ts';
import { summaryRoutes } from './summaries.ts';
import { surveyRoutes } from './surveys.ts';
import { transcriptRoutes } from './transcripts.ts';
import { userRoutes } from './users.ts';
import { wallboardRoutes } from './wallboard.ts';

export const routes = {
  ...sessionRoutes,
  ...userRoutes,
  ...noticeRoutes,
  ...organisationRoutes,
  ...campaignRoutes,
  ...listRoutes,
  ...customerRoutes,
  ...customerValueRoutes,
  ...effectRoutes,
  ...listeningRoutes,
  ...blacklistRoutes,
  ...agentDeskRoutes,
  ...questionRoutes,
  ...surveyRoutes,
  ...planRoutes,
  ...offerRoutes,
  ...segmentRoutes,
  ...extractionRoutes,
  ...allocationRoutes,
  ...reasonRoutes,
  ...recordingRoutes,
  ...transcriptRoutes,
  ...inspectionRoutes,
  ...formRoutes,
  ...calibrationRoutes,
  ...drawRoutes,
  ...saleRoutes,
  ...billingRoutes,
  ...correctiveCallRoutes,
  ...caseRoutes,
  ...causeRoutes,
  ...scorecardRoutes,
  ...callsBehindRoutes,
  ...summaryRoutes,
  ...wallboardRoutes,
  ...scriptRoutes,
  ...longJobRoutes,
  ...auditRoutes,
} as const;

export type Routes = typeof routes;
export type RouteKey = keyof Routes;

type Part<K extends RouteKey, P extends string> = Routes[K] extends { readonly [Q in P]: infer S } ? S : undefined;
type Read<S> = S extends z.ZodType ? z.output<S> : S extends 'multipart' | 'bytes' ? S : undefined;
type Written<S> = S extends z.ZodType ? z.input<S> : S extends 'multipart' ? FormData : undefined;

/** What the server sends back; `'bytes'` for files. */
export type Reply<K extends RouteKey> = Read<Part<K, 'reply'>>;
/** What a client sends; defaults may be left out. */
export type Body<K extends RouteKey> = Written<Part<K, 'body'>>;
/** Query as a client gives it: any part may be left out; the client writes numbers and booleans as text. */
export type Query<K extends RouteKey> =
  Part<K, 'query'> extends z.ZodType ? Partial<z.output<Part<K, 'query'>>> : undefined;
export type Params<K extends RouteKey> = Read<Part<K, 'params'>>;
/** What a handler on the server receives, after checking. */
export type CheckedBody<K extends RouteKey> = Read<Part<K, 'body'>>;
export type CheckedQuery<K extends RouteKey> = Read<Part<K, 'query'>>;
