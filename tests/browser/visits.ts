/** Every page of the product, how it is reached, and what can be opened on it. */
import type { Locator, Page } from 'playwright-core';
import type { Role } from '../../src/contract/common.ts';
import type { FixtureServer } from './fixture-server.ts';
import { ids } from './fixtures/people.ts';
import { disputed } from './fixtures/quality.ts';

export type Visit = {
  name: string;
  role: Role | null;
  path: string;
  /** What must be there before the page counts as drawn. */
  ready: string;
  prepare?: (page: Page, server: FixtureServer) => Promise<void>;
  phone?: boolean;
  /** Dialogs and drawers that can be opened from it. */
  opens?: Opening[];
};

/** `by`: what opens it, reached by the keyboard alone: Enter opens, Escape closes and gives the focus back. */
export type Opening = { name: string; by: (page: Page) => Locator; fill?: (page: Page) => Promise<void> };

const named = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).first();
const table = 'table, .ant-table';
const signIn = async (page: Page) => {
  await page.getByTestId('sign-in-campaign').click();
  await page.locator('[data-testid="desk"][data-activity="ready"]').waitFor();
};

export const visits: Visit[] = [
  { name: 'sign-in', role: null, path: '/', ready: 'form', phone: true },
  { name: 'agent-signed-out', role: 'agent', path: '/desk', ready: '[data-testid="sign-in-campaign"]' },
  {
    name: 'agent-waiting',
    role: 'agent',
    path: '/desk',
    ready: '.today',
    prepare: signIn,
    opens: [
      { name: 'break', by: (page) => page.getByTestId('break') },
      { name: 'keys', by: (page) => page.getByTestId('show-keys') },
      { name: 'sign-out', by: (page) => page.getByTestId('sign-out-campaign') },
    ],
  },
  {
    name: 'agent-sale',
    role: 'agent',
    path: '/desk',
    ready: '.today',
    prepare: async (page, server) => {
      await signIn(page);
      server.desk.call();
      server.push();
      await page.getByTestId('outcome-sale').click();
      await page.locator('.must-say').first().waitFor();
    },
    opens: [{ name: 'transfer', by: (page) => page.getByTestId('transfer') }],
  },
  {
    name: 'agent-appointment',
    role: 'agent',
    path: '/desk',
    ready: '.today',
    prepare: async (page, server) => {
      await signIn(page);
      server.desk.call();
      server.push();
      await page.getByTestId('outcome-appointment').click();
      await page.locator('.quick').waitFor();
      await page.getByRole('textbox', { name: 'When shall we call?' }).click();
      await page.locator('.ant-picker-dropdown').waitFor();
    },
  },
  {
    name: 'agent-preview',
    role: 'agent',
    path: '/desk',
    ready: '.today',
    prepare: async (page, server) => {
      await signIn(page);
      server.desk.call({ state: 'preview', mode: 'preview' });
      server.push();
      await page.getByTestId('accept-preview').waitFor();
    },
    opens: [{ name: 'skip', by: named('Put back') }],
  },
  {
    name: 'agent-day',
    role: 'agent',
    path: '/my-day',
    ready: 'table',
    opens: [{ name: 'dispute', by: named('Dispute') }],
  },
  { name: 'inspection-queue', role: 'inspector', path: '/inspections', ready: '[data-testid="queue"]' },
  {
    name: 'inspection',
    role: 'inspector',
    path: `/inspections/${ids.inspection}`,
    ready: '[data-testid="play"]:enabled',
  },
  {
    name: 'inspection-failing',
    role: 'inspector',
    path: `/inspections/${ids.inspection}`,
    ready: '[data-testid="play"]:enabled',
    prepare: async (page) => {
      for (const key of ['3', 'f']) await page.keyboard.press(key);
      await page.locator('.reason').first().waitFor();
    },
  },
  {
    name: 'inspection-disputed',
    role: 'supervisor',
    path: `/inspections/${disputed[0]?.id}`,
    ready: '[data-testid="play"]:enabled',
    opens: [
      { name: 'coaching-note', by: (page) => page.getByTestId('coaching-note') },
      { name: 'coached', by: (page) => page.getByTestId('coached') },
    ],
  },
  { name: 'register', role: 'inspector', path: '/register', ready: table },
  { name: 'causes', role: 'supervisor', path: '/causes', ready: table, phone: true },
  { name: 'disputes', role: 'supervisor', path: '/disputes', ready: '.line-list' },
  { name: 'patrols', role: 'inspector', path: '/patrols', ready: '.line-list' },
  {
    name: 'listening',
    role: 'lead',
    path: '/wallboard',
    ready: '[data-testid="listening"]',
    opens: [{ name: 'take-over', by: named('Take the customer over') }],
  },
  { name: 'agreement', role: 'supervisor', path: '/agreement', ready: table },
  {
    name: 'calibrations',
    role: 'supervisor',
    path: '/calibrations',
    ready: table,
    opens: [{ name: 'new', by: (page) => page.getByTestId('new-calibration') }],
  },
  { name: 'draws', role: 'supervisor', path: '/draws', ready: table },
  { name: 'draw', role: 'supervisor', path: `/draws/${ids.draw}`, ready: table },
  { name: 'wallboard', role: 'manager', path: '/wallboard', ready: '.agent-tile', phone: true },
  {
    name: 'campaigns',
    role: 'manager',
    path: '/campaigns',
    ready: table,
    phone: true,
    opens: [
      { name: 'new', by: (page) => page.getByTestId('new-campaign') },
      { name: 'pause', by: (page) => page.getByTestId('pause-campaign') },
      { name: 'start', by: (page) => page.getByTestId('start-campaign') },
      { name: 'long-jobs', by: (page) => page.getByTestId('long-jobs') },
    ],
  },
  {
    name: 'campaign-draft',
    role: 'manager',
    path: `/campaigns/${ids.draft}`,
    ready: '.check-list',
    prepare: async (page) => {
      await page.getByTestId('run-expectation').click();
      await page.locator('.small-figures').first().waitFor();
    },
  },
  {
    name: 'campaign-pace',
    role: 'manager',
    path: `/campaigns/${ids.campaign}`,
    ready: '[data-testid="save-pace"]',
    opens: [{ name: 'finish', by: named('Finish') }],
  },
  ...(['hours', 'quality', 'lists', 'contacts', 'decisions', 'versions'] as const).map((tab) => ({
    name: `campaign-${tab}`,
    role: 'manager' as const,
    path: `/campaigns/${ids.campaign}`,
    ready: '[data-testid="save-pace"]',
    prepare: async (page: Page) => {
      await page.locator(`[data-node-key="${tab}"]`).click();
      await page.locator('.ant-tabs-tabpane-active .panel, .ant-tabs-content-active .panel').first().waitFor();
      if (tab !== 'hours') return;
      await page.getByRole('combobox', { name: 'Place', exact: true }).click();
      await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: 'Germany' }).click();
    },
    opens:
      tab === 'lists'
        ? [{ name: 'rejected', by: (page: Page) => page.getByRole('button', { name: /^Show .* rejected/ }).first() }]
        : tab === 'hours'
          ? [{ name: 'preset', by: (page: Page) => page.getByTestId('apply-preset') }]
          : [],
  })),
  { name: 'recordings', role: 'manager', path: '/recordings', ready: table },
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
      await page.locator('.ant-segmented').last().locator('.ant-segmented-item').nth(1).click();
      await page.locator('table').nth(1).waitFor();
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
    name: 'blacklist',
    role: 'manager',
    path: '/blacklist',
    ready: table,
    opens: [
      { name: 'add', by: (page) => page.getByTestId('add-number') },
      { name: 'take-back', by: named('Take back') },
      { name: 'import', by: named('Import a list') },
    ],
  },
  {
    name: 'what-if',
    role: 'manager',
    path: '/what-if',
    ready: '[data-testid="run-what-if"]',
    prepare: async (page) => {
      await page.getByTestId('run-what-if').click();
      await page.locator('table').waitFor();
    },
  },
  {
    name: 'what-if-hours',
    role: 'manager',
    path: '/what-if',
    ready: '[data-testid="run-what-if"]',
    prepare: async (page) => {
      await page.locator('.ant-segmented-item').nth(1).click();
      await page.getByTestId('run-what-if').click();
      await page.locator('table', { hasText: '12:00–20:00' }).waitFor();
    },
    phone: true,
  },
  { name: 'calibration', role: 'manager', path: '/calibration', ready: table, phone: true },
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
  {
    name: 'users',
    role: 'administrator',
    path: '/users',
    ready: table,
    opens: [{ name: 'new', by: named('New user') }],
  },
  {
    name: 'scripts',
    role: 'manager',
    path: '/scripts',
    ready: '.line-list',
    opens: [{ name: 'new', by: named('New script') }],
  },
  {
    name: 'script-version',
    role: 'client',
    path: `/scripts/${ids.scriptVersion}`,
    ready: '.line-list',
    opens: [{ name: 'withdraw', by: named('Withdraw') }],
  },
  {
    name: 'products',
    role: 'administrator',
    path: '/products',
    ready: table,
    opens: [{ name: 'new', by: named('New product') }],
  },
  { name: 'forms', role: 'administrator', path: '/forms', ready: table },
  {
    name: 'form',
    role: 'administrator',
    path: '/forms/valid-marketing',
    ready: '.toolbar .ant-segmented',
    prepare: async (page) => {
      await page.getByText('Write', { exact: true }).click();
      await page.locator('details.form-check summary').nth(7).click();
    },
    opens: [
      { name: 'discard', by: named('Throw the draft away') },
      { name: 'publish', by: (page) => page.getByTestId('publish-form') },
    ],
  },
  {
    name: 'form-changes',
    role: 'supervisor',
    path: '/forms/valid-marketing',
    ready: '.toolbar .ant-segmented',
    prepare: async (page) => {
      await page.getByText('Changes', { exact: true }).click();
      await page.getByTestId('form-changes').waitFor();
    },
  },
  {
    name: 'form-preview',
    role: 'supervisor',
    path: '/forms/valid-marketing',
    ready: '.toolbar .ant-segmented',
    prepare: async (page) => {
      await page.getByText('As the inspector sees it').click();
      await page.getByTestId('form-preview').waitFor();
    },
  },
  { name: 'organisation', role: 'administrator', path: '/organisation', ready: '.line-list' },
  { name: 'audit', role: 'administrator', path: '/audit', ready: table },
  { name: 'client-campaigns', role: 'client', path: '/own-campaigns', ready: '.ant-progress', phone: true },
  { name: 'client-spot-checks', role: 'client', path: '/spot-checks', ready: table, phone: true },
  { name: 'forbidden', role: 'client', path: '/users', ready: '[role="alert"]' },
];
