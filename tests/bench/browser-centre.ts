/** The whole product with PostgreSQL, a small centre, the sandbox carrier and a headless Chromium, for as long as a benchmark takes. */
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Database } from '../../src/platform/database.ts';
import { migrateJobs } from '../../src/platform/jobs/backends.ts';
import { chromiumArguments, findChromium } from '../support/chromium.ts';
import { openRealCentre, type RealCentre } from '../support/real-centre.ts';
import { withPostgres } from './own-postgres.ts';

type Ground = { database: Database; house: RealCentre; browser: Browser };

export async function withBrowserCentre(
  centre: Parameters<typeof openRealCentre>[1],
  use: (ground: Ground) => Promise<void>,
): Promise<void> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('No Chromium was found (set CHROMIUM_PATH).');
  await withPostgres(async ({ url, database }) => {
    await migrateJobs(url);
    const house = await openRealCentre({ url, client: database.client }, centre);
    try {
      const browser = await chromium.launch({ executablePath, args: chromiumArguments });
      try {
        await use({ database, house, browser });
      } finally {
        await browser.close();
      }
    } finally {
      await house.close();
    }
  }, 8);
}

/** Signs in by the page. */
export async function signIn(
  page: Page,
  { product }: RealCentre,
  { username, password }: { username: string; password: string },
): Promise<void> {
  await page.goto(product.publicUrl);
  await page.locator('input[autocomplete="username"]').fill(username);
  await page.locator('input[autocomplete="current-password"]').fill(password);
  await page.locator('form button[type="submit"]').click();
}
