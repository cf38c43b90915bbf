/**
 * What a centre begins with: the types that operators' centres keep (L2), the urgent ones first, for whoever has an open
 * complaint is not to be greeted as a member. Amounts in hundredths: 1000 is 100 000. Nobody tells when a line was used last:
 * whoever is in service and pays nothing for months sleeps.
 */
import type { SegmentCondition, SegmentRules, SegmentType } from './settings.ts';

const type = (
  key: string,
  en: string,
  zh: string,
  conditions: SegmentCondition[],
  match: 'all' | 'any' = 'all',
): SegmentType => ({ key, name: { en, zh }, match: 'all', groups: [{ match, conditions }] });

const inService: SegmentCondition = { kind: 'status', is: 'one-of', states: ['in-service'] };

export const startingSet: SegmentRules = {
  types: [
    type('complaint', 'Complaint', '投诉客户', [{ kind: 'complaint-open' }]),
    type('contract-ending', 'Contract about to end', '合约即将到期', [inService, { kind: 'contract-end', days: 60 }]),
    type('important-change', 'Important change', '重要变更', [{ kind: 'important-change', months: 1 }]),
    type(
      'warning',
      'Warning',
      '预警客户',
      [
        { kind: 'bill-change', months: 3, is: 'more-than-times', factor: 3 },
        { kind: 'bill-change', months: 3, is: 'less-than-part', factor: 3 },
      ],
      'any',
    ),
    type('new-user', 'New user', '新入网客户', [inService, { kind: 'tenure', is: 'under', count: 3 }]),
    type('member', 'Member', '会员客户', [{ kind: 'bill', of: 'each', months: 3, is: 'over', amount: 100_000 }]),
    type('vip', 'VIP', 'VIP 客户', [{ kind: 'bill-between', of: 'each', months: 3, from: 50_000, to: 100_000 }]),
    type('sleeping', 'Sleeping', '沉睡客户', [
      inService,
      { kind: 'bill', of: 'each', months: 3, is: 'at-most', amount: 0 },
    ]),
  ],
  restMonths: 0,
};
