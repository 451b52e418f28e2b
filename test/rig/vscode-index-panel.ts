import type {FrameLocator, Locator} from 'playwright-core';
import type {VsCode} from './vscode.ts';

/** The panel about a database's indexes, as a user sees it. */
export interface IndexPanelUser {
  readonly page: FrameLocator;
  /** Waits for the verdict. */
  says(verdict: string | RegExp): Promise<void>;
  /** Waits for a text anywhere in the page. */
  tells(text: string | RegExp): Promise<void>;
  button(name: string | RegExp): Locator;
  /** The line of a finding, or of several of one check. */
  finding(text: string | RegExp): Locator;
  /** The row of an index. */
  row(index: string): Locator;
  readonly details: Locator;
  /** Types into the filter of the list. */
  filter(text: string): Promise<void>;
  /** Chooses from the dropdown named so. */
  choose(dropdown: string, option: string | RegExp): Promise<void>;
}

export function indexPanel(code: VsCode): IndexPanelUser {
  const page = code.webview();
  return {
    page,
    says: verdict => page.locator('h1', {hasText: verdict}).waitFor({timeout: 60_000}),
    tells: text =>
      page.locator('main').getByText(text).filter({visible: true}).first().waitFor({timeout: 60_000}),
    button: name => page.getByRole('button', {name}),
    finding: name => page.locator('.findings').getByRole('button', {name}),
    row: index => page.locator('.grid-row', {has: page.locator('.index-name', {hasText: index})}).first(),
    details: page.locator('.details'),
    filter: async text => {
      await page.getByRole('textbox', {name: 'Filter'}).fill(text);
    },
    choose: async (dropdown, option) => {
      await page.getByRole('combobox', {name: dropdown}).click();
      await page.getByRole('option', {name: option}).click();
    },
  };
}
