import { expect, test } from 'vitest';
import { findChromium } from './chromium.ts';

// Takes the place of the browser tests when there is no browser: a failure where everything must be proved, a visible skip elsewhere.
test.skipIf(process.env.CI !== 'true')(
  'browser tests: no Chromium was found (install it, or set CHROMIUM_PATH)',
  () => {
    expect(findChromium()).toBeDefined();
  },
);
