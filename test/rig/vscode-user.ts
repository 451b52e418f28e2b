import type {FrameLocator, Locator, Page} from 'playwright-core';

/** What a user does and sees in a VS Code window. Each helper waits until the thing is there, or fails by a timeout. */
export interface VsCodeUser {
  /** Runs a command through the palette by its full title, such as `Howdah: Create Migration`. */
  command(title: string): Promise<void>;
  /** @returns the titles the palette offers for a text; to see that a command is hidden. */
  paletteOffers(text: string): Promise<readonly string[]>;
  /** Shows a view container, by the title of its icon in the activity bar. */
  openView(title: string): Promise<void>;
  /** The number on an activity-bar icon. */
  activityBadge(title: string): Locator;
  /** Opens a file of the workspace by its name. */
  openFile(name: string): Promise<void>;
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
  /** The open quick pick or input box. */
  readonly quickInput: Locator;
  /** Takes an item of the open quick pick, by its label or a pattern over label and description. */
  quickPick(item: string | RegExp): Promise<void>;
  /** @returns what the open quick pick offers. */
  quickPickItems(): Promise<readonly string[]>;
  /** Types into the open input box and presses Enter. */
  input(text: string): Promise<void>;
  /** Goes one step back in a flow of several steps. */
  back(): Promise<void>;
  /** The open modal dialog. */
  readonly dialog: Locator;
  /** Presses a button of the open modal dialog. */
  answer(button: string): Promise<void>;
  /** A notification that contains a text. */
  notification(text: string | RegExp): Locator;
  /** Presses a button of a notification. */
  notificationAction(text: string | RegExp, button: string): Promise<void>;
  dismissNotifications(): Promise<void>;
  /** The tab of an open editor. */
  editorTab(name: string | RegExp): Locator;
  /** @returns the lines in sight of the active text editor. */
  editorText(): Promise<string>;
  /** A code lens above the lines in sight. */
  codeLens(text: string | RegExp): Locator;
  /** Opens the Problems view and returns what a screen reader says of its rows: files and their problems. */
  problems(): Promise<readonly string[]>;
  /** A status-bar item that contains a text. */
  statusBar(text: string | RegExp): Locator;
  /** The content of the webview in sight. */
  webview(): FrameLocator;
}

