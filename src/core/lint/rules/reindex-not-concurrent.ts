import {field, list, text, written, type QualifiedName} from '../../sql/objects.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import type {LintStatement} from '../statement.ts';
import {step} from './support/alter-steps.ts';
import {fullName, relationNamed, short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'reindex-not-concurrent',
  severity: 'warning',
  title: 'An index is rebuilt without CONCURRENTLY',
  about: `\`REINDEX\` takes a SHARE lock on the table, for which writes wait, and ACCESS EXCLUSIVE on each index that it
rebuilds. To plan a query PostgreSQL looks at all indexes of a table, whether it uses them or not, so that nearly every
read waits as well.

\`REINDEX … CONCURRENTLY\` builds the index a second time beside the old one and takes SHARE UPDATE EXCLUSIVE. It cannot
run in a transaction, and it passes over indexes of exclusion constraints.`,
  kinds: ['ReindexStmt'],
  check: situation => {
    const {statement} = situation;
    const kind = kinds[text(statement.node['kind']) ?? ''];
    if (kind === undefined || isConcurrent(statement)) return [];
    if (kind === 'INDEX' || kind === 'TABLE') return ofRelation(situation, kind);
    return [draft(situation, `every table of the ${kind.toLowerCase()}`, [])];
  },
};

/** System catalogs cannot be rebuilt concurrently. */
const kinds: Readonly<Record<string, 'INDEX' | 'TABLE' | 'SCHEMA' | 'DATABASE'>> = {
  REINDEX_OBJECT_INDEX: 'INDEX',
  REINDEX_OBJECT_TABLE: 'TABLE',
  REINDEX_OBJECT_SCHEMA: 'SCHEMA',
  REINDEX_OBJECT_DATABASE: 'DATABASE',
};

export function isConcurrent({node}: Pick<LintStatement, 'node'>): boolean {
  const option = list(node['params'])
    .map(each => field(each, 'DefElem'))
    .findLast(each => each['defname'] === 'concurrently');
  const value = option && Object.values(field(option, 'arg')).map(each => JSON.stringify(each));
  return option !== undefined && !/"(?:false|off|0)"|"ival":0|\{\}/.test(value?.join('') ?? '');
}

function ofRelation(situation: Situation, kind: 'INDEX' | 'TABLE'): readonly Draft[] {
  const {statement, before} = situation;
  const name = relationNamed(statement);
  if (!name) return [];
  const found = kind === 'INDEX' ? before.index(name) : undefined;
  if (found && isExclusion(found)) return [];
  const table = kind === 'TABLE' ? name : found && fullName(found.relation);
  if (table && situation.isHarmless(table)) return [];
  return [draft(situation, table ? short(table) : `the table of ${written(name)}`, table ? [table] : [])];
}

function isExclusion({index, relation}: NonNullable<ReturnType<Situation['before']['index']>>): boolean {
  return relation.constraints.get(index.constraint ?? '')?.kind === 'exclusion';
}

function draft(situation: Situation, what: string, on: readonly QualifiedName[]): Draft {
  const {statement, inTransaction} = situation;
  const word = kindWord(statement);
  const title = 'Rebuild with CONCURRENTLY';
  const sql = `${statement.sql.slice(0, word.end)} CONCURRENTLY${statement.sql.slice(word.end)}`;
  const isSaid = list(statement.node['params']).some(
    each => field(each, 'DefElem')['defname'] === 'concurrently',
  );
  return {
    at: word,
    what: `Blocks writes to ${what}, and nearly all reads, during the rebuild`,
    why: 'REINDEX takes a SHARE lock on the table, for which writes wait, and an ACCESS EXCLUSIVE lock on each index, for which every query waits that plans to read the table.',
    fix: 'Rebuild with CONCURRENTLY, outside of a transaction.',
    ...(on.length > 0 ? {lock: {mode: 'SHARE', on}, work: {kind: 'scan', of: on}} : {}),
    waitsForOlder: true,
    remedies: isSaid
      ? []
      : [
          inTransaction
            ? {kind: 'steps', title, preferred: true, steps: [step(sql, 'reindex', {how: 'alone'})]}
            : {
                kind: 'edit',
                title,
                preferred: true,
                edits: [{start: word.end, end: word.end, text: ' CONCURRENTLY'}],
              },
        ],
  };
}

/** Behind the options in parentheses, if there are any. */
function kindWord(statement: LintStatement): Draft['at'] {
  const kind = kinds[text(statement.node['kind']) ?? ''] ?? 'REINDEX';
  const options = list(statement.node['params']).length > 0 ? statement.find(')') : undefined;
  return (
    statement.find(kind, {start: options?.end ?? 0, end: statement.whole.end}) ??
    statement.find('REINDEX') ??
    statement.whole
  );
}

const history = `CREATE TABLE orders (id int PRIMARY KEY, at timestamptz);
CREATE INDEX orders_at_idx ON orders (at);
CREATE TABLE rooms (id int, span int4range, EXCLUDE USING gist (span WITH &&))`;

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'an index',
      history,
      sql: 'REINDEX «INDEX» orders_at_idx;',
      fixed: 'REINDEX INDEX CONCURRENTLY orders_at_idx;',
    },
    {
      name: 'a table',
      sql: 'reindex (verbose) «table» public.orders;',
      transaction: 'none',
      fixed: 'reindex (verbose) table concurrently public.orders;',
    },
    {name: 'a schema', sql: 'REINDEX «SCHEMA» public;', transaction: 'none'},
    {name: 'with the option off', sql: 'REINDEX (CONCURRENTLY off) «TABLE» orders;', transaction: 'none'},
  ],
  silent: [
    {name: 'with CONCURRENTLY', sql: 'REINDEX TABLE CONCURRENTLY orders;', transaction: 'none'},
    {name: 'with the option', sql: 'REINDEX (CONCURRENTLY) INDEX orders_at_idx;', transaction: 'none'},
    {name: 'a small table', history, rows: {orders: 10}, sql: 'REINDEX TABLE orders;'},
    {
      name: 'the index of an exclusion constraint, which cannot be rebuilt concurrently',
      history,
      sql: 'REINDEX INDEX rooms_span_excl;',
    },
    {name: 'system catalogs, which cannot either', sql: 'REINDEX SYSTEM shop;', transaction: 'none'},
  ],
  claims: [
    {
      sql: 'REINDEX INDEX orders_at_idx',
      does: 'AE orders_at_idx, S orders; rewrites orders_at_idx; scans orders',
    },
    {sql: 'REINDEX INDEX CONCURRENTLY lone_a_idx', does: 'SUE lone; scans lone', alone: true},
    {sql: 'REINDEX TABLE CONCURRENTLY lone', does: 'SUE lone; scans lone', alone: true},
    {
      setup: 'ALTER TABLE orders ADD CONSTRAINT x EXCLUDE USING btree (id WITH =)',
      sql: 'REINDEX INDEX CONCURRENTLY x',
      does: {fails: '0A000'},
      alone: true,
    },
  ],
});
