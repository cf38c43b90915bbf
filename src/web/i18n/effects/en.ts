import { counted } from '../counted.ts';

/** What became of customers after a campaign spoke with them. */
export const en = {
  title: 'Effect',
  intro:
    'What became of the customers with whom a campaign first spoke in a month: their status and bill in the month before, and at the end of the watch.',
  campaign: 'Campaign',
  noCampaigns: 'No campaign yet',
  month: 'First spoken with in',
  monthOption: (month: string, count: string) => `${month} · ${counted(count, 'customer')}`,
  none: 'Nobody yet',
  noneHint: 'Months stand here once the campaign has spoken with customers.',
  file: 'As CSV',
  /** Beside the comparison. */
  noExperiment:
    'Who was called and who was not was not decided by lot, unless a plan drew them: the two groups may differ in other ways, so the difference between them is no proof of an effect.',
  strangers: (count: string) =>
    `${counted(count, 'person')} spoken with of whom the client has told nothing; in no figure.`,
  missing: (months: string) => `The client has not told of ${months}: what rests on it is open or unknown.`,
  rules: (version: string) =>
    `Members and VIPs by version ${version} of the rules of customer types, in force at the end of the month.`,
  groups: { 'spoken-with': 'Spoken with', 'not-called': 'Not called' },
  groupHints: {
    'spoken-with': 'First conversation of this campaign in the month.',
    'not-called':
      'Customers of the same client in the month before, whom no campaign of it had called by the end of the three months after.',
  },
  kinds: { member: 'Members', vip: 'VIPs', other: 'Others' },
  allKinds: 'All',
  watched: (months: string) => `watched for ${counted(months, 'month')}`,
  changes: {
    stayed: 'Stayed in service',
    lost: 'Lost',
    'won-back': 'Won back',
    'stayed-out': 'Stayed out',
    open: 'Watch not over',
    'no-before': 'Unknown before',
    'no-after': 'Gone from the table',
  },
  columns: {
    kind: 'Customers',
    count: 'Number',
    lost: 'Lost of those in service before',
    wonBack: 'Won back of those out of it before',
    bill: 'Mean bill before → after',
    rest: 'Not judged',
  },
  of: (part: string, whole: string) => `${part} of ${whole}`,
  bill: (before: string, after: string, count: string) => `${before} → ${after} (${counted(count, 'customer')})`,
  rest: (change: string, count: string) => `${change}: ${count}`,
  show: (group: string, kind: string, what: string) => `${group}, ${kind}: ${what}`,
  everybody: 'Everybody',
  noBehind: 'None that you may see',
  result: 'What became of them',
  number: 'Number',
  before: 'Before',
  course: 'After',
  unknown: 'not told',
  terms:
    'Lost: in service in the month before, not at the end of the watch. Won back: the reverse. Only the original state counts: who left and came back in between is neither. Suspended, in arrears, pre-cancelled and cancelled are not in service. Members and VIPs, as the centre’s rules of customer types take them by the months before, are watched for three months, others for one; the bill after is the mean over the watch.',
  files: {
    campaign: 'Campaign',
    client: 'Client',
    origin: 'Month of the first conversation',
    strangers: 'People spoken with of whom the client has told nothing',
    missing: 'Months not told of',
    rules: 'Version of the rules of types',
    note: 'Note',
    group: 'Group',
    kind: 'Customers',
    customers: 'Number',
    lost: 'Lost ÷ in service before',
    wonBack: 'Won back ÷ not in service before',
    low: '95 % from',
    high: '95 % to',
    billed: 'Customers with bills before and after',
    billBefore: 'Mean bill before',
    billAfter: 'Mean bill after',
  },
};
