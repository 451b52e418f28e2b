import {expect, it} from 'vitest';
import type {FileRange} from '../../../src/core/migrations/plan.ts';
import type {Place} from '../../../src/core/sql/positions.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {runScript} from '../../../src/postgres/rehearse/run-script.ts';
import {scriptOf} from '../../rig/migration-scripts.ts';
import {errorCases, errorSetup} from './error-cases.ts';
import {useSixServers} from './six-servers.ts';

const parser = createParser();
const sessions = useSixServers(errorSetup);

it.each(errorCases)('underlines %s', async marked => {
  const sql = marked.replaceAll(/[«»]/g, '');
  const found: Record<string, string> = {};
  const expected: Record<string, string> = {};
  for (const [name, session] of sessions) {
    const {failure} = await runScript(session, parser, scriptOf(sql));
    found[name] = failure?.at ? markedAt(sql, failure.at) : (failure?.failure.message ?? 'runs');
    expected[name] = marked;
  }
  expect(found).toEqual(expected);
});

function markedAt(sql: string, {start, end}: Pick<FileRange, 'start' | 'end'>): string {
  const lines = sql.split('\n');
  const offset = ({line, column}: Place): number =>
    lines.slice(0, line).reduce((total, each) => total + each.length + 1, 0) + column;
  return `${sql.slice(0, offset(start))}«${sql.slice(offset(start), offset(end))}»${sql.slice(offset(end))}`;
}
