import type {Failure} from '../../core/outcome.ts';

/**
 * What the tool writes into `logs` of a migration that failed, without the places in its own program and the driver's
 * dump of the same fields.
 */
export function logsOf(name: string, {message, server}: Failure): string {
  const parts = [
    'A migration failed to apply. New migrations cannot be applied before the error is recovered from. Read more about how to resolve migration issues in a production database: https://pris.ly/d/migrate-resolve',
    `Migration name: ${name}`,
    `Database error code: ${server?.sqlState ?? 'none'}`,
    `Database error:\n${server === undefined ? message : `${server.severity}: ${server.message}`}`,
    ...(server?.detail === undefined ? [] : [`DETAIL: ${server.detail}`]),
    ...(server?.hint === undefined ? [] : [`HINT: ${server.hint}`]),
  ];
  return `${parts.slice(0, 4).join('\n\n')}${parts
    .slice(4)
    .map(part => `\n${part}`)
    .join('')}\n`;
}