export function userOf(page: Page): VsCodeUser {
  const treeRow = (row: string | RegExp): Locator => rowIn(page.locator('.part.sidebar'), 'treeitem', row);
  const located = (row: string | RegExp | Locator): Locator =>
    typeof row === 'string' || row instanceof RegExp ? treeRow(row) : row;
  return {
    ...palette(page),
    ...quickInput(page),
    ...messages(page),
    ...editors(page),
    openView: async title => {
      const icon = activityIcon(page, title);
      await icon.waitFor();
      if ((await icon.getAttribute('aria-expanded')) !== 'true') await icon.locator('.action-label').click();
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
    contextMenu: async (row, item) => {
      await located(row).click({button: 'right'});
      await menuItem(page, item).click();
    },
    contextMenuItems: async row => {
      await located(row).click({button: 'right'});
      await page.locator('.monaco-menu .action-item').first().waitFor();
      const items = await page.locator('.monaco-menu .action-label:not(.separator)').allInnerTexts();
      await page.keyboard.press('Escape');
      return items.map(item => item.trim()).filter(item => item !== '');
    },
    inlineAction: async (row, title) => {
      await located(row).hover();
      await located(row).getByRole('button', {name: title}).click();
    },
    viewAction: async title => {
      await page.locator('.part.sidebar').hover();
      await page.locator('.part.sidebar').getByRole('button', {name: title}).first().click();
    },
    welcome: text => page.locator('.welcome-view').getByRole('button', {name: text}).click(),
    statusBar: text => page.locator('.statusbar-item', {hasText: text}),
  };
}

type Palette = Pick<VsCodeUser, 'command' | 'paletteOffers' | 'openFile'>;

function palette(page: Page): Palette {
  const box = page.locator('.quick-input-widget');
  const search = async (text: string): Promise<void> => {
    await page.keyboard.press('F1');
    await box.locator('input').fill(text);
  };
  return {
    command: async title => {
      await search(`>${title}`);
      // Typed again until it is offered: the extension that brings the command may still be starting.
      const entry = box.locator(`.monaco-list-row[aria-label^=${quoted(title)}]`).first();
      for (let left = 20; left > 0 && !(await appears(entry, 1000)); left -= 1)
        await box.locator('input').fill(`>${title}`);
      await entry.click();
    },
    paletteOffers: async text => {
      await search(`>${text}`);
      await box.locator('.monaco-list-row').first().waitFor();
      const offers = await labels(box.locator('.monaco-list-row'));
      await page.keyboard.press('Escape');
      return offers;
    },
    openFile: async name => {
      await search(name);
      await box.locator('.monaco-list-row', {hasText: name}).first().click();
      await page.locator('.tabs-container .tab.active', {hasText: name.split('/').at(-1) ?? name}).waitFor();
    },
  };
}

type QuickInput = Pick<VsCodeUser, 'quickInput' | 'quickPick' | 'quickPickItems' | 'input' | 'back'>;

function quickInput(page: Page): QuickInput {
  const box = page.locator('.quick-input-widget');
  return {
    quickInput: box,
    quickPick: item => rowIn(box, 'option', item).first().click(),
    quickPickItems: async () => {
      await box.locator('.monaco-list-row').first().waitFor();
      return labels(box.locator('.monaco-list-row'));
    },
    input: async text => {
      await box.locator('.quick-input-box input').fill(text);
      await page.keyboard.press('Enter');
    },
    back: () => box.getByRole('button', {name: 'Back'}).click(),
  };
}

type Messages = Pick<
  VsCodeUser,
  'dialog' | 'answer' | 'notification' | 'notificationAction' | 'dismissNotifications'
>;

function messages(page: Page): Messages {
  const dialog = page.locator('.monaco-dialog-box');
  const notification = (text: string | RegExp): Locator =>
    page.locator('.notifications-toasts .notification-list-item', {hasText: text}).first();
  return {
    dialog,
    answer: async button => {
      await dialog.getByRole('button', {name: button, exact: true}).click();
      await dialog.waitFor({state: 'detached'});
    },
    notification,
    notificationAction: (text, button) =>
      notification(text).getByRole('button', {name: button, exact: true}).click(),
    dismissNotifications: async () => {
      await page.keyboard.press('F1');
      await page.locator('.quick-input-widget input').fill('>Notifications: Clear All Notifications');
      await page.locator('.quick-input-widget .monaco-list-row').first().click();
    },
  };
}

type Editors = Pick<VsCodeUser, 'editorTab' | 'editorText' | 'codeLens' | 'problems' | 'webview'>;

function editors(page: Page): Editors {
  return {
    editorTab: name => page.locator('.tabs-container .tab', {hasText: name}),
    editorText: async () => {
      const lines = page.locator('.editor-group-container.active .monaco-editor .view-lines').first();
      await lines.waitFor();
      return textOfLines(lines);
    },
    codeLens: text => page.locator('.codelens-decoration a', {hasText: text}),
    problems: async () => {
      await palette(page).command('Problems: Focus on Problems View');
      const panel = page.locator('.part.panel .markers-panel');
      await panel.waitFor();
      return labels(panel.locator('.monaco-list-row'));
    },
    webview: () => page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame'),
  };
}

/** The lines are not in the order of the document in the DOM, but placed by their `top`. */
async function textOfLines(lines: Locator): Promise<string> {
  const placed = await lines.locator('.view-line').evaluateAll(all =>
    all.map(line => ({
      top: line.getBoundingClientRect().top,
      text: (line.textContent ?? '').replaceAll('\u00A0', ' '),
    })),
  );
  return placed
    .toSorted((a, b) => a.top - b.top)
    .map(({text}) => text)
    .join('\n');
}

function activityIcon(page: Page, title: string): Locator {
  const label = page.locator(`.action-label[aria-label^=${quoted(title)}]`);
  return page.locator('.activitybar .composite-bar .action-item', {has: label});
}

function menuItem(page: Page, item: string): Locator {
  return page.locator('.monaco-menu').getByRole('menuitem', {name: item, exact: true});
}

/** A tree's rows carry an aria-level, those of a quick pick are options. */
function rowIn(container: Locator, role: 'treeitem' | 'option', row: string | RegExp): Locator {
  if (typeof row !== 'string') return container.getByRole(role, {name: row});
  const label = container.page().locator('.label-name').getByText(row, {exact: true});
  return container.locator('.monaco-list-row').filter({has: label});
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
  throw new Error(`no row "${label}" below ${await parent.getAttribute('aria-label')}`);
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
  await page.locator('.part.sidebar .monaco-list').last().hover();
  await page.mouse.wheel(0, -1_000_000);
  for (let left = 100; left > 0 && !(await appears(row, 200)); left -= 1) await page.mouse.wheel(0, 400);
  await row.waitFor();
  return row;
}

async function labels(rows: Locator): Promise<readonly string[]> {
  return rows.evaluateAll(all => all.map(row => row.getAttribute('aria-label') ?? ''));
}

async function appears(locator: Locator, milliseconds: number): Promise<boolean> {
  return locator.waitFor({timeout: milliseconds}).then(
    () => true,
    () => false,
  );
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
