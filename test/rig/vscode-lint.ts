import type {Locator} from 'playwright-core';
import type {VsCode} from './vscode.ts';
import {signsOverBoxes, textOf} from './vscode-boxes.ts';

/** Findings in a text editor, as a user sees and mends them. */
export interface LintUser {
  /** Puts the cursor somewhere; both count from 1. */
  goTo(line: number, column: number): Promise<void>;
  /** @returns the text under squiggles of a severity, in the lines in sight, each once */
  underlined(severity: 'error' | 'warning' | 'info'): Promise<readonly string[]>;
  /** @returns the hover at the cursor */
  hover(): Promise<Locator>;
  /** Opens the light bulb's menu at the cursor. */
  openFixes(): Promise<void>;
  /** @returns what the light bulb offers at the cursor */
  quickFixes(): Promise<readonly string[]>;
  /** Chooses from the light bulb at the cursor. */
  quickFix(title: string | RegExp): Promise<void>;
}

export function lintUser(code: VsCode): LintUser {
  const {page} = code;
  const menu = page.locator('.action-widget .monaco-list-row.action');
  const closeMenu = async (): Promise<void> => {
    await page.keyboard.press('Escape');
    await menu.first().waitFor({state: 'hidden'});
  };
  const openMenu = async (): Promise<void> => {
    // The findings of what was typed last may still be on their way.
    for (let left = 10; left > 0; left -= 1) {
      await page.keyboard.press('Control+.');
      const opened = await menu
        .first()
        .waitFor({timeout: 2000})
        .then(
          () => true,
          () => false,
        );
      if (opened) return;
      // In a menu that comes late the same keys choose what is selected.
      await closeMenu();
    }
    throw new Error('there is no quick fix');
  };
  return {
    goTo: async (line, column) => {
      await page.keyboard.press('Control+g');
      const field = code.quickInput.locator('input');
      await field.fill(`:${line}:${column}`);
      // It takes no Enter before it has looked where that is.
      for (let left = 20; left > 0 && (await code.quickInput.isVisible()); left -= 1) {
        await field.press('Enter', {timeout: 500}).catch(() => {});
        await page.waitForTimeout(100);
      }
    },
    underlined: severity => underlined(code.page.locator('.editor-group-container.active'), severity),
    hover: async () => {
      await page.keyboard.press('Control+k');
      await page.keyboard.press('Control+i');
      const hover = page
        .locator('.monaco-editor .monaco-hover, .monaco-resizable-hover .monaco-hover')
        .filter({visible: true})
        .first();
      await hover.waitFor();
      return hover;
    },
    openFixes: openMenu,
    quickFixes: async () => {
      await openMenu();
      const titles = await menu.locator('.title').allInnerTexts();
      await closeMenu();
      return titles;
    },
    quickFix: async title => {
      await openMenu();
      await menu.filter({hasText: title}).first().click();
    },
  };
}

async function underlined(group: Locator, severity: string): Promise<readonly string[]> {
  const signs = await signsOverBoxes(group.locator('.monaco-editor').first(), `.squiggly-${severity}`);
  const boxes = new Set(signs.flatMap(each => each.boxes));
  return [...new Set([...boxes].map(box => textOf(signs.filter(each => each.boxes.includes(box)))))];
}
