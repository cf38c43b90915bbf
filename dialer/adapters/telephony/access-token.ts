/** Tokens with which a browser's phone signs in at the carrier. */
import twilio from 'twilio';

/** Signs access tokens; the account's own token cannot. */
export type ApiKey = { sid: string; secret: string };

export type TokenOrder = {
  accountSid: string;
  key: ApiKey;
  /** The application that the carrier asks when the browser calls; null: the browser is called, and calls nobody. */
  applicationSid: string | null;
  identity: string;
  /** At most a day. */
  lifetimeMs: number;
};

/** A JWT (HS256, type `twilio-fpa`) for calls to and from one identity, made by the official package. */
export function accessToken({ accountSid, key, applicationSid, identity, lifetimeMs }: TokenOrder): string {
  const { AccessToken } = twilio.jwt;
  const token = new AccessToken(accountSid, key.sid, key.secret, { identity, ttl: Math.floor(lifetimeMs / 1000) });
  const outgoing = applicationSid === null ? {} : { outgoingApplicationSid: applicationSid };
  token.addGrant(new AccessToken.VoiceGrant({ incomingAllow: true, ...outgoing }));
  return token.toJwt();
}
