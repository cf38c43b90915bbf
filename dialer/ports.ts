/** Everything the engine needs from outside, and nothing that says who provides it. */
export * from './ports/campaigns.ts';
export * from './ports/carrier.ts';
export * from './ports/contacts.ts';
export * from './ports/floor.ts';
export * from './ports/listenings.ts';
export * from './ports/messages.ts';
export * from './ports/pacing.ts';
export * from './ports/reading.ts';
export * from './ports/recordings.ts';
export * from './ports/texts.ts';
export * from './ports/time.ts';
export * from './ports/transfers.ts';
export * from './ports/webhooks.ts';
