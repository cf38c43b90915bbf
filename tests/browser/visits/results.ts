/** What came of the calls: summaries, cards, sales, cases, and what clients read of them. */
import { ids } from '../fixtures/people.ts';
import { named, table, type Visit } from './visit.ts';

export const resultsVisits: Visit[] = [
  {
    name: 'summaries',
    role: 'manager',
    path: '/summaries',
    ready: table,
    phone: true,
    opens: [{ name: 'publish', by: named('Publish a week') }],
  },
  {
    name: 'week-preview',
    role: 'manager',
    path: '/summaries/preview',
    ready: table,
    opens: [
      {
        name: 'calls-behind',
        by: (page) => page.locator('.plain-table .link-button').first(),
        fill: (page) => page.locator('.ant-drawer .ant-table-row').first().waitFor(),
      },
    ],
  },
  {
    name: 'effect',
    role: 'manager',
    path: '/effect',
    ready: table,
    phone: true,
    opens: [{ name: 'customers', by: (page) => page.getByRole('button', { name: /: Lost / }).first() }],
  },
  { name: 'effect-of-client', role: 'client', path: '/effect', ready: table },
  { name: 'summary', role: 'client', path: `/summaries/${ids.summary}`, ready: table, phone: true },
  {
    name: 'calls-behind',
    role: 'manager',
    path: `/summaries/${ids.summary}`,
    ready: table,
    prepare: async (page) => {
      await page.locator('.plain-table .link-button').first().click();
      await page.locator('.ant-drawer .ant-table-row').first().waitFor();
    },
  },
  {
    name: 'scorecards',
    role: 'manager',
    path: '/scorecards',
    ready: table,
    phone: true,
    opens: [{ name: 'score', by: (page) => page.getByTitle('What the score is made of').first() }],
  },
  {
    name: 'scorecards-of-teams',
    role: 'manager',
    path: '/scorecards',
    ready: table,
    prepare: async (page) => {
      await page.locator('.toolbar .ant-segmented').last().locator('.ant-segmented-item').nth(1).click();
      await page.locator('table.sheets').waitFor();
    },
  },
  { name: 'scorecard', role: 'manager', path: `/scorecards/${ids.campaign}`, ready: table },
  { name: 'sales', role: 'manager', path: '/sales', ready: table },
  {
    name: 'sale',
    role: 'manager',
    path: `/sales/${ids.sale}`,
    ready: '.facts',
    opens: [{ name: 'void', by: named('Void the sale') }],
  },
  {
    name: 'offer-exceptions',
    role: 'manager',
    path: '/offer-exceptions',
    ready: table,
    phone: true,
    opens: [
      { name: 'approve', by: (page) => page.getByTestId('approve-exception').first() },
      { name: 'decline', by: (page) => page.getByTestId('decline-exception').first() },
    ],
  },
  {
    name: 'billing',
    role: 'manager',
    path: '/billing',
    ready: table,
    phone: true,
    opens: [{ name: 'secret', by: named('New secret') }],
  },
  {
    name: 'task-calls',
    role: 'manager',
    path: '/task-calls',
    ready: table,
    opens: [{ name: 'withdraw', by: named('Withdraw') }],
  },
  {
    name: 'cases',
    role: 'manager',
    path: '/cases',
    ready: table,
    phone: true,
    opens: [{ name: 'new', by: named('Record a case') }],
  },
  { name: 'case', role: 'manager', path: `/cases/${ids.caseFile}`, ready: '[data-testid="save-step"]' },
  {
    name: 'levels',
    role: 'supervisor',
    path: '/levels',
    ready: table,
    opens: [
      { name: 'coached', by: named('Coaching was done') },
      { name: 'lift', by: named('Give back to selling') },
    ],
  },
  { name: 'client-campaigns', role: 'client', path: '/own-campaigns', ready: '.ant-progress', phone: true },
  {
    name: 'client-survey',
    role: 'client',
    path: `/own-campaigns/${ids.campaign}`,
    ready: '[data-testid="survey-results"]',
    phone: true,
  },
  { name: 'client-spot-checks', role: 'client', path: '/spot-checks', ready: table, phone: true },
];
