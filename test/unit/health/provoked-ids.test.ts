import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {checks} from '../../../src/core/health/checks.ts';

/** Tests that let real servers do what checks tell of. */
const folder = join(import.meta.dirname, '../../postgres/health');

/** Statements of a test, without those that expect silence. Imports are told by the names that they give. */
function spoken(source: string): string {
  const names = new Map(
    [...source.matchAll(/\{check(?: as (\w+))?\} from '.*\/checks\/([\w-]+)\.ts'/g)].map(
      ([, name = 'check', id = '']) => [name, id] as const,
    ),
  );
  return source
    .split(';')
    .filter(statement => !statement.includes('toEqual([])') && !/^\s*import /.test(statement))
    .join(';')
    .replaceAll(/(?<=\()\w+(?=[,)])|\w+(?=\.look\()/g, name => names.get(name) ?? name);
}

const sources = readdirSync(folder, {recursive: true, encoding: 'utf8'})
  .filter(name => name.endsWith('.ts'))
  .map(name => spoken(readFileSync(join(folder, name), 'utf8')))
  .join('\n');

it.each(checks.map(({id}) => id))('%s is provoked on a real server', id => {
  expect(new RegExp(String.raw`(?<![\w-])${id}(?![\w-])`).test(sources)).toBe(true);
});
