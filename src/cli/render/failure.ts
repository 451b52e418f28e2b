import type {Failure, ServerError} from '../../core/outcome.ts';
import type {Paint} from '../paint.ts';
import {redact} from '../../core/connections/url.ts';
import {harmless} from './harmless.ts';

/** @returns what happened, what the server said, and what to do, as lines for standard error */
export function renderFailure(failure: Failure, paint: Paint): string {
  const lines = [
    `${paint('red', 'error:')} ${clean(failure.message)}`,
    ...(failure.server ? serverLines(failure.server).map(clean) : []),
    ...(failure.advice === undefined ? [] : [`  ${paint('cyan', 'next:')} ${clean(failure.advice)}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function serverLines({severity, sqlState, message, detail, hint, where}: ServerError): readonly string[] {
  const fields: readonly (readonly [string, string | undefined])[] = [
    [`${severity} ${sqlState}`, message],
    ['detail', detail],
    ['hint', hint],
    ['where', where],
  ];
  return fields.flatMap(([name, text]) =>
    text === undefined ? [] : [`  ${name}: ${text.replaceAll('\n', '\n    ')}`],
  );
}

/** These texts come from a server or name files: they may hold anything. */
function clean(text: string): string {
  return harmless(redact(text));
}
