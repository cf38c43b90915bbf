/** The pure rules of quality, by idea. The workflow imports from here or from the idea's own file. */
export * from './agreement.ts';
export * from './answers.ts';
export * from './assignment.ts';
export * from './case.ts';
export * from './estimates.ts';
export * from './form.ts';
export * from './forms/index.ts';
export {
  DEFAULT_INSPECTION_TERMS,
  decideInspection,
  type Inspection,
  type InspectionContext,
  type InspectionEvent,
  type InspectionPurpose,
  type InspectionRefusal,
  type InspectionSignal,
  type InspectionStatus,
  type InspectionStep,
  type InspectionTerms,
  isDone,
  mayReadAnswers,
  newInspection,
  type Score,
  standingScore,
} from './inspection.ts';
export * from './patrol.ts';
export * from './rate.ts';
export * from './risk.ts';
export * from './sale.ts';
export * from './sampling.ts';
export * from './scorecard.ts';
export * from './scoring.ts';
export * from './text.ts';
export * from './tightening.ts';
export * from './weekly-summary.ts';
export * from './working-days.ts';
