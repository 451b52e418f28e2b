import {field, list, text, written} from '../../sql/objects.ts';
import type {RuleProof, StatementRule} from '../rule.ts';
import {relationNamed} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'hash-index',
  severity: 'hint',
  title: 'A hash index answers nothing but equality',
  about: `A hash index is found by \`=\` and by nothing else: no range, no ORDER BY, no prefix of a text, no index-only scan, no
second column, and it cannot be unique. A B-tree does all of this, and is about as fast for \`=\`. What speaks for a hash
index are long values, such as URLs, of which it keeps four bytes each.

Since PostgreSQL 10 it is written to the WAL, so that it survives a crash and is there on a standby.`,
  kinds: ['IndexStmt'],
  direction: 'up',
  check: ({statement}) => {
    const name = relationNamed(statement);
    const using = statement.find('USING hash');
    const keys = list(statement.node['indexParams']).map(each => text(field(each, 'IndexElem')['name']));
    if (statement.node['accessMethod'] !== 'hash' || !name || !using) return [];
    return [
      {
        at: using,
        what: `The index on ${written(name)}${keys[0] === undefined ? '' : ` (${keys[0]})`} answers nothing but equality`,
        why: 'A hash index is of use for = alone: not for ranges, ORDER BY, prefixes or index-only scans, and it cannot be unique.',
        fix: 'Use a B-tree, unless the values are long and only ever compared with =.',
        remedies: [{kind: 'edit', title: 'Use a B-tree', edits: [{...using, text: 'USING btree'}]}],
      },
    ];
  },
};

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a hash index',
      sql: 'CREATE TABLE t (a int);\nCREATE INDEX i ON t «USING hash» (a);',
      fixed: 'CREATE TABLE t (a int);\nCREATE INDEX i ON t USING btree (a);',
    },
  ],
  silent: [
    {name: 'a B-tree', sql: 'CREATE TABLE t (a int);\nCREATE INDEX i ON t USING btree (a);'},
    {name: 'a column of that name', sql: 'CREATE TABLE t (hash int);\nCREATE INDEX i ON t (hash);'},
    {
      name: 'partitions by hash',
      sql: 'CREATE TABLE t (a int) PARTITION BY HASH (a);',
    },
  ],
  claims: [
    {sql: 'CREATE INDEX i ON orders USING hash (note)', does: 'S orders; scans orders'},
    {sql: 'CREATE UNIQUE INDEX i ON orders USING hash (note)', does: {fails: '0A000'}},
    {sql: 'CREATE INDEX i ON orders USING hash (note, code)', does: {fails: '0A000'}},
  ],
});
