import type {FrameLocator, Locator, Page} from 'playwright-core';
import {sideBar, type SideBar} from './vscode-side-bar.ts';
import {appears, labels, quoted, rowIn, succeeds} from './vscode-rows.ts';

/** What a user does and sees in a VS Code window. Each helper waits until the thing is there, or fails by a timeout. */
export interface VsCodeUser extends SideBar {
  /** Runs a command through the palette by its full title, such as `Howdah: Create Migration`. */
  command(title: string): Promise<void>;
  /** @returns the titles the palette offers for a text; to see that a command is hidden. */
  paletteOffers(text: string): Promise<readonly string[]>;
  /** Opens a file of the workspace by its name. */
  openFile(name: string): Promise<void>;
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
  return {
    ...sideBar(page),
    ...palette(page),
    ...quickInput(page),
    ...messages(page),
    ...editors(page),
    statusBar: text => page.locator('.statusbar-item', {hasText: text}),
  };
}

type Palette = Pick<VsCodeUser, 'command' | 'paletteOffers' | 'openFile'>;

function palette(page: Page): Palette {
  const box = page.locator('.quick-input-widget');
  const search = async (text: string): Promise<void> => {
    // Whatever takes the focus while a window is still opening closes the palette again.
    for (let left = 10; left > 0; left -= 1) {
      await page.keyboard.press('F1');
      const typing = box.locator('input').fill(text, {timeout: 3000});
      if (
        await typing.then(
          () => true,
          () => false,
        )
      )
        return;
    }
    throw new Error('the palette does not stay open');
  };
  return {
    command: async title => {
      await search(`>${title}`);
      // Opened again until it is offered: the window or the extension that brings the command may still be starting,
      // and an open palette never offers more than it did when it opened.
      const entry = box.locator(`.monaco-list-row[aria-label^=${quoted(title)}]`).first();
      for (let left = 20; left > 0; left -= 1) {
        if ((await appears(entry, 1000)) && (await succeeds(entry.click({timeout: 3000})))) return;
        await page.keyboard.press('Escape');
        await search(`>${title}`);
      }
      throw new Error(`the palette does not offer ${title}`);
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
      // The list of the question before may still be shown.
      await box.locator('.quick-input-list').waitFor({state: 'hidden'});
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
      // Of more than three notifications within 800 ms VS Code shows only the bell.
      await page.waitForTimeout(800);
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
