import {randomBytes} from 'node:crypto';
import {env, Uri, type Webview, type WebviewOptions, type WebviewPanel} from 'vscode';
import type {ChannelProblem, Port} from '../../protocol/channel.ts';
import type {Log} from '../log.ts';
import {panelHtml} from './panel-html.ts';

/** A page may run its script and load nothing from outside the folder with the built pages. */
export function webviewOptions(extensionUri: Uri): WebviewOptions {
  return {enableScripts: true, localResourceRoots: [pages(extensionUri)]};
}

/** Puts the page named `name` (its script and style in `dist/webview`) into the panel. */
export function loadPage({webview, title}: WebviewPanel, extensionUri: Uri, name: string): void {
  const file = (suffix: string): string =>
    webview.asWebviewUri(Uri.joinPath(pages(extensionUri), `${name}.${suffix}`)).toString();
  webview.html = panelHtml({
    title,
    script: file('js'),
    style: file('css'),
    cspSource: webview.cspSource,
    nonce: randomBytes(18).toString('base64url'),
    language: env.language,
  });
}

/** @returns the host's end of the wire to the page. */
export function webviewPort(webview: Webview): Port {
  return {
    post: message => void webview.postMessage(message),
    onMessage: listener => {
      const subscription = webview.onDidReceiveMessage(listener);
      return () => subscription.dispose();
    },
  };
}

/** @returns a listener that writes a channel's problems to the log. */
export function logProblems(log: Log, panel: string): (problem: ChannelProblem) => void {
  return problem => {
    const name = 'name' in problem ? ` “${problem.name}”` : '';
    const error = 'error' in problem && problem.error instanceof Error ? `: ${problem.error.message}` : '';
    log.info(`${panel}: ${problem.kind}${name}${error}`);
  };
}

function pages(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, 'dist', 'webview');
}
