import type {ExplainMode} from '../../core/explain/origin.ts';

type Option = readonly [option: string, since: number, modes: readonly ExplainMode[]];

const every: readonly ExplainMode[] = ['explain', 'generic', 'analyze'];

/**
 * With the version that has it. BUFFERS tells the blocks that planning read where nothing is executed; ANALYZE switches
 * it on by itself from 18 on. SUMMARY gives the planning time where ANALYZE does not. SERIALIZE converts the rows to
 * what would be sent: TEXT, because most drivers ask for text; without it the time to read long values and to write
 * them out is missing.
 * Source: https://www.postgresql.org/docs/current/sql-explain.html and those of 14–18
 */
const options: readonly Option[] = [
  ['ANALYZE', 14, ['analyze']],
  ['GENERIC_PLAN', 16, ['generic']],
  ['VERBOSE', 14, every],
  ['BUFFERS', 14, every],
  ['SETTINGS', 14, every],
  ['WAL', 14, ['analyze']],
  ['SUMMARY', 14, every],
  ['MEMORY', 17, every],
  ['SERIALIZE TEXT', 17, ['analyze']],
  ['FORMAT JSON', 14, every],
];

/**
 * @param versionNumber `server_version_num`
 * @returns `EXPLAIN (…) `, to be followed by the statement; in ASCII, so that its length is the same in all units
 */
export function explainPrefix(mode: ExplainMode, versionNumber: number): string {
  const chosen = options.filter(
    ([, since, modes]) => versionNumber >= since * 10_000 && modes.includes(mode),
  );
  return `EXPLAIN (${chosen.map(([option]) => option).join(', ')}) `;
}
