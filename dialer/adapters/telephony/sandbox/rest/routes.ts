import { accountRoutes } from './account.ts';
import { applicationRoutes } from './applications.ts';
import { callRecordingRoutes } from './call-recordings.ts';
import { callRoutes } from './calls.ts';
import { conferenceRoutes } from './conferences.ts';
import type { Route } from './http.ts';
import { messageRoutes } from './messages.ts';
import { notificationRoutes } from './notifications.ts';
import { numberRoutes } from './numbers.ts';
import { participantRoutes } from './participants.ts';
import { queueRoutes } from './queues.ts';
import { recordingRoutes } from './recordings.ts';
import { streamRoutes } from './streams.ts';

/** Every resource of the account. */
export const resourceRoutes: readonly Route[] = [
  ...callRoutes,
  ...callRecordingRoutes,
  ...conferenceRoutes,
  ...participantRoutes,
  ...recordingRoutes,
  ...queueRoutes,
  ...numberRoutes,
  ...applicationRoutes,
  ...notificationRoutes,
  ...streamRoutes,
  ...messageRoutes,
  ...accountRoutes,
];
