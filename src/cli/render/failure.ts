import type {Failure, ServerError} from '../../core/outcome.ts';
import type {Paint} from '../paint.ts';
import {redact} from '../../core/connections/url.ts';
import {harmless} from './harmless.ts';

/**
 * @param at where in a file it happened, as lines
 * @returns what happened, where, what the server said, and what to do, as lines for standard error
 */
export function renderFailure(failure: Failure, paint: Paint, at: readonly string[] = []): string {
  const {message, server, advice} = failure;
  // The message is often the server's own.
  const told = server !== undefined && message.includes(server.message);
  const lines = [
    `${paint('red', 'error:')} ${clean(message)}${told ? ` (SQLSTATE ${server.sqlState})` : ''}`,
    ...at,
    ...(server ? serverLines(server, told).map(clean) : []),
    ...(advice === undefined ? [] : [`  ${paint('cyan', 'next:')} ${clean(advice)}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function serverLines(
  {severity, sqlState, message, detail, hint, where}: ServerError,
  told: boolean,
): readonly string[] {
  const fields: readonly (readonly [string, string | undefined])[] = [
    [`${severity} ${sqlState}`, told ? undefined : message],
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
