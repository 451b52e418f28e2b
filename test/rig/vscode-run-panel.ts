import type {Locator} from 'playwright-core';
import type {VsCode} from './vscode.ts';

/** The panel of a plan, a run and its outcome, as a user sees it. */
export interface RunPanelUser {
  readonly heading: Locator;
  /** All of its text. */
  text(): Promise<string>;
  button(name: string | RegExp): Locator;
  /** Waits for a heading, such as `1 migration applied`. */
  says(heading: string | RegExp): Promise<void>;
  /** Presses a button once the heading says what it should. */
  press(heading: string | RegExp, button: string | RegExp): Promise<void>;
  /** Presses the button that applies, and once more where the rehearsal has found by then that it fails. */
  applyAnyway(heading: string | RegExp): Promise<void>;
  /** The field for the name of a production connection. */
  readonly nameField: Locator;
}

export function runPanel(code: VsCode): RunPanelUser {
  const page = code.webview();
  const heading = page.getByRole('heading', {level: 1});
  const button = (name: string | RegExp): Locator => page.getByRole('button', {name});
  const says = (text: string | RegExp): Promise<void> =>
    heading.and(page.locator('h1', {hasText: text})).waitFor();
  return {
    heading,
    text: () => page.locator('main').innerText(),
    button,
    says,
    press: async (text, name) => {
      await says(text);
      await button(name).click();
    },
    applyAnyway: async text => {
      await says(text);
      await button(/^Apply/).click();
      const asks = page.getByText('Press the button once more');
      const begun = heading.and(page.locator('h1', {hasNotText: text}));
      await asks.or(begun).first().waitFor();
      if (await asks.isVisible()) await button('Apply Anyway').click();
    },
    nameField: page.getByRole('textbox', {name: 'Name of the connection'}),
  };
}
