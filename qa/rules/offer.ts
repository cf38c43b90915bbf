/** Offers of a campaign (L7): what they say and for whom (offer/terms.ts), who may give one by themself (offer/may-give.ts), exceptions (offer/exception.ts). */
export * from './offer/exception.ts';
export * from './offer/may-give.ts';
export * from './offer/terms.ts';
