import type {FailureView} from '../../src/protocol/run-panel.ts';
import {element, type Child} from './element.ts';
import {icon} from './icon.ts';

export interface FailureBoxOptions {
  readonly failure: FailureView;
  /** The lines that it is about. */
  readonly source?: Child;
  /** What leads to the file. */
  readonly link?: HTMLElement | undefined;
}

/** Why something did not work, the lines that it is about, and everything that the server said of it. */
export function failureBox({failure, source, link}: FailureBoxOptions): HTMLElement {
  const {message, advice, server} = failure;
  const code = server && element('code', {class: 'sqlstate'}, `SQLSTATE ${server.sqlState}`);
  const said = server && server.message !== message ? `${server.severity}: ${server.message}` : undefined;
  return element(
    'div',
    {class: 'callout callout-bad'},
    icon('cross-circle'),
    element(
      'div',
      {class: 'failure'},
      element('p', {class: 'message'}, message),
      (link ?? code) && element('p', {class: 'where'}, link, code),
      source,
      fields([
        ['Server', said],
        ['Detail', server?.detail],
        ['Hint', server?.hint],
        ['Context', server?.where],
        ['What to do', advice],
      ]),
    ),
  );
}

function fields(entries: readonly (readonly [name: string, text: string | undefined])[]): Child {
  const rows = entries.flatMap(([name, text]) =>
    text === undefined || text === '' ? [] : [element('dt', {}, name), element('dd', {}, text)],
  );
  return rows.length > 0 && element('dl', {class: 'fields'}, ...rows);
}
