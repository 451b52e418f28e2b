import {mkdir, mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Browser, ConsoleMessage, Page} from 'playwright-core';
import {startVsCodeServer, type VsCodeServer} from '../../scripts/vscode-server.ts';
import {launchBrowser} from './browser.ts';
import {userOf, type VsCodeUser} from './vscode-user.ts';

const root = join(import.meta.dirname, '../..');

/** The name in the settings, and the class that the workbench then carries. */
const themes = {
  light: {name: 'Default Light Modern', mark: 'vs'},
  dark: {name: 'Default Dark Modern', mark: 'vs-dark'},
  'high-contrast': {name: 'Default High Contrast', mark: 'hc-black'},
  'high-contrast-light': {name: 'Default High Contrast Light', mark: 'hc-light'},
} as const;

export type ThemeName = keyof typeof themes;

export interface VsCodeOptions {
  /** The folder that is opened, or a `.code-workspace` file. */
  readonly workspace: string;
  /** The packaged extension; `.cache/howdah.vsix`, which `npm run package` makes, when left out. */
  readonly vsix?: string;
  /** Whether migrations are executed while they are written, which keeps a core busy. */
  readonly executes?: boolean;
  /** User settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** `false` opens the folder in Restricted Mode. */
  readonly trusted?: boolean;
  readonly theme?: ThemeName;
}

/** A real VS Code with the packaged extension in it, and a user's hands and eyes. */
export interface VsCode extends VsCodeUser {
  /** For what the user's helpers do not cover. */
  readonly page: Page;
  /** The folder of everything that this VS Code writes. */
  readonly home: string;
  setTheme(theme: ThemeName): Promise<void>;
  setSettings(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** Opens the page anew, as the user's F5 in the browser does: the extension host starts again. */
  reload(): Promise<void>;
  /** Writes `.cache/screenshots/<name>.png` and returns its path. */
  screenshot(name: string): Promise<string>;
  /** What the browser's console got as errors, without those of VS Code itself. */
  readonly consoleErrors: readonly string[];
  /** The log of the extension host and the extension's own output, as far as written. */
  extensionHostLog(): Promise<string>;
  /** The lines of that log which are errors. */
  extensionHostErrors(): Promise<readonly string[]>;
  /** Ends the browser and the server, and removes what they wrote. */
  stop(): Promise<void>;
}

/** Starts a VS Code of its own: nothing in it is shared with other tests but the installed server. */
export async function startVsCode(options: VsCodeOptions): Promise<VsCode> {
  const home = await mkdtemp(join(tmpdir(), 'howdah-editor-'));
  let theme: ThemeName = options.theme ?? 'dark';
  let settings = options.settings ?? {};
  const allSettings = (): Record<string, unknown> => ({
    'workbench.colorTheme': themes[theme].name,
    'workbench.reduceMotion': 'on',
    ...(options.trusted === false ? restricted : {}),
    ...(options.executes === true ? {} : {'howdah.lint.rehearse': 'off'}),
    ...settings,
  });
  const server = await startVsCodeServer({
    home,
    vsix: options.vsix ?? join(root, '.cache/howdah.vsix'),
    settings: allSettings(),
  });
  const browser = await launch(server);
  const page = await browser.newPage({
    viewport: {width: 1280, height: 900},
    // As a user who has allowed the editor to use the clipboard.
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const consoleErrors = collectErrors(page);
  const opened = async (): Promise<void> => {
    await page.goto(server.url(options.workspace));
    await page.locator('.statusbar-item').first().waitFor({timeout: 60_000});
    await themeShown(page, theme);
  };
  await opened();
  return {
    ...userOf(page),
    page,
    home,
    consoleErrors,
    setTheme: async next => {
      theme = next;
      await server.writeSettings(allSettings());
      await themeShown(page, theme);
    },
    setSettings: async next => {
      settings = next;
      await server.writeSettings(allSettings());
    },
    reload: opened,
    screenshot: async name => {
      const path = join(root, '.cache/screenshots', `${name}.png`);
      await mkdir(join(root, '.cache/screenshots'), {recursive: true});
      await page.screenshot({path, animations: 'disabled'});
      return path;
    },
    extensionHostLog: () => readLogs(server.logs),
    extensionHostErrors: async () => (await readLogs(server.logs)).split('\n').filter(isError),
    stop: async () => {
      await browser.close();
      await server.stop();
      await rm(home, {recursive: true, force: true, maxRetries: 3});
    },
  };
}

const restricted = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
};

async function launch(server: VsCodeServer): Promise<Browser> {
  try {
    return await launchBrowser();
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function themeShown(page: Page, theme: ThemeName): Promise<void> {
  await page.locator(`.monaco-workbench.${themes[theme].mark}`).first().waitFor({timeout: 60_000});
}

/**
 * VS Code's own, seen in a window with no extension and no network: its service worker, favicon, signing module,
 * gallery, update check, what it leaves undone (and unwritten) when its page is left, and a question before each save, which nobody here
 * listens to and which two editors on two cores can answer after its 1.75 s.
 */
const ofVsCode =
  /Aborted onWillSaveTextDocument|Unable to write file .*CachedConfigurations|service-?worker|when fetching the script|favicon|vsda|open-vsx|update\/check|ERR_NAME_NOT_RESOLVED|github|\[lifecycle\]|vscode-web-db/i;

function collectErrors(page: Page): readonly string[] {
  const errors: string[] = [];
  const keep = (text: string): void => void (ofVsCode.test(text) || errors.push(text));
  page.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error') keep(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', error => keep(error.stack ?? error.message));
  return errors;
}

/** VS Code asks for the children of a row it expands, and finds it replaced when a refresh comes at that moment. */
const expandedDuringRefresh = /No tree item with id '.*' found/;

function isError(line: string): boolean {
  return /\[error\]/.test(line) && !expandedDuringRefresh.test(line);
}

async function readLogs(folder: string): Promise<string> {
  const files = await readdir(folder, {recursive: true}).catch((): string[] => []);
  const ours = files.filter(file => /remoteexthost\.log$|howdah.*\.log$/i.test(file)).toSorted();
  const texts = await Promise.all(ours.map(file => readFile(join(folder, file), 'utf8')));
  return texts.join('\n');
}
