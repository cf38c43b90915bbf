/** The dialler's face to the rest of the house. Nothing outside `dialer/` imports from deeper inside. */
export { createDialerBus, type TopicBus } from './adapters/bus.ts';
export { createLocalRecordings } from './adapters/recordings/local-folder.ts';
export { createStores } from './adapters/store/index.ts';
export { type CarrierAccount, type ProviderName, providers, TWILIO_BASE_URL } from './adapters/telephony/account.ts';
export { createTwilioCarrier } from './adapters/telephony/twilio.ts';
export { createTwilioCodec } from './adapters/telephony/twilio-signals.ts';
export type * from './dialer.ts';
export { createBlacklist } from './engine/blacklist.ts';
export { createContactPicker } from './engine/contact-picker.ts';
export { createDialer, type DialerWithExtras } from './engine/dialer.ts';
export { createListImport } from './engine/list-import.ts';
export { type DialerOptions, type DialerParts, defaultOptions } from './engine/parts.ts';
export { DialerError, type DialerErrorCode, dialerErrorCodes } from './errors.ts';
export type * from './events.ts';
export type { ContactPicker } from './ports/contacts.ts';
export { endOfWorkingDay, startOfWorkingDayBefore, type WorkingCalendar } from './rules/calendar.ts';
export { type CampaignSettings, campaignSettings } from './rules/campaign-settings.ts';
export { createPolicy, policies } from './rules/pacing/index.ts';
