/** The dialler's face to the rest of the house. Only what builds the adapters imports from deeper inside. */
export type * from './dialer.ts';
export { type AllocationCommands, type AllocationWish, createAllocations } from './engine/allocations.ts';
export { createBlacklist } from './engine/blacklist.ts';
export { checkedSettings } from './engine/checked-settings.ts';
export { createContactPicker } from './engine/contact-picker.ts';
export { createDialer, type DialerWithExtras } from './engine/dialer.ts';
export { createExternalLists, type ExternalListCommands } from './engine/external-lists.ts';
export { createCustomerErasure, type CustomerErasure } from './engine/customer-erasure.ts';
export { createCustomerMonths, type CustomerMonthCommands, type Customers } from './engine/customer-months.ts';
export {
  createCustomerEffects,
  type CustomerEffects,
  type EffectOfCustomer,
  type EffectSummary,
  effectGroups,
} from './engine/customer-effects.ts';
export { createExtractions, type ExtractionCommands } from './engine/extractions.ts';
export { createCustomerValues, type CustomerValues } from './engine/customer-values.ts';
export { createListImport } from './engine/list-import.ts';
export { createPlans, type PlanCommands, type PlanPreview, type PlanView } from './engine/plans.ts';
export { type DialerOptions, type DialerParts, defaultOptions } from './engine/parts.ts';
export { DialerError, type DialerErrorCode, dialerErrorCodes } from './errors.ts';
export type * from './events.ts';
export type {
  CustomerOwner,
  CustomerPages,
  CustomerReading,
  CustomerSight,
  MonthChanges,
  MonthSpan,
} from './ports/customers.ts';
export type { ContactPicker } from './ports/contacts.ts';
export { browserIdentity } from './rules/browser-phone.ts';
export { callingSpan } from './rules/calling-window.ts';
export { dateOf, endOfWorkingDay, startOfWorkingDayBefore, type WorkingCalendar } from './rules/calendar.ts';
export { type CallingPreset, callingPreset, callingPresets } from './rules/calling-presets.ts';
export { type CampaignSettings, campaignSettings } from './rules/campaign-settings.ts';
export { type EffectFigures, effectChanges } from './rules/customers/effect.ts';
export { type ValueSettings, valueClasses, valueSettings } from './rules/customers/value.ts';
export { customerKinds } from './rules/customers/watch.ts';
export {
  type CustomerFacts,
  type CustomerMonth,
  type CustomerStatus,
  customerStatuses,
  isMonth,
  monthPlus,
  monthsBetween,
} from './rules/customers/month.ts';
export { planSettings, type PlanSettings } from './rules/plan/settings.ts';
export { createSegments, type SegmentCommands, type SegmentPreview } from './engine/segments.ts';
export { type AllocationWay, allocationWays } from './rules/segments/allocate.ts';
export {
  type SegmentCondition,
  type SegmentGroup,
  type SegmentRules,
  segmentRules,
  type SegmentType,
  segmentType,
} from './rules/segments/settings.ts';
export { isStale } from './rules/stale-list.ts';
export { maskNumber, parseNumber } from './rules/phone-number.ts';
export type { PacingReason } from './rules/pacing/policy.ts';
export { createPolicy, policies } from './rules/pacing/index.ts';
