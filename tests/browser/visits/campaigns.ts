/** Campaigns from their set-up to the board they are watched on, and whom they may not call. */
import type { Page } from 'playwright-core';
import { ids } from '../fixtures/people.ts';
import { named, table, type Visit } from './visit.ts';

export const campaignsVisits: Visit[] = [
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
  {
    name: 'campaign-survey',
    role: 'manager',
    path: `/campaigns/${ids.campaign}`,
    ready: '[data-testid="save-pace"]',
    prepare: async (page) => {
      await page.locator('[data-node-key="survey"]').click();
      await page.getByTestId('survey-results').waitFor();
    },
    opens: [{ name: 'stop', by: named('Ask no more') }],
  },
  {
    name: 'campaign-survey-draft',
    role: 'manager',
    path: `/campaigns/${ids.draft}`,
    ready: '.check-list',
    prepare: async (page) => {
      await page.locator('[data-node-key="survey"]').click();
      await page.getByTestId('survey-walk').locator('[data-question="content"] input').first().check();
      await page.getByTestId('survey-walk').locator('[data-question="reported"]').waitFor();
    },
    opens: [{ name: 'discard', by: named('Throw the draft away') }],
  },
  {
    name: 'campaign-offers',
    role: 'manager',
    path: `/campaigns/${ids.campaign}`,
    ready: '[data-testid="save-pace"]',
    prepare: async (page) => {
      await page.locator('[data-node-key="offers"]').click();
      await page.getByTestId('show-offer-history').first().click();
      await page.getByTestId('offer-history').locator('tbody tr').first().waitFor();
    },
    phone: true,
    opens: [{ name: 'withdraw', by: (page) => page.getByTestId('withdraw-offer').first() }],
  },
  {
    name: 'campaign-offer-form',
    role: 'manager',
    path: `/campaigns/${ids.campaign}`,
    ready: '[data-testid="save-pace"]',
    prepare: async (page) => {
      await page.locator('[data-node-key="offers"]').click();
      await page.getByTestId('edit-offer').first().click();
      await page.getByTestId('offer-form').waitFor();
    },
    phone: true,
  },
  {
    name: 'campaign-plans',
    role: 'manager',
    path: `/campaigns/${ids.campaign}`,
    ready: '[data-testid="save-pace"]',
    prepare: async (page) => {
      await page.locator('[data-node-key="plans"]').click();
      await page.getByTestId('show-plan').first().click();
      await page.getByTestId('plan-preview').waitFor();
    },
    phone: true,
    opens: [{ name: 'pause', by: (page) => page.getByTestId('pause-plan') }],
  },
  {
    name: 'campaign-plan-form',
    role: 'manager',
    path: `/campaigns/${ids.campaign}`,
    ready: '[data-testid="save-pace"]',
    prepare: async (page) => {
      await page.locator('[data-node-key="plans"]').click();
      await page.getByTestId('new-plan').click();
      await page.getByRole('button', { name: 'VIPs once a quarter' }).click();
      await page.getByTestId('preview-plan').click();
      await page.getByTestId('plan-preview').waitFor();
    },
    phone: true,
  },
  {
    name: 'customers',
    role: 'manager',
    path: '/customers',
    ready: table,
    phone: true,
    opens: [
      { name: 'customers', by: (page) => page.getByRole('button', { name: /^Show .* customers/ }).first() },
      { name: 'changes', by: (page) => page.getByRole('button', { name: /new, .* gone/ }).first() },
      { name: 'value', by: (page) => page.getByRole('button', { name: '3,812 customers' }) },
      { name: 'thresholds', by: (page) => page.getByTestId('change-values') },
      { name: 'versions', by: (page) => page.getByTestId('value-history') },
      { name: 'rejected', by: (page) => page.getByRole('button', { name: /^Show .* rejected/ }).first() },
    ],
  },
  {
    name: 'segments',
    role: 'manager',
    path: '/segments',
    ready: '[data-testid="segment-versions"]',
    prepare: async (page) => {
      await page.getByTestId('new-extraction').click();
      await page.getByTestId('extraction-form').waitFor();
    },
  },
  {
    name: 'segment-allocation',
    role: 'lead',
    path: '/segments',
    ready: '[data-testid="open-allocation"]',
    prepare: async (page) => {
      await page.getByTestId('open-allocation').first().click();
      await page.getByTestId('preview-allocation').click();
      await page.getByRole('columnheader', { name: 'Would have' }).waitFor();
    },
    opens: [{ name: 'sign', by: (page) => page.getByTestId('sign-allocation') }],
  },
  {
    name: 'segment-rules',
    role: 'manager',
    path: '/segments',
    ready: '[data-testid="edit-segments"]',
    prepare: async (page) => {
      await page.getByTestId('edit-segments').click();
      await page.getByTestId('preview-segments').click();
      await page.getByTestId('segment-preview').waitFor();
    },
  },
  { name: 'recordings', role: 'manager', path: '/recordings', ready: table },
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
];
