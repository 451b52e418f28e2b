import type {RuleProof, StatementRule} from '../rule.ts';
import {altered} from './support/altered.ts';
import {short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'set-access-method',
  severity: 'warning',
  title: 'A table gets another access method',
  about: `\`SET ACCESS METHOD\` (PostgreSQL 15) writes the table and its indexes anew in the other format, under an
\`ACCESS EXCLUSIVE\` lock: nobody reads or writes it meanwhile. Of a partitioned table (PostgreSQL 17) it is a setting
for new partitions only. The access method that the table has already changes nothing.`,
  kinds: ['AlterTableStmt'],
  check: situation => {
    const found = altered(situation, ['AT_SetAccessMethod']);
    if (!found || found.relation?.kind === 'partitioned table') return [];
    return found.actions.map(({start, end}) => ({
      at: {start, end},
      what: `Rewrites ${short(found.table)} and blocks its readers and writers meanwhile`,
      why: 'Another access method stores rows in another format: the table and its indexes are written anew under an ACCESS EXCLUSIVE lock.',
      fix: 'Make a new table with that access method, copy the rows in batches, and let it take the place.',
      lock: {mode: 'ACCESS EXCLUSIVE' as const, on: [found.table]},
      work: {kind: 'rewrite' as const, of: [found.table]},
    }));
  },
};

const orders = 'CREATE TABLE orders (id int PRIMARY KEY)';

export const proof = (): RuleProof => ({
  fires: [
    {name: 'a table', history: orders, sql: 'ALTER TABLE orders «SET ACCESS METHOD columnar», ADD n int;'},
    {name: 'the default one', sql: 'ALTER TABLE shop.orders «SET ACCESS METHOD DEFAULT»;'},
  ],
  silent: [
    {
      name: 'a partitioned table',
      history: 'CREATE TABLE events (at date) PARTITION BY RANGE (at)',
      sql: 'ALTER TABLE events SET ACCESS METHOD columnar;',
    },
    {name: 'a new table', sql: 'CREATE TABLE t (id int); ALTER TABLE t SET ACCESS METHOD columnar;'},
    {name: 'when it is made', sql: 'CREATE TABLE t (id int) USING columnar;'},
  ],
  claims: [
    {
      setup:
        'DROP ACCESS METHOD IF EXISTS heap2; CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler',
      sql: 'ALTER TABLE lone SET ACCESS METHOD heap2',
      does: 'AE lone, AE lone_a_idx, AE lone_pkey; rewrites lone; scans lone',
      from: 15,
    },
    {
      setup:
        'DROP ACCESS METHOD IF EXISTS heap2; CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler',
      sql: 'ALTER TABLE days SET ACCESS METHOD heap2',
      does: 'AE days',
      from: 17,
    },
    {sql: 'ALTER TABLE lone SET ACCESS METHOD heap', does: 'AE lone', from: 15},
  ],
});
