import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds serious or critical on the page, or in the element `within`: one line each with the element. */
export async function seriousFindings(page: Page, within?: string): Promise<string[]> {
  // Read and compiled by the browser once a document: most of what a run costs.
  if (await page.evaluate(`typeof axe === 'undefined'`)) await page.evaluate(source);
  const options = JSON.stringify({ runOnly: rules, resultTypes: ['violations'] });
  const root = within === undefined ? 'document' : JSON.stringify(within);
  const results: AxeResults = await page.evaluate(`axe.run(${root}, ${options})`);
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(({ html, any }) => `${id}: ${html.slice(0, 200)} (${any[0]?.message ?? ''})`),
    );
}
