/** Quality's front door: what the composition joins, and the types others speak in. How each part works is in workflow/; what is decided, in rules/. */
export { QualityError } from './errors.ts';
export type {
  ConversationFacts,
  RecordingFact,
  TextOrigin,
  ToldReply,
  UnreachedTask,
} from './ports/conversation.ts';
export type { AgentWork, Attended, Work } from './ports/figures.ts';
export type { CampaignIn, CampaignQuality, Campaigns, QualityEvent } from './ports/surroundings.ts';
export type { QualityStore } from './ports/quality-store.ts';
export type { FloorNow } from './ports/patrol-store.ts';
export type { Viewer } from './ports/viewer.ts';
export { billingSignature } from './rules/billing-signature.ts';
export { endpointFault } from './rules/endpoint.ts';
export {
  APPROVERS,
  EXCEPTION_STATES,
  OFFER_REFUSALS,
  type OfferRefusal,
  type OfferTerms,
  offerTerms,
} from './rules/offer.ts';
export { counted, type Rate } from './rules/rate.ts';
export { type CallBackCounts, callBackCard } from './rules/scorecard.ts';
export { thingsBehind } from './rules/counted-things.ts';
export { isTeamFigure, teamThingsBehind } from './rules/team-things.ts';
export { type ToldDifference, toldDifference, verifyDraw } from './rules/sampling.ts';
export type { WorkingCalendar } from './rules/working-days.ts';
export { createBilling } from './workflow/billing.ts';
export { createCalibrations, wireAgreementOfSpan } from './workflow/calibrations.ts';
export { createCauses } from './workflow/causes.ts';
export { createCases } from './workflow/cases.ts';
export { eachApart } from './workflow/each-apart.ts';
export { createForms } from './workflow/forms.ts';
export { createHandingOut } from './workflow/handing-out.ts';
export { createInspections } from './workflow/inspections.ts';
export { createIntake } from './workflow/intake.ts';
export { createLevels } from './workflow/levels.ts';
export { createOffers, type Offers } from './workflow/offers.ts';
export { createPatrols } from './workflow/patrols.ts';
export { recomputeDraw } from './workflow/recompute-draw.ts';
export { createRecheck } from './workflow/recheck.ts';
export { createSales } from './workflow/sales.ts';
export { createSampler } from './workflow/sampler.ts';
export { createScorecards } from './workflow/scorecards.ts';
export { createTaskCalls } from './workflow/task-calls.ts';
export type { SpeechEngine, SpeechSounds } from './ports/speech-engine.ts';
export { commandFault } from './rules/transcript/command-line.ts';
export { createTranscribing, type Transcribed } from './workflow/transcribing.ts';
export { createTranscripts, type Transcripts } from './workflow/transcripts.ts';
export { createVerdicts } from './workflow/verdicts.ts';
export { qualityWeek } from './workflow/week.ts';
export { wireRate } from './workflow/wire-rate.ts';
