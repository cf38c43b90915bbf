import fc from 'fast-check';
import { expect, it } from 'vitest';
import { browserAddress, browserIdentity, userOfBrowser } from '../../../dialer/rules/browser-phone.ts';

it('an address leads back to its user, and an identity has only letters, digits and underscores', () => {
  fc.assert(
    fc.property(fc.uuid(), (userId) => {
      expect(userOfBrowser(browserAddress(userId))).toBe(userId);
      expect(browserIdentity(userId)).toMatch(/^\w+$/);
    }),
  );
});

it.each(['', 'client:', 'client:agent_7', '+12025550100', 'agent_00000000000040008000000000000001', 'client:agent_zz'])(
  '%j is nobody of ours',
  (address) => {
    expect(userOfBrowser(address)).toBeNull();
  },
);
