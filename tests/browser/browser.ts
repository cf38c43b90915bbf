/** One browser for a test file, and pages in it that begin signed in, in a language and an appearance. */
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumArguments, findChromium } from '../support/chromium.ts';

export type View = {
  locale?: 'en' | 'zh';
  appearance?: 'light' | 'dark';
  width?: number;
  height?: number;
};

/** `more`: further arguments of the browser. */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium found');
  return chromium.launch({
    executablePath,
    args: [...chromiumArguments, '--autoplay-policy=no-user-gesture-required', ...more],
  });
}

export async function openContext(browser: Browser, view: View = {}): Promise<BrowserContext> {
  const { locale = 'en', appearance = 'light', width = 1280, height = 800 } = view;
  const context = await browser.newContext({
    viewport: { width, height },
    locale: 'en-GB',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  await context.addInitScript(
    `localStorage.setItem('fairline.locale', '${locale}'); localStorage.setItem('fairline.appearance', '${appearance}');`,
  );
  return context;
}

/** Everything the page complained about: faults in its code and refused requests. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
}
