import type {SourceView} from '../../src/protocol/rehearsal-view.ts';
import type {FailureView} from '../../src/protocol/run-panel.ts';
import {element, type Child} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {sourceBox} from './source-box.ts';
import {labels} from './words.ts';

export interface FailureBoxOptions {
  readonly failure: FailureView;
  readonly source?: SourceView | undefined;
  /** What leads to the file. */
  readonly link?: HTMLElement | undefined;
}

/** Why something did not work, the line that it is about, and everything that the server said of it. */
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
      source && sourceBox(source),
      fields([
        [labels.server, said],
        [labels.detail, server?.detail],
        [labels.hint, server?.hint],
        [labels.context, server?.where],
        [labels.advice, advice],
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
