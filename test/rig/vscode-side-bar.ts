import type {Locator, Page} from 'playwright-core';
import {appears, labels, quoted, rowIn, succeeds} from './vscode-rows.ts';

/** The activity bar, and the view that it shows. */
export interface SideBar {
  /** Shows a view container, by the title of its icon in the activity bar. */
  openView(title: string): Promise<void>;
  /** The number on an activity-bar icon. */
  activityBadge(title: string): Locator;
  /**
   * A row of the tree in the side bar, wherever it is in the tree.
   * @param row the label exactly, or a pattern over what a screen reader says (label, description, state)
   */
  treeRow(row: string | RegExp): Locator;
  /** @returns what a screen reader says of each row in sight, top to bottom. */
  treeRows(): Promise<readonly string[]>;
  /** Expands rows one after the other, each a child of the one before, and returns the last. */
  expand(...path: readonly string[]): Promise<Locator>;
  /** Expands all but the last row of a path, and returns the last. */
  rowAt(...path: readonly string[]): Promise<Locator>;
  /** Scrolls the tree until the row is rendered: rows out of sight do not exist for the page. */
  reveal(row: string | RegExp): Promise<Locator>;
  collapse(row: string | RegExp): Promise<void>;
  clickRow(row: string | RegExp): Promise<void>;
  /** Selects several rows with the pointer, and expands none. */
  selectRows(...rows: readonly string[]): Promise<void>;
  /** Picks an item from a row's context menu. */
  contextMenu(row: string | RegExp | Locator, item: string): Promise<void>;
  /** @returns the items of a row's context menu, and closes it. */
  contextMenuItems(row: string | RegExp | Locator): Promise<readonly string[]>;
  /** Clicks a button that appears on the row. */
  inlineAction(row: string | RegExp | Locator, title: string): Promise<void>;
  /** Clicks a button in the title of the view. */
  viewAction(title: string): Promise<void>;
  /** Clicks a button or link of a view's welcome content. */
  welcome(text: string): Promise<void>;
}

export function sideBar(page: Page): SideBar {
  const treeRow = (row: string | RegExp): Locator => rowIn(page.locator('.part.sidebar'), 'treeitem', row);
  const located = (row: string | RegExp | Locator): Locator =>
    typeof row === 'string' || row instanceof RegExp ? treeRow(row) : row;
  return {
    openView: async title => {
      const icon = activityIcon(page, title);
      await icon.waitFor();
      if ((await icon.getAttribute('aria-expanded')) !== 'true') await icon.click();
      await page.locator('.part.sidebar .composite.title', {hasText: title}).waitFor();
    },
    activityBadge: title => activityIcon(page, title).locator('.badge-content'),
    treeRow,
    treeRows: () => labels(page.locator('.part.sidebar .monaco-list-row')),
    expand: async (...path) => {
      const row = await rowAt(page, path);
      await setExpanded(row, true);
      return row;
    },
    rowAt: (...path) => rowAt(page, path),
    reveal: row => reveal(page, treeRow(row).first()),
    collapse: row => setExpanded(treeRow(row), false),
    clickRow: row => treeRow(row).click(),
    selectRows: async (...rows) => {
      await settled(page);
      await page.locator('.part.sidebar .monaco-list').last().focus();
      await page.keyboard.press('Escape');
      for (const row of rows) await treeRow(row).click({modifiers: ['Control']});
    },
    contextMenu: async (row, item) => {
      for (let left = 5; left > 0; left -= 1) {
        await openMenuWith(page, located(row), item);
        if (await pickFromMenu(page, item)) return;
      }
      throw new Error(`the menu closes before it takes a click on ${item}`);
    },
    contextMenuItems: async row => {
      await located(row).click({button: 'right'});
      await page.locator('.monaco-menu .action-item').first().waitFor();
      const items = await page.locator('.monaco-menu .action-label:not(.separator)').allInnerTexts();
      await page.keyboard.press('Escape');
      return items.map(item => item.trim()).filter(item => item !== '');
    },
    inlineAction: async (row, title) => {
      await settled(page);
      await located(row).hover();
      await located(row).getByRole('button', {name: title}).click();
    },
    viewAction: async title => {
      await page.locator('.part.sidebar').hover();
      await page.locator('.part.sidebar').getByRole('button', {name: title}).first().click();
    },
    welcome: text => page.locator('.welcome-view').getByRole('button', {name: text}).click(),
  };
}

function activityIcon(page: Page, title: string): Locator {
  const label = page.locator(`.action-label[aria-label^=${quoted(title)}]`);
  return page.locator('.activitybar .composite-bar .action-item', {has: label});
}

