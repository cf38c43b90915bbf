/** Page objects: what people do at the desks, in terms of accessible names and test ids that do not change with the language. */
import type { Locator, Page } from 'playwright-core';

export async function signIn(page: Page, url: string, account: { username: string; password: string }): Promise<void> {
  await page.goto(url);
  await page.locator('input[autocomplete="username"]').fill(account.username);
  await page.locator('input[autocomplete="current-password"]').fill(account.password);
  await page.locator('form button[type="submit"]').click();
  await page.getByTestId('leave').waitFor();
}

/** The same without a mouse. */
export async function signInByKeys(page: Page, url: string, account: { username: string; password: string }) {
  await page.goto(url);
  await page.locator('input[autocomplete="username"]').waitFor();
  const field = () => page.evaluate(() => document.activeElement?.getAttribute('autocomplete') ?? '');
  for (const [name, text] of [
    ['username', account.username],
    ['current-password', account.password],
  ] as const) {
    for (let steps = 0; (await field()) !== name; steps += 1) {
      if (steps > 20) throw new Error(`the Tab key does not lead to ${name}`);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.type(text);
  }
  await page.keyboard.press('Enter');
  await page.getByTestId('leave').waitFor();
}

export async function leave(page: Page): Promise<void> {
  await page.getByTestId('leave').click();
  await page.locator('input[autocomplete="username"]').waitFor();
}

export class AgentDesk {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  /** Waits for a state of the desk, e.g. `{ activity: 'talking' }`. */
  async state(wanted: { presence?: string; activity?: string }, timeout = 30_000): Promise<void> {
    const marks = Object.entries(wanted).map(([axis, value]) => `[data-${axis}="${value}"]`);
    await this.page.locator(`[data-testid="desk"]${marks.join('')}`).waitFor({ timeout });
  }
  async join(): Promise<void> {
    await this.page.getByTestId('sign-in-campaign').click();
    await this.state({ presence: 'signed-in' });
  }
  connection(state: 'live' | 'lost' | 'offline' | 'connecting'): Locator {
    return this.page.locator(`[data-testid="connection"][data-state="${state}"]`);
  }
  get call(): Locator {
    return this.page.getByTestId('call');
  }
  get customer(): Locator {
    return this.page.getByTestId('customer-name');
  }
  async choose(kind: string): Promise<void> {
    await this.page.getByTestId(`outcome-${kind}`).click();
  }
  /** Fills in a sale; criteria named in `doubts` are marked as in doubt. */
  async fillSale(sale: { identity: string; consent: string; doubts?: readonly string[] }): Promise<void> {
    await this.choose('sale');
    const form = this.page.locator('.outcome-form');
    await form.locator('input[type="radio"][value="owner"]').check();
    await form.locator('textarea').nth(0).fill(sale.identity);
    await form.locator('textarea').nth(1).fill(sale.consent);
    for (const criterion of ['rightPerson', 'understood', 'approvedScript', 'explicitConsent']) {
      const answer = sale.doubts?.includes(criterion) ? 'doubt' : 'yes';
      // The radio itself is drawn over by its button.
      await this.page.getByTestId(`self-check-${criterion}`).locator(`label:has(input[value="${answer}"])`).click();
    }
  }
  async tickEverything(): Promise<void> {
    for (const box of await this.page.locator('.must-say input[type="checkbox"]').all()) await box.check();
  }
  async hangUp(): Promise<void> {
    await this.page.getByTestId('hang-up').click();
    await this.state({ activity: 'wrap-up' });
  }
  async save(): Promise<void> {
    await this.page.getByTestId('save-outcome').click();
  }
  /** Waits until the clock of the conversation shows so many seconds. */
  async talkFor(seconds: number): Promise<void> {
    await this.page.waitForFunction(
      (least) => {
        const shown = document.querySelector('[data-testid="talk-clock"] strong')?.textContent ?? '0:00';
        return shown.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) >= least;
      },
      seconds,
      { timeout: 60_000 },
    );
  }
  async signOutAfterCall(): Promise<void> {
    await this.page.getByTestId('sign-out-campaign').click();
    await this.page.locator('[role="dialog"] .ant-btn-primary').click();
    await this.page.locator('.next-presence').waitFor();
  }
  async takeBreak(reason: string): Promise<void> {
    await this.page.getByTestId('break').click();
    await this.page.getByTestId(`break-${reason}`).click();
  }
}

