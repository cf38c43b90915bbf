/** Every handler of the table of routes: a route without one does not compile. */
import type { Handlers } from '../handler.ts';
import type { Services } from '../services.ts';
import { agentDeskHandlers } from './agent-desk.ts';
import { allocationHandlers } from './allocations.ts';
import { auditHandlers } from './audit.ts';
import { billingHandlers } from './billing.ts';
import { blacklistHandlers } from './blacklist.ts';
import { calibrationHandlers } from './calibrations.ts';
import { campaignHandlers } from './campaigns.ts';
import { customerValueHandlers } from './customer-values.ts';
import { customerHandlers } from './customers.ts';
import { effectHandlers } from './effects.ts';
import { extractionHandlers } from './extractions.ts';
import { formHandlers } from './forms.ts';
import { inspectionHandlers } from './inspections.ts';
import { listeningHandlers } from './listening.ts';
import { listHandlers } from './lists.ts';
import { longJobHandlers } from './long-jobs.ts';
import { noticeHandlers } from './notices.ts';
import { offerHandlers } from './offers.ts';
import { organisationHandlers } from './organisation.ts';
import { planHandlers } from './plans.ts';
import { qualityHandlers } from './quality.ts';
import { questionHandlers } from './questions.ts';
import { reasonHandlers } from './reasons.ts';
import { recordingHandlers } from './recordings.ts';
import { scriptHandlers } from './scripts.ts';
import { segmentHandlers } from './segments.ts';
import { sessionHandlers } from './session.ts';
import { summaryHandlers } from './summaries.ts';
import { surveyHandlers } from './surveys.ts';
import { transcriptHandlers } from './transcripts.ts';
import { userHandlers } from './users.ts';
import { wallboardHandlers } from './wallboard.ts';

export function allHandlers(services: Services): Handlers {
  return {
    ...sessionHandlers(services),
    ...userHandlers(services),
    ...noticeHandlers(services),
    ...organisationHandlers(services),
    ...campaignHandlers(services),
    ...listHandlers(services),
    ...customerHandlers(services),
    ...customerValueHandlers(services),
    ...effectHandlers(services),
    ...listeningHandlers(services),
    ...blacklistHandlers(services),
    ...agentDeskHandlers(services),
    ...questionHandlers(services),
    ...surveyHandlers(services),
    ...planHandlers(services),
    ...offerHandlers(services),
    ...segmentHandlers(services),
    ...extractionHandlers(services),
    ...allocationHandlers(services),
    ...reasonHandlers(services),
    ...recordingHandlers(services),
    ...transcriptHandlers(services),
    ...inspectionHandlers(services),
    ...formHandlers(services),
    ...calibrationHandlers(services),
    ...qualityHandlers(services),
    ...billingHandlers(services),
    ...summaryHandlers(services),
    ...wallboardHandlers(services),
    ...longJobHandlers(services),
    ...scriptHandlers(services),
    ...auditHandlers(services),
  };
}
