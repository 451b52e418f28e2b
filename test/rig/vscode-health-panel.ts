import type {FrameLocator, Locator} from 'playwright-core';
import type {VsCode} from './vscode.ts';

export type HealthTab = 'Overview' | 'Sessions' | 'Queries' | 'Tables' | 'Server';

/** The panel of a server's health, as a user sees it. */
export interface HealthPanelUser {
  readonly page: FrameLocator;
  /** Waits for the verdict. */
  says(verdict: string | RegExp): Promise<void>;
  /** Waits until everything was looked at. */
  looked(): Promise<void>;
  /** Waits for a text in sight anywhere in the page. */
  tells(text: string | RegExp): Promise<void>;
  button(name: string | RegExp): Locator;
  open(tab: HealthTab): Promise<void>;
  /** A row of the list in sight, by a text in it. */
  row(text: string | RegExp): Locator;
  /** Types into the filter of the list in sight. */
  filter(text: string): Promise<void>;
  /** Chooses from the menu of a row. */
  rowMenu(row: string | RegExp, item: string | RegExp): Promise<void>;
  /** @returns what the menu of a row offers, and closes it. */
  rowMenuItems(row: string | RegExp): Promise<readonly string[]>;
  /** Chooses from the menu of a button. */
  menu(button: string | RegExp, item: string | RegExp): Promise<void>;
  /** Who waits for whom, as `level who`, from top to bottom. */
  blocking(): Promise<readonly string[]>;
  /** A maintenance command that was started, by a text in it. */
  maintenance(text: string | RegExp): Locator;
  /** Takes another time between two looks. */
  every(time: string): Promise<void>;
}

export function healthPanel(code: VsCode): HealthPanelUser {
  const page = code.webview();
  const wait = {timeout: 30_000};
  const button = (name: string | RegExp): Locator => page.getByRole('button', {name}).filter({visible: true});
  const row = (text: string | RegExp): Locator =>
    page.locator('.grid-body .grid-row', {hasText: text}).filter({visible: true}).first();
  const openRowMenu = async (text: string | RegExp): Promise<void> => {
    await row(text).click();
    await row(text).locator('.grid-menu').click();
    await page.locator('.menu:popover-open').waitFor();
  };
  return {
    page,
    says: verdict => page.locator('h1', {hasText: verdict}).waitFor(wait),
    looked: () => page.locator('button[title^="Everything was looked at"]:enabled').waitFor(wait),
    tells: text => page.locator('main').getByText(text).filter({visible: true}).first().waitFor(wait),
    button,
    open: async tab => {
      await page.getByRole('tab', {name: tab}).click();
      await page.locator(`.slot-${tab.toLowerCase()}`).waitFor();
    },
    row,
    filter: async text => {
      await page.getByRole('search').filter({visible: true}).locator('input').fill(text);
    },
    rowMenu: async (text, item) => {
      await openRowMenu(text);
      await page.locator('.menu:popover-open').getByRole('menuitem', {name: item, exact: true}).click();
    },
    rowMenuItems: async text => {
      await openRowMenu(text);
      const items = await page.locator('.menu:popover-open [role=menuitem]').allInnerTexts();
      await code.page.keyboard.press('Escape');
      return items.map(one => one.trim());
    },
    menu: async (name, item) => {
      await button(name).click();
      await page.getByRole('menuitem', {name: item, exact: true}).filter({visible: true}).click();
    },
    blocking: () =>
      page
        .locator('.blocking-tree .node')
        .filter({visible: true})
        .evaluateAll(nodes =>
          nodes.map(
            node =>
              `${node.getAttribute('aria-level')} ${node.querySelector('.node-who')?.textContent?.replace(/^\d+ /, '')}`,
          ),
        ),
    maintenance: text => page.locator('.maintenance-row', {hasText: text}).first(),
    every: async time => {
      const choice = page.getByRole('combobox', {name: 'Time between two looks'});
      await choice.click();
      await choice.getByRole('option', {name: `every ${time}`, exact: true}).click();
    },
  };
}
