import type {FrameLocator, Locator} from 'playwright-core';
import type {VsCode} from './vscode.ts';

export type PlanViewName = 'Graph' | 'Flame' | 'Table' | 'Raw' | 'Summary';

/** The panel of a plan, as a user sees it. */
export interface ExplainPanelUser {
  readonly page: FrameLocator;
  /** All of its text. */
  text(): Promise<string>;
  /** Waits for a text anywhere in the page. */
  says(text: string | RegExp): Promise<void>;
  /** The tab of a view; `aria-selected` tells whether it is shown. */
  view(name: PlanViewName): Locator;
  /** A node in the graph. */
  node(name: RegExp): Locator;
  /** Brings the whole graph into sight, and clicks a node. */
  choose(node: RegExp): Promise<void>;
  button(name: string | RegExp): Locator;
  /** The line of a finding, by its check, such as `stale-statistics`. */
  finding(check: string): Locator;
  /** Unfolds a finding, and leaves an unfolded one as it is. */
  open(check: string): Promise<void>;
  /** Chooses from the menu of a button of the toolbar. */
  menu(button: string, item: string): Promise<void>;
}

export function explainPanel(code: VsCode): ExplainPanelUser {
  const page = code.webview();
  const main = page.locator('main');
  const button = (name: string | RegExp): Locator => page.getByRole('button', {name});
  const node = (name: RegExp): Locator => page.locator('.view').getByRole('treeitem', {name});
  const finding = (check: string): Locator => page.locator(`[data-finding="${check}"]`);
  return {
    page,
    text: () => main.innerText(),
    says: text => main.getByText(text).filter({visible: true}).first().waitFor(),
    view: name => page.getByRole('tab', {name}),
    node,
    choose: async name => {
      await button('Fit').click();
      await node(name).click();
    },
    button,
    finding,
    open: async check => {
      await page.getByRole('tab', {name: /^Findings/}).click();
      await finding(check).waitFor();
      if ((await finding(check).getAttribute('aria-expanded')) !== 'true') await finding(check).click();
    },
    menu: async (name, item) => {
      await button(name).click();
      await page.getByRole('menuitem', {name: item}).click();
    },
  };
}
