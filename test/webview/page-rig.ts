import {randomBytes} from 'node:crypto';
import {readFile, rm} from 'node:fs/promises';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import type {Browser, BrowserContext, Page} from 'playwright-core';
import {buildWebviews, type WebviewOptions} from '../../scripts/webview.ts';
import {panelHtml} from '../../src/editor/panels/panel-html.ts';
import type {Port} from '../../src/protocol/channel.ts';
import {launchBrowser} from '../rig/browser.ts';
import type {Theme} from './themes.ts';

/** Of this process: another one may build the same pages meanwhile. */
const built = join(import.meta.dirname, '../../.cache/webview-test', String(process.pid));
const types: Readonly<Record<string, string>> = {js: 'text/javascript', css: 'text/css'};

/** The built pages in Chromium, served as the editor serves them: the panel's own HTML under its own policy. */
export class PageRig {
  readonly #server: Server;
  readonly #browser: Browser;
  readonly #window: BrowserContext;

  /** @param only the pages that are wanted; all of them unless told */
  static async start(...only: NonNullable<WebviewOptions['only']>): Promise<PageRig> {
    await buildWebviews(built, {minify: true, ...(only.length > 0 ? {only} : {})});
    const server = createServer(
      (request, response) =>
        void serve(server, request.url ?? '/').then(
          ({type, body}) => response.writeHead(200, {'content-type': type}).end(body),
          () => response.writeHead(404).end(),
        ),
    );
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    // Each page is a tab of one window, and all are one process: of its own, either would cost more than most tests do.
    const browser = await launchBrowser('--renderer-process-limit=1', '--process-per-site');
    const window = await browser.newContext({viewport: {width: 1000, height: 720}});
    return new PageRig(server, browser, window);
  }

  private constructor(server: Server, browser: Browser, window: BrowserContext) {
    this.#server = server;
    this.#browser = browser;
    this.#window = window;
  }

  /** Opens the page named `panel`; `connect` is given the host's end of the wire before the page loads. */
  async open(panel: string, theme: Theme, connect: (port: Port) => void): Promise<OpenPage> {
    const page = await this.#window.newPage();
    const wire = new Wire(page);
    await page.exposeBinding('toHost', (_, message: unknown) => wire.receive(message));
    await page.addInitScript(editorScript, {kind: theme.kind, variables: theme.variables});
    const requested: string[] = [];
    page.on('request', request => requested.push(new URL(request.url()).pathname));
    const problems: string[] = [];
    page.on('console', message => {
      if (['warning', 'error'].includes(message.type())) problems.push(message.text());
    });
    page.on('pageerror', error => problems.push(error.message));
    connect(wire);
    await page.goto(`${origin(this.#server)}/${panel}`);
    return {page, requested, problems, close: () => page.close()};
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
    await rm(built, {recursive: true, force: true});
  }
}

export interface OpenPage {
  readonly page: Page;
  /** Paths that the page asked for. */
  readonly requested: readonly string[];
  /** Warnings and errors of the console; a violation of the policy is one. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

class Wire implements Port {
  readonly #page: Page;
  readonly #listeners = new Set<(message: unknown) => void>();

  constructor(page: Page) {
    this.#page = page;
  }

  receive(message: unknown): void {
    for (const listener of this.#listeners) listener(message);
  }

  post(message: unknown): void {
    // A page that is gone hears nothing, as in the editor.
    // As text, because large values take the browser's protocol seconds.
    const json = JSON.stringify(message);
    this.#page.evaluate(text => window.postMessage(JSON.parse(text)), json).catch(() => {});
  }

  onMessage(listener: (message: unknown) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function origin(server: Server): string {
  const address = server.address();
  return `http://127.0.0.1:${isAddress(address) ? address.port : 0}`;
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

async function serve(server: Server, path: string): Promise<{type: string; body: string | Buffer}> {
  const [, name = '', suffix] = /^\/(\w+)(?:\.(js|css))?$/.exec(path) ?? [];
  if (suffix !== undefined) {
    return {type: types[suffix] ?? '', body: await readFile(join(built, `${name}.${suffix}`))};
  }
  if (name === '') throw new Error(`nothing at ${path}`);
  const html = panelHtml({
    title: name,
    script: `${origin(server)}/${name}.js`,
    style: `${origin(server)}/${name}.css`,
    cspSource: origin(server),
    nonce: randomBytes(18).toString('base64url'),
    language: 'en',
  });
  return {type: 'text/html', body: html};
}

/** Runs in the page before its own script: what the editor adds to every page. */
function editorScript({kind, variables}: {kind: string; variables: Readonly<Record<string, string>>}): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@layer vscode-default {
    body { background-color: transparent; color: var(--vscode-editor-foreground); margin: 0; padding: 0 20px; }
    input:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
    code { color: var(--vscode-textPreformat-foreground); background-color: var(--vscode-textPreformat-background);
      padding: 1px 3px; border-radius: 4px; }
  }`);
  document.adoptedStyleSheets = [sheet];
  document.addEventListener('readystatechange', () => {
    if (document.readyState !== 'interactive') return;
    for (const [name, value] of Object.entries(variables))
      document.documentElement.style.setProperty(name, value);
    document.body.classList.add(kind);
    if (kind === 'vscode-high-contrast-light') document.body.classList.add('vscode-high-contrast');
    document.body.dataset['vscodeThemeKind'] = kind;
  });
  const toHost = (message: unknown): void => {
    const binding: unknown = Reflect.get(window, 'toHost');
    if (typeof binding === 'function') binding(message);
  };
  const api = {
    postMessage: toHost,
    setState: (state: unknown) => Reflect.set(window, 'savedState', state),
    getState: (): unknown => Reflect.get(window, 'savedState'),
  };
  Reflect.set(window, 'acquireVsCodeApi', () => api);
}
