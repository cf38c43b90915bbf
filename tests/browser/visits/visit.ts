/** A page of the product, how it is reached, and what can be opened on it. */
import type { Locator, Page } from 'playwright-core';
import type { Role } from '../../../src/contract/common.ts';
import type { FixtureServer } from '../fixture-server.ts';

export type Visit = {
  name: string;
  role: Role | null;
  path: string;
  /** What must be there before the page counts as drawn. */
  ready: string;
  prepare?: (page: Page, server: FixtureServer) => Promise<void>;
  phone?: boolean;
  /** Dialogs and drawers that can be opened from it. */
  opens?: Opening[];
};

/** `by`: what opens it, reached by the keyboard alone: Enter opens, Escape closes and gives the focus back. */
export type Opening = { name: string; by: (page: Page) => Locator; fill?: (page: Page) => Promise<void> };

export const named = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).first();
export const table = 'table, .ant-table';