export class InspectorDesk {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }
  async takeNext(): Promise<void> {
    await this.page.getByTestId('judge-next').click();
    await this.ready();
  }
  /** The waveform is drawn and the sound can be played. */
  async ready(): Promise<void> {
    await this.page.locator('[data-testid="play"]:enabled').waitFor();
  }
  /** Walks with the Tab key, as without a mouse, until the control has the focus. */
  async tabTo(testId: string): Promise<void> {
    const there = () => this.page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? '');
    for (let steps = 0; (await there()) !== testId; steps += 1) {
      if (steps > 80) throw new Error(`the Tab key does not lead to ${testId}`);
      await this.page.keyboard.press('Tab');
    }
  }
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }
  get noteField(): Locator {
    return this.page.getByRole('textbox', { name: 'Note on the whole recording' });
  }
  async note(text: string): Promise<void> {
    await this.noteField.fill(text);
  }
  criterion(code: string): Locator {
    return this.page.getByTestId(`criterion-${code}`);
  }
  /** By keyboard: fails one criterion (counted from 1) at the present second for its first reason, passes the others, submits. */
  async failByKeys(criterion: number): Promise<void> {
    await this.press(String(criterion), 'f', '1');
    // Where reasons lie under several checks the first digit chose the check.
    if (await this.page.locator('.reason .key').count()) await this.press('1');
    await this.press('a', 'Control+Enter');
  }
  async passByKeys(): Promise<void> {
    await this.press('a', 'Control+Enter');
  }
}

export class ManagerDesk {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }
  /** Chooses from a list that opens under a labelled field. */
  private async pick(field: string, option: string): Promise<void> {
    await this.page.getByRole('combobox', { name: field }).click();
    await this.page.locator('.ant-select-item-option', { hasText: option }).click();
  }
  async makeCampaign(name: string, product: string): Promise<void> {
    await this.page.locator('a[href="/campaigns"]').click();
    await this.page.getByTestId('new-campaign').click();
    await this.page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(name);
    await this.pick('Product', product);
    await this.page.locator('[role="dialog"] .ant-btn-primary').click();
    await this.page.locator('[role="tablist"]').waitFor();
  }
  async setUp(of: { script: string; team: string; callerId: string }): Promise<void> {
    await this.tab('setup');
    await this.pick('Approved script', of.script);
    await this.page.getByRole('checkbox', { name: of.team }).check();
    await this.page.getByRole('button', { name: 'Add a caller ID' }).click();
    await this.page.getByRole('textbox', { name: 'Number', exact: true }).fill(of.callerId);
    await this.keep('save-setup');
  }
  async setPace(to: { mode: string; wrapUpSeconds: number }): Promise<void> {
    await this.tab('pace');
    await this.page.locator(`input[type="radio"][value="${to.mode}"]`).check();
    await this.page.getByRole('spinbutton', { name: 'Time for wrap-up' }).fill(String(to.wrapUpSeconds));
    await this.keep('save-pace');
  }
  /** Saves a form of the campaign, and waits until the server has taken it. */
  private async keep(button: string): Promise<void> {
    const taken = this.page.waitForResponse((response) => response.request().method() === 'PATCH' && response.ok());
    await this.page.getByTestId(button).click();
    await taken;
  }
  async openCampaign(name: string): Promise<void> {
    await this.page.locator('a[href="/campaigns"]').click();
    await this.page.getByRole('link', { name, exact: true }).click();
    await this.page.locator('[role="tablist"]').waitFor();
  }
  async tab(
    key: 'setup' | 'pace' | 'hours' | 'quality' | 'lists' | 'contacts' | 'decisions' | 'versions',
  ): Promise<void> {
    await this.page.locator(`[data-node-key="${key}"]`).click();
  }
  async importList(file: { name: string; content: Buffer }): Promise<void> {
    await this.tab('lists');
    await this.page
      .getByTestId('list-file')
      .setInputFiles({ name: file.name, mimeType: 'text/csv', buffer: file.content });
    await this.page.getByTestId('import-list').click();
    await this.page.locator('tbody').getByText(file.name).waitFor();
  }
  /** Start or pause, with the question that is asked once. */
  async switch(to: 'start' | 'pause'): Promise<void> {
    await this.page.getByTestId(`${to}-campaign`).first().click();
    await this.page.locator('[role="dialog"] .ant-btn-primary').click();
    await this.page
      .getByTestId(`${to === 'start' ? 'pause' : 'start'}-campaign`)
      .first()
      .waitFor();
  }
}
