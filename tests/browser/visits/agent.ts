/** The agent’s desk in all its states, and the own day. */
import type { Page } from 'playwright-core';
import { ids } from '../fixtures/people.ts';
import { named, type Visit } from './visit.ts';

const signIn = async (page: Page) => {
  await page.getByTestId('sign-in-campaign').click();
  await page.locator('[data-testid="desk"][data-activity="ready"]').waitFor();
};

export const agentVisits: Visit[] = [
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
      await page.getByTestId('desk-offer').first().waitFor();
    },
    opens: [
      { name: 'transfer', by: (page) => page.getByTestId('transfer') },
      { name: 'ask-offer', by: (page) => page.getByTestId('ask-offer').first() },
    ],
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
    name: 'agent-survey',
    role: 'agent',
    path: '/desk',
    ready: '.today',
    prepare: async (page, server) => {
      await signIn(page);
      server.desk.view = { ...server.desk.view, campaignId: ids.campaign2 };
      server.desk.call();
      server.push();
      const path = page.getByTestId('survey-path');
      await path.locator('[data-question="reported"] input').first().check();
      await path.locator('[data-question="mark"]').waitFor();
      await page.getByTestId('outcome-surveyed').click();
      await page.getByTestId('save-outcome').click();
      await page.getByTestId('unanswered').waitFor();
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
];
