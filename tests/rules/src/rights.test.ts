import { describe, expect, test } from 'vitest';
import { type Role, roles } from '../../../src/contract/common.ts';
import { rights } from '../../../src/contract/rights.ts';
import { routes } from '../../../src/contract/routes.ts';
import type { Route } from '../../../src/contract/route.ts';
import { hasRight, rightsOfRole, unusedRights } from '../../../src/http/rights.ts';

describe('the table of rights', () => {
  test('every right is somebody’s, and every one is asked for by a route or a channel', () => {
    expect(unusedRights()).toEqual([]);
    const asked = new Set(Object.values<Route>(routes).map(({ right }) => right));
    expect(rights.filter((right) => !asked.has(right))).toEqual([]);
  });

  test('no role has a right twice', () => {
    for (const role of roles) expect(new Set(rightsOfRole[role]).size).toBe(rightsOfRole[role].length);
  });

  test.each<[Role, string[]]>([
    [
      'agent',
      ['recording.list', 'contact.read', 'call.read', 'inspection.judge', 'wallboard.read', 'export', 'user.manage'],
    ],
    ['lead', ['inspection.judge', 'blacklist.remove', 'campaign.manage', 'user.manage', 'audit.read']],
    ['inspector', ['recording.list', 'inspection.assign', 'campaign.manage', 'contact.read', 'level.lift']],
    ['supervisor', ['campaign.manage', 'user.manage', 'blacklist.remove', 'billing.read']],
    ['manager', ['inspection.judge', 'script.approve', 'user.manage', 'level.lift']],
    ['client', ['contact.read', 'call.read', 'wallboard.read', 'scorecard.read', 'campaign.manage', 'audit.read']],
    ['administrator', ['recording.listen', 'contact.read', 'call.read', 'sale.read', 'inspection.judge']],
  ])('a %s has no right to %j', (role, forbidden) => {
    for (const right of rights)
      if (forbidden.includes(right)) expect({ right, has: hasRight(role, right) }).toEqual({ right, has: false });
  });

  test('who judges does not sell, and who sells does not judge', () => {
    for (const role of roles) expect(hasRight(role, 'desk.use') && hasRight(role, 'inspection.judge')).toBe(false);
  });
});
