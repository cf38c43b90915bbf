/** What is pressed in the office does what it says: settings of campaigns, what follows an inspection, administration. */
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { seriousFindings } from './accessibility.ts';
import { fixtureRig } from './fixture-rig.ts';
import { guid, ids } from './fixtures/people.ts';
import { users } from './fixtures/office.ts';
import { disputed, inspections } from './fixtures/quality.ts';

const pictures = fileURLToPath(new URL('../../build/screenshots/', import.meta.url));
const rig = fixtureRig();

/** The body of the next request of this kind. */
const sent = async (page: Page, method: string, path: string): Promise<unknown> =>
  (await page.waitForRequest((request) => request.method() === method && request.url().includes(path))).postDataJSON();
const pick = async (page: Page, field: string, option: string) => {
  await page.getByRole('combobox', { name: field, exact: true }).click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: option }).click();
};

test('a limit is added and saved; the rules of a place say what they set and are asked about once', async () => {
  const page = await rig().open('manager', `/campaigns/${ids.campaign}`);
  await page.locator('[data-node-key="hours"]').click();
  await page.getByRole('button', { name: 'Add a limit' }).click();
  await page.getByRole('spinbutton', { name: 'At most', exact: true }).last().fill('2');
  const limits = sent(page, 'PATCH', '/settings');
  await page.getByTestId('save-limits').click();
  expect(await limits).toMatchObject({
    limits: expect.arrayContaining([
      expect.objectContaining({ max: 2, scope: 'number', window: { kind: 'calendar-days', days: 1 } }),
    ]),
  });

  await pick(page, 'Place', 'Germany');
  await page.getByText('At most 15 attempts · to one number · in 7 calendar days · call later').waitFor();
  await page.getByTestId('apply-preset').click();
  const taken = sent(page, 'PATCH', '/settings');
  await page.getByRole('dialog').getByRole('button', { name: 'Adopt these rules' }).click();
  expect(await taken).toMatchObject({
    calling: { windows: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '20:00' }, { days: [6] }] },
  });
});

test('what is always inspected and how many patrols there are is set on the campaign’s page; 0 is no rule', async () => {
  const page = await rig().open('manager', `/campaigns/${ids.campaign}`);
  await page.locator('[data-node-key="quality"]').click();
  const field = (name: string) => page.getByRole('spinbutton', { name, exact: true });
  await field('Conversations shorter than').fill('20');
  await field('Conversations of at least').fill('0');
  await field('First days of an agent').fill('7');
  await field('Floor patrols a day').fill('6');
  const saved = sent(page, 'PATCH', '/settings');
  await page
    .locator('.panel', { has: field('Floor patrols a day') })
    .getByRole('button', { name: 'Save' })
    .click();
  expect(await saved).toMatchObject({
    quality: {
      patrolRounds: 6,
      forced: { longerThanSeconds: null, shorterThanSeconds: 20, firstDaysOfAgent: 7, complaints: true },
    },
  });
});

test('a case is given to somebody in a department, and a contact is looked for without being named in an address', async () => {
  const page = await rig().open('manager', `/cases/${ids.caseFile}`);
  await pick(page, 'Step', 'Give to somebody');
  await page.getByRole('combobox', { name: 'Given to', exact: true }).click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click();
  await page.getByRole('textbox', { name: 'Department' }).fill('Billing');
  const step = sent(page, 'POST', '/steps');
  await page.getByTestId('save-step').click();
  expect(await step).toEqual({ step: 'assign', ownerId: users[0]?.id, department: 'Billing' });

  await page.goto(new URL(`/campaigns/${ids.campaign}`, page.url()).href);
  await page.locator('[data-node-key="contacts"]').click();
  await page.getByRole('textbox', { name: 'Name or number' }).fill('欧阳');
  const search = sent(page, 'POST', '/contacts/search');
  await page.getByTestId('search-contacts').click();
  expect(await search).toEqual({ who: '欧阳' });
  await page.getByText('No contact like this').waitFor();
});

test('the simulator is asked about a campaign before it starts', async () => {
  const page = await rig().open('manager', `/campaigns/${ids.draft}`);
  await page.getByRole('spinbutton', { name: 'Agents signed in' }).fill('8');
  const asked = sent(page, 'POST', '/api/what-if');
  await page.getByTestId('run-expectation').click();
  expect(await asked).toMatchObject({ campaignId: ids.draft, agents: [8] });
  await page.getByText('below the band').waitFor();
});

