import type {FrameLocator, Locator} from 'playwright-core';
import type {VsCode} from './vscode.ts';

/** The panel of a schema comparison, as a user sees it. */
export interface SchemaPanelUser {
  readonly page: FrameLocator;
  /** Waits for the verdict. */
  says(verdict: string | RegExp): Promise<void>;
  /** Waits for a text anywhere in the page. */
  tells(text: string | RegExp): Promise<void>;
  button(name: string | RegExp): Locator;
  /** A row of the list, by what a screen reader says of it. */
  row(name: string | RegExp): Locator;
  /** @returns what a screen reader says of the rows in sight, top to bottom. */
  rows(): Promise<readonly string[]>;
  readonly details: Locator;
  /** Chooses from the menu of a button. */
  menu(button: string | RegExp, item: string | RegExp): Promise<void>;
}

export function schemaPanel(code: VsCode): SchemaPanelUser {
  const page = code.webview();
  const button = (name: string | RegExp): Locator => page.getByRole('button', {name});
  return {
    page,
    says: verdict => page.locator('h1', {hasText: verdict}).waitFor({timeout: 60_000}),
    tells: text =>
      page.locator('main').getByText(text).filter({visible: true}).first().waitFor({timeout: 60_000}),
    button,
    row: name => page.getByRole('treeitem', {name}),
    rows: async () => {
      await page.locator('.tree .row').first().waitFor();
      const all = await page
        .locator('.tree .row')
        .evaluateAll(rows =>
          rows.map(
            row => [Number(row.getAttribute('data-place')), row.getAttribute('aria-label') ?? ''] as const,
          ),
        );
      return all.toSorted(([a], [b]) => a - b).map(([, label]) => label);
    },
    details: page.locator('.details'),
    menu: async (name, item) => {
      await button(name).click();
      await page.getByRole('menuitem', {name: item}).click();
    },
  };
}
