/** What an agent's phone in the browser is called at the carrier: letters, digits and underscore are safe, and nothing says who it is. */

const IDENTITY = /^agent_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

export const browserIdentity = (userId: string): string => `agent_${userId.replaceAll('-', '')}`;

/** The address that a carrier dials. */
export const browserAddress = (userId: string): string => `client:${browserIdentity(userId)}`;

/** Whose phone an address is; null: nobody's of ours. */
export function userOfBrowser(address: string): string | null {
  const parts = IDENTITY.exec(address.startsWith('client:') ? address.slice('client:'.length) : '');
  return parts === null ? null : parts.slice(1).join('-');
}