/** A click on a row that is being read again acts on no row: waits until the rows stay as they are. */
async function settled(page: Page): Promise<void> {
  const text = (): Promise<string> => page.locator('.part.sidebar .monaco-list').last().innerText();
  for (let left = 20, before = await text(); left > 0; left -= 1) {
    await page.waitForTimeout(400);
    const now = await text();
    if (now === before) return;
    before = now;
  }
}

/** A refresh of the tree closes a menu, and one that is open never offers more than it did when it opened. */
async function openMenuWith(page: Page, row: Locator, item: string): Promise<void> {
  const entry = page.locator('.monaco-menu').getByRole('menuitem', {name: item, exact: true});
  await settled(page);
  for (let left = 10; left > 0; left -= 1) {
    await row.click({button: 'right'});
    if (await appears(entry, 3000)) return;
    await page.keyboard.press('Escape');
  }
  throw new Error(`the menu does not offer ${item}`);
}

/**
 * A menu takes no click in the first moments after it opened, so that the click which opened it picks nothing.
 * @returns whether the item was picked; not when a refresh closed the menu before the first click
 */
async function pickFromMenu(page: Page, item: string): Promise<boolean> {
  const menu = page.locator('.monaco-menu');
  const entry = menu.getByRole('menuitem', {name: item, exact: true});
  for (let clicks = 0; clicks < 20; clicks += 1) {
    const clicked = await succeeds(entry.click({timeout: 3000}));
    if (!clicked && !(await menu.isVisible())) return clicks > 0;
    if (await succeeds(menu.waitFor({state: 'detached', timeout: 500}))) return true;
  }
  throw new Error(`the menu did not take a click on ${item}`);
}

async function rowAt(page: Page, [first = '', ...rest]: readonly string[]): Promise<Locator> {
  let row = rowIn(page.locator('.part.sidebar'), 'treeitem', first).first();
  for (const label of rest) {
    await setExpanded(row, true);
    row = await childRow(row, label);
  }
  await row.waitFor();
  return row;
}

/** The row with that label directly below a row. The DOM does not keep the order of the list, `data-index` does. */
async function childRow(parent: Locator, label: string): Promise<Locator> {
  const tree = parent.locator('xpath=ancestor::*[contains(concat(@class, " "), "monaco-list ")][1]');
  const rows = tree.locator('.monaco-list-row');
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const place = await at(parent);
    const below = (await rows.evaluateAll(describeRows))
      .filter(row => row.index > place.index)
      .toSorted((a, b) => a.index - b.index);
    const end = below.findIndex(row => row.level <= place.level);
    const found = below
      .slice(0, end === -1 ? undefined : end)
      .find(row => row.level === place.level + 1 && row.label === label);
    if (found) return rows.and(tree.locator(`[data-index="${found.index}"]`));
    await parent.page().waitForTimeout(100);
  }
  throw new Error(
    `no row "${label}" below "${await parent.getAttribute('aria-label')}" in\n${(await labels(rows)).join('\n')}`,
  );
}

interface RowPlace {
  readonly index: number;
  readonly level: number;
  readonly label: string;
}

async function at(row: Locator): Promise<RowPlace> {
  await row.waitFor();
  const [place] = await row.evaluateAll(describeRows);
  if (!place) throw new Error('the row is gone');
  return place;
}

function describeRows(rows: readonly Element[]): RowPlace[] {
  return rows.map(row => ({
    index: Number(row.getAttribute('data-index')),
    level: Number(row.getAttribute('aria-level')),
    label: row.querySelector('.label-name')?.textContent ?? '',
  }));
}

async function setExpanded(row: Locator, expanded: boolean): Promise<void> {
  await row.waitFor();
  if ((await row.getAttribute('aria-expanded')) === String(expanded)) return;
  await row.locator('.monaco-tl-twistie').click();
  await row.and(row.page().locator(`[aria-expanded="${expanded}"]`)).waitFor();
}

async function reveal(page: Page, row: Locator): Promise<Locator> {
  const scroll = async (by: number): Promise<void> => {
    // The hover of a row that was below the pointer would take the wheel: it goes when the pointer leaves.
    await page.mouse.move(0, 0);
    await page.locator('.part.sidebar .monaco-list').last().hover();
    await page.mouse.wheel(0, by);
  };
  await scroll(-1_000_000);
  for (let left = 100; left > 0 && !(await appears(row, 200)); left -= 1) await scroll(400);
  await row.waitFor();
  return row;
}
