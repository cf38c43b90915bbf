/** Who works here, what is sold, what is said and judged by. */
import { ids } from '../fixtures/people.ts';
import { named, table, type Visit } from './visit.ts';

export const administrationVisits: Visit[] = [
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
];
