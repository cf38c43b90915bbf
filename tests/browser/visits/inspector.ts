/** What inspectors and their supervisors judge, hear and compare. */
import { ids } from '../fixtures/people.ts';
import { disputed } from '../fixtures/quality.ts';
import { named, table, type Visit } from './visit.ts';

export const inspectorVisits: Visit[] = [
  { name: 'inspection-queue', role: 'inspector', path: '/inspections', ready: '[data-testid="queue"]' },
  {
    name: 'inspection-queue-by-risk',
    role: 'supervisor',
    path: '/inspections',
    ready: '[data-testid="queue"]',
    prepare: async (page) => {
      await page.getByText('By risk').or(page.getByText('按风险')).click();
      await page.locator('table').nth(1).waitFor();
    },
  },
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
  { name: 'phrases', role: 'supervisor', path: '/phrases', ready: 'textarea', phone: true },
  { name: 'draws', role: 'supervisor', path: '/draws', ready: table },
  { name: 'draw', role: 'supervisor', path: `/draws/${ids.draw}`, ready: table },
];
