/** Who may give an offer by themself, and what an offer may not say. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Asking,
  countedSince,
  mayBeAsked,
  OFFER_REFUSALS,
  type OfferTerms,
  offerFaults,
  offerRefusal,
  offerTerms,
} from '../../../qa/rules/offer.ts';

const team = '00000000-0000-4000-8000-000000000001';
const other = '00000000-0000-4000-8000-000000000002';
const terms = (change: Partial<OfferTerms> = {}): OfferTerms =>
  offerTerms.parse({
    ...{ name: { en: 'Half price', zh: '半价' }, text: { en: 'Half the tariff', zh: '资费减半' } },
    ...{ from: '2026-11-01', until: '2026-11-30' },
    mayUse: { agents: true, teamIds: [team], levels: ['normal'] },
    customers: { column: 'type', values: ['VIP', '集团'] },
    limit: { count: 3, of: 'agent', per: 'day' },
    exceptions: {
      approvers: ['lead', 'manager'],
      withinHours: 4,
      office: { from: '09:00', to: '18:00' },
      holdsDays: 3,
    },
    ...change,
  });
const asking: Asking = {
  ...{ day: '2026-11-15', teamId: team, level: 'normal', attributes: { type: ' VIP ' }, used: 2, approved: false },
};

describe('giving an offer', () => {
  test('who fits in everything gives it by themself', () => {
    expect(offerRefusal(terms(), 'offered', asking)).toBeNull();
  });

  test.each<[string, Partial<Asking>, Partial<OfferTerms>]>([
    ['not-yet', { day: '2026-10-31' }, {}],
    ['over', { day: '2026-12-01' }, {}],
    ['on-request', {}, { mayUse: { agents: false, teamIds: [], levels: ['normal', 'tightened'] } }],
    ['other-team', { teamId: other }, {}],
    ['other-team', { teamId: null }, {}],
    ['other-level', { level: 'tightened' }, {}],
    ['other-level', { level: 'suspended' }, { mayUse: { agents: true, teamIds: [], levels: ['normal', 'tightened'] } }],
    ['other-customers', { attributes: { type: 'new' } }, {}],
    ['other-customers', { attributes: {} }, {}],
    ['limit-reached', { used: 3 }, {}],
  ])('%s', (refusal, who, change) => {
    expect(offerRefusal(terms(change), 'offered', { ...asking, ...who })).toBe(refusal);
  });

  test('its first and its last day belong to it', () => {
    for (const day of ['2026-11-01', '2026-11-30'])
      expect(offerRefusal(terms(), 'offered', { ...asking, day })).toBeNull();
    expect(offerRefusal(terms({ until: null }), 'offered', { ...asking, day: '2999-01-01' })).toBeNull();
  });

  const anybody = fc.record({
    day: fc.constantFrom('2026-10-31', '2026-11-15', '2026-12-01'),
    teamId: fc.constantFrom(team, other, null),
    level: fc.constantFrom('normal', 'tightened', 'suspended'),
    attributes: fc.constantFrom({}, { type: 'VIP' }, { type: 'new' }),
    used: fc.nat(5),
    approved: fc.boolean(),
  });
  test('an approval opens what a person may decide, and nothing that is over, to come or withdrawn', () => {
    fc.assert(
      fc.property(
        anybody,
        fc.constantFrom('offered' as const, 'withdrawn' as const),
        fc.boolean(),
        (who, state, agents) => {
          const one = terms({ mayUse: { agents, teamIds: [team], levels: ['normal'] } });
          const alone = offerRefusal(one, state, { ...who, approved: false });
          const approved = offerRefusal(one, state, { ...who, approved: true });
          expect(approved).toBe(mayBeAsked(one, alone) ? null : alone);
        },
      ),
    );
  });

  test('where nobody decides, nothing can be asked', () => {
    for (const refusal of [null, ...OFFER_REFUSALS])
      expect(mayBeAsked(terms({ exceptions: null }), refusal)).toBe(false);
    expect(mayBeAsked(terms(), null)).toBe(false);
  });

  test.each([
    ['day', '2026-11-15T00:00:00+08:00'],
    ['month', '2026-11-01T00:00:00+08:00'],
  ] as const)('a limit by %s counts from where it began in the centre', (per, since) => {
    const now = Date.parse('2026-11-14T16:30:00Z');
    expect(countedSince({ count: 1, of: 'agent', per }, now, 'Asia/Shanghai')).toBe(Date.parse(since));
  });
  test('a limit for ever counts all', () => {
    expect(countedSince({ count: 1, of: 'campaign', per: 'ever' }, 0, 'UTC')).toBeNull();
  });
});

describe('what an offer may not say', () => {
  const faults = (change: Partial<OfferTerms>) =>
    offerFaults(terms(change), [team]).map(({ field, code }) => `${field} ${code}`);
  const exceptions = terms().exceptions;
  test('one that holds together has no fault', () => {
    expect(faults({})).toEqual([]);
  });
  test.each<[string, Partial<OfferTerms>]>([
    ['name.zh offer-words-missing', { name: { en: 'Half', zh: '' } }],
    ['text.en offer-words-missing', { text: { en: '', zh: '半价' } }],
    ['until offer-ends-before-it-begins', { until: '2026-10-31' }],
    ['mayUse offer-nobody-may', { exceptions: null, mayUse: { agents: false, teamIds: [], levels: ['normal'] } }],
    ['mayUse.teamIds offer-team-unknown', { mayUse: { agents: true, teamIds: [other], levels: ['normal'] } }],
    ['customers offer-customers', { customers: { column: '', values: ['VIP'] } }],
    ['customers offer-customers', { customers: { column: 'type', values: [] } }],
    ['exceptions.approvers offer-approvers', { exceptions: exceptions && { ...exceptions, approvers: [] } }],
    [
      'exceptions.approvers offer-approvers',
      { exceptions: exceptions && { ...exceptions, approvers: ['lead', 'lead'] } },
    ],
    [
      'exceptions.office offer-office-hours',
      { exceptions: exceptions && { ...exceptions, office: { from: '18:00', to: '18:00' } } },
    ],
  ])('%s', (fault, change) => {
    expect(faults(change)).toEqual([fault]);
  });
});
