import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {Finding} from '../../../src/core/lint/finding.ts';
import {rules} from '../../../src/core/lint/rules.ts';
import {lintWith} from '../../../scripts/rules/run-example.ts';
import {statementSetup} from '../../postgres/lint/statements/setup.ts';
import {lockSetup} from '../../postgres/rehearse/lock-cases.ts';

/** A line of the list of locks, which is what PostgreSQL 18 was seen to do. */
interface Line {
  readonly sql: string;
  readonly waits: string;
  readonly locks: string;
  readonly work: string;
  readonly isAlone: boolean;
}

const page = readFileSync(join(import.meta.dirname, '../../../docs/locks.md'), 'utf8');
const lines = page.split('\n').flatMap(lineOf);
const history = `${lockSetup};${statementSetup}`;

function lineOf(line: string): readonly Line[] {
  const found = /^\| (`+) ?(.*?) ?\1.* \| (.*?) \| (.*?) \| (.*?) \|$/.exec(line);
  if (!found) return [];
  const [, , sql = '', waits = '', locks = '', work = ''] = found;
  return [
    {
      sql: sql.replaceAll(String.raw`\|`, '|'),
      waits,
      locks,
      work,
      isAlone: line.includes('not in a transaction'),
    },
  ];
}

function lint({sql, isAlone}: Line): Promise<readonly Finding[]> {
  const transaction = isAlone ? 'none' : 'file';
  return lintWith(rules, {history, major: 18, transaction}, sql);
}

/** Long work while somebody waits, of which a warning would be too much; each with the reason. */
const gentle = new Map([
  ['CREATE INDEX i ON totals (total)', 'only REFRESH waits'],
  ['REFRESH MATERIALIZED VIEW CONCURRENTLY totals', 'only another REFRESH waits'],
  ['DO $$ BEGIN ALTER TABLE orders ALTER note SET NOT NULL; END $$', 'the code is not read, which is said'],
  ['ALTER TYPE pair ALTER ATTRIBUTE x TYPE bigint CASCADE', 'typed tables are not known'],
]);

describe('what PostgreSQL was seen to do', () => {
  it('is read from the list of locks', () => expect(lines.length).toBeGreaterThan(300));

  const slow = lines.filter(({waits, work}) => waits !== '' && work !== '');
  it.each(slow)('warns of work while others wait: $sql', async line => {
    const severities = (await lint(line)).map(({severity}) => severity);
    const isWarned = severities.some(severity => severity === 'warning' || severity === 'error');
    expect(isWarned).toBe(!gentle.has(line.sql));
  });

  const idle = lines.filter(({waits, locks}) => waits === '' && !locks.startsWith('fails'));
  it.each(idle)('claims no strong lock: $sql', async line => {
    const strong = /^(?:SHARE|SHARE ROW EXCLUSIVE|EXCLUSIVE|ACCESS EXCLUSIVE)$/;
    const claimed = (await lint(line)).filter(({lock}) => lock && strong.test(lock.mode));
    const told = claimed.map(({rule, what}) => `${rule}: ${what}`);
    // What the history does not know may be there all the same.
    expect(/IF EXISTS (?:nowhere|nothing)/.test(line.sql) ? [] : told).toEqual([]);
  });
});