test('from an unqualified recording an inspector notes for coaching, and a supervisor closes it', async () => {
  const { context, open } = rig();
  const [failed] = disputed;
  const page = await open('inspector', `/inspections/${failed?.id}`);
  const say = async (button: string, path: string, text: string) => {
    await page.getByTestId(button).click();
    await page.getByRole('dialog').getByRole('textbox').fill(text);
    const body = sent(page, 'POST', path);
    await page.locator('[role="dialog"] .ant-btn-primary').click();
    return body;
  };
  expect(await say('coaching-note', '/api/patrols', 'Skips how to cancel')).toMatchObject({
    agentId: failed?.agent?.id,
    attemptId: ids.attempt,
    observation: 'Skips how to cancel',
  });
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await context.addCookies([{ name: 'fixture', value: 'supervisor', url: new URL(page.url()).origin }]);
  await page.reload();
  expect(await say('coached', '/coached', 'Practised the ending')).toEqual({ note: 'Practised the ending' });
});

test.each(['supervisor', 'manager'] as const)(
  'a %s gives an inspection to another judge, with the reason',
  async (role) => {
    const page = await rig().open(role, '/inspections');
    if (role === 'supervisor') await page.getByRole('checkbox', { name: 'Only mine' }).click();
    await page.getByRole('columnheader', { name: 'Assigned to' }).waitFor();
    // Judges are reminded on whatever page they are; who only gives inspections out is not.
    if (role === 'supervisor') await page.getByTestId('due-mark').waitFor();
    else expect(await page.getByTestId('due-mark').count()).toBe(0);
    await page.getByTestId('give-inspection').first().click();
    await page.getByRole('dialog').waitFor();
    await pick(page, 'To', '沈倩');
    await page.getByRole('textbox', { name: 'Why?' }).fill('Ill since this morning');
    expect(await seriousFindings(page)).toEqual([]);
    const given = sent(page, 'POST', '/assign');
    await page.getByRole('dialog').getByRole('button', { name: 'Give to another' }).click();
    expect(await given).toEqual({ userId: guid(21, 1), why: 'Ill since this morning' });
    await page.getByText('The inspection was given to another').waitFor();
    // What waits for somebody else is looked at and listened to, not judged.
    await page.goto(new URL(`/inspections/${inspections[2]?.id}`, page.url()).href);
    await page.getByText('Waits for the judgement of 何静.').waitFor();
    expect(await page.getByTestId('submit-verdict').count()).toBe(0);
  },
);

test('an auditor recomputes a draw, and reads what is wrong where it is not the same', async () => {
  const { open } = rig();
  const page = await open('client', `/draws/${ids.draw}`);
  await page.getByRole('button', { name: 'Recompute' }).click();
  await page.getByText('Recomputed: the same recordings.').waitFor();
  await page.route('**/verify', (route) =>
    route.fulfill({
      json: {
        same: false,
        frameHashSame: false,
        commitmentSame: false,
        missing: ['a'],
        unexpected: [],
        changed: ['b', 'c'],
        differences: [
          { fault: 'differs', recordingId: 'b', field: 'inclusionProbability', stored: '0.9', computed: '0.5' },
          { fault: 'figure-differs', recordingId: null, field: 'rate', stored: '0.5', computed: '0.1' },
        ],
        recomputedAt: 0,
      },
    }),
  );
  await page.getByRole('button', { name: 'Recompute' }).click();
  await page.getByText('Not the same draw: 1 missing, 0 unexpected, 2 changed.').waitFor();
  await page.getByText('The frame is not the one whose hash was kept.').waitFor();
  await page.getByText('The key is not the one that was promised before the draw.').waitFor();
  await page.getByRole('row', { name: 'Kept otherwise than drawn b Chance 0.9 0.5' }).waitFor();
  await page.getByRole('row', { name: 'A figure shown of the draw is wrong – Share 0.5 0.1' }).waitFor();
});

