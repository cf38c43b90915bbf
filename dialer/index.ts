/** The dialler's face to the rest of the house. Only what builds the adapters imports from deeper inside. */
export type * from './dialer.ts';
export { createBlacklist } from './engine/blacklist.ts';
export { createContactPicker } from './engine/contact-picker.ts';
export { createDialer, type DialerWithExtras } from './engine/dialer.ts';
export { createExternalLists, type ExternalListCommands } from './engine/external-lists.ts';
export { createListImport } from './engine/list-import.ts';
export { type DialerOptions, type DialerParts, defaultOptions } from './engine/parts.ts';
export { DialerError, type DialerErrorCode, dialerErrorCodes } from './errors.ts';
export type * from './events.ts';
export type { ContactPicker } from './ports/contacts.ts';
export { browserIdentity } from './rules/browser-phone.ts';
export { endOfWorkingDay, startOfWorkingDayBefore, type WorkingCalendar } from './rules/calendar.ts';
export { type CallingPreset, callingPreset, callingPresets } from './rules/calling-presets.ts';
export { type CampaignSettings, campaignSettings } from './rules/campaign-settings.ts';
export { isStale } from './rules/stale-list.ts';
export { maskNumber, parseNumber } from './rules/phone-number.ts';
export type { PacingReason } from './rules/pacing/policy.ts';
export { createPolicy, policies } from './rules/pacing/index.ts';
