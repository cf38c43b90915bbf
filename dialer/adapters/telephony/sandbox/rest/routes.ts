import { callRoutes } from './calls.ts';
import type { Route } from './http.ts';
import { recordingRoutes } from './recordings.ts';

/** Every resource of the account. */
export const resourceRoutes: readonly Route[] = [...callRoutes, ...recordingRoutes];