test('a supervisor writes a check with a reason in both languages into the draft of a form', async () => {
  const page = await rig().open('supervisor', '/forms/valid-marketing');
  await page.getByText('Write', { exact: true }).click();
  await page.getByTestId('add-check-understood').click();
  const check = page.locator('details.form-check[open]').filter({ has: page.locator('input[value^="check-"]') });
  await check.getByRole('textbox', { name: 'Check: Code' }).fill('summed-up');
  const written = page.locator('details.form-check[open]').filter({ has: page.locator('input[value="summed-up"]') });
  for (const [name, text] of [
    ['Check, English', 'The agent summed up'],
    ['Check, Chinese', '坐席作了总结'],
    ['Reason, English', 'Not summed up'],
    ['Reason, Chinese', '未作总结'],
  ] as const)
    await written.getByRole('textbox', { name, exact: true }).fill(text);
  expect(await page.getByTestId('publish-form').isDisabled()).toBe(true);
  const saved = sent(page, 'PUT', '/api/form-drafts/valid-marketing');
  await page.getByTestId('save-form').click();
  const { revision, body } = (await saved) as { revision: number; body: { criteria: { checks: object[] }[] } };
  expect(revision).toBe(3);
  expect(body.criteria[1]?.checks.at(-1)).toMatchObject({
    id: 'summed-up',
    text: { en: 'The agent summed up', zh: '坐席作了总结' },
    reasons: [{ code: 'reason-1', text: { en: 'Not summed up', zh: '未作总结' }, retired: false }],
  });
  await page.locator('.ant-message-success').waitFor();
});

test('an administrator adds a reason of breaks, a centre and a holiday, and searches the audit log', async () => {
  const page = await rig().open('administrator', '/forms');
  await page.getByTestId('add-break-reasons').click();
  const row = page.locator('.reason-row').last();
  await row.getByRole('textbox', { name: 'Code' }).fill('prayer');
  await row.getByRole('textbox', { name: 'English name' }).fill('Prayer');
  await row.getByRole('textbox', { name: 'Chinese name' }).fill('礼拜');
  const reasons = sent(page, 'PUT', '/api/break-reasons');
  await page.getByTestId('save-break-reasons').click();
  expect(await reasons).toMatchObject({
    items: expect.arrayContaining([{ code: 'prayer', label: { en: 'Prayer', zh: '礼拜' }, offered: true }]),
  });

  await page.locator('a[href="/users"]').click();
  await page.locator('.ant-table-row').first().getByRole('button', { name: 'Change' }).click();
  await page.getByTestId('rights').locator('summary').click();
  expect(await page.getByTestId('rights').locator('li').count()).toBeGreaterThan(3);
  await page.screenshot({ path: `${pictures}user-dialog.en-light.png` });
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });

  await page.locator('a[href="/organisation"]').click();
  await page.getByTestId('new-centre').click();
  const form = page.locator('.centre-form', { has: page.getByTestId('make-centre') });
  await form.getByRole('textbox', { name: 'Name' }).fill('成都外呼中心');
  const centre = sent(page, 'POST', '/api/centres');
  await page.getByTestId('make-centre').click();
  expect(await centre).toEqual({ name: '成都外呼中心', timeZone: 'Asia/Shanghai', workWeek: [1, 2, 3, 4, 5] });
  await page.getByLabel('Date', { exact: true }).fill('2027-02-06');
  await page.getByLabel('Until (optional)').fill('2027-02-08');
  const calendar = sent(page, 'PUT', '/calendar');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  expect(await calendar).toMatchObject({
    items: [{}, {}, ...['06', '07', '08'].map((day) => ({ date: `2027-02-${day}`, working: false }))],
  });
  // What takes something away asks once and says what will happen; only the answer sends it.
  await page
    .getByRole('button', { name: /^Remove / })
    .first()
    .click();
  const question = page.getByRole('dialog');
  expect(await question.textContent()).toContain('The day follows the week again');
  const fewer = sent(page, 'PUT', '/calendar');
  await question.getByRole('button', { name: 'Remove', exact: true }).click();
  expect(await fewer).toMatchObject({ items: { length: 1 } });

  await page.locator('a[href="/audit"]').click();
  await Promise.all([
    page.waitForRequest((request) => request.url().includes('action=number-unblocked')),
    page
      .getByRole('combobox', { name: 'What', exact: true })
      .fill('taken off')
      .then(() => page.keyboard.press('Enter')),
  ]);
});
