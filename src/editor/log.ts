import {window, type Disposable} from 'vscode';
import {redact} from '../core/connections/url.ts';
import type {Failure} from '../core/outcome.ts';

/** The one output channel. Whatever is written loses its passwords on the way. */
export interface Log extends Disposable {
  info(text: string): void;
  failure(doing: string, failure: Failure): void;
  show(): void;
}

/** Makes the log; the channel itself appears in the Output view with the first line. */
export function createLog(): Log {
  const channel = window.createOutputChannel('Howdah', {log: true});
  return {
    info: text => channel.info(redact(text)),
    failure: (doing, failure) => {
      const server = failure.server ? ` (SQLSTATE ${failure.server.sqlState})` : '';
      channel.warn(redact(`${doing}: ${failure.message}${server}`));
    },
    show: () => channel.show(),
    dispose: () => channel.dispose(),
  };
}
