import type {FrameLocator, Locator} from 'playwright-core';
import type {VsCode} from './vscode.ts';

/** The report of a rehearsal, as a user sees it. */
export interface RehearsalPanelUser {
  readonly page: FrameLocator;
  readonly heading: Locator;
  /** Waits for a heading, such as `000004 index_orders fails`. */
  says(heading: string | RegExp): Promise<void>;
  /** All of its text. */
  text(): Promise<string>;
  /** The line under a migration's name. */
  verdicts(): Promise<readonly string[]>;
  button(name: string | RegExp): Locator;
  /** Chooses from the menu of a button. */
  menu(button: string, item: string): Promise<void>;
}

export function rehearsalPanel(code: VsCode): RehearsalPanelUser {
  const page = code.webview();
  const heading = page.getByRole('heading', {level: 1});
  const button = (name: string | RegExp): Locator => page.getByRole('button', {name});
  return {
    page,
    heading,
    says: text => heading.and(page.locator('h1', {hasText: text})).waitFor({timeout: 60_000}),
    text: () => page.locator('main').innerText(),
    verdicts: () => page.locator('.verdict').allTextContents(),
    button,
    menu: async (name, item) => {
      await button(name).click();
      await page.getByRole('menuitem', {name: item}).click();
    },
  };
}
