import type {Locator} from 'playwright-core';
import type {VsCode} from './vscode.ts';

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

/** The editor draws squiggles as boxes below the text, so the text is what lies over them. */
async function underlined(group: Locator, severity: string): Promise<readonly string[]> {
  return group
    .locator('.monaco-editor')
    .first()
    .evaluate((root, kind) => {
      const boxes = [...root.querySelectorAll(`.view-overlays .cdr.squiggly-${kind}`)].map(box =>
        box.getBoundingClientRect(),
      );
      const texts = boxes.map(box => {
        const walker = document.createTreeWalker(
          root.querySelector('.view-lines') ?? root,
          NodeFilter.SHOW_TEXT,
        );
        let text = '';
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const value = node.nodeValue ?? '';
          for (let at = 0; at < value.length; at += 1) {
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const {left, right, top, bottom} = range.getBoundingClientRect();
            const x = (left + right) / 2;
            const y = (top + bottom) / 2;
            if (x > box.left && x < box.right && y > box.top && y < box.bottom + 1) text += value[at] ?? '';
          }
        }
        return text.replaceAll('\u00A0', ' ').trim();
      });
      return [...new Set(texts)];
    }, severity);
}
