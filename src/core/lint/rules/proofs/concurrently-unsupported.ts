import type {RuleProof} from '../../rule.ts';

const history = `CREATE TABLE orders (id int PRIMARY KEY, total int);
CREATE TABLE events (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_old PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE INDEX events_id_idx ON events (id);
CREATE TABLE days (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE days_old PARTITION OF days FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE days_rest PARTITION OF days DEFAULT;
CREATE TABLE rooms (span int4range, CONSTRAINT apart EXCLUDE USING gist (span WITH &&))`;

const transaction = 'none';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'an index of a partitioned table',
      history,
      transaction,
      sql: 'CREATE INDEX «CONCURRENTLY» i ON events (at);',
      fixed: `CREATE INDEX i ON ONLY events (at);
CREATE INDEX CONCURRENTLY events_old_at_idx ON events_old (at);
ALTER INDEX i ATTACH PARTITION events_old_at_idx;`,
    },
    {
      name: 'to drop it',
      history,
      transaction,
      sql: 'DROP INDEX «CONCURRENTLY» events_id_idx;',
      fixed: 'DROP INDEX events_id_idx;',
    },
    {
      name: 'to drop two',
      transaction,
      sql: 'DROP INDEX «CONCURRENTLY» IF EXISTS a, shop.b;',
      fixed: `DROP INDEX CONCURRENTLY IF EXISTS a;
DROP INDEX CONCURRENTLY IF EXISTS shop.b;`,
    },
    {
      name: 'to drop with CASCADE',
      transaction,
      sql: 'DROP INDEX CONCURRENTLY a «CASCADE»;',
      fixed: 'DROP INDEX CONCURRENTLY a;',
    },
    {name: 'an exclusion constraint', history, transaction, sql: 'REINDEX INDEX «CONCURRENTLY» apart;'},
    {name: 'system catalogs', transaction, sql: 'REINDEX SYSTEM «CONCURRENTLY» shop;'},
    {
      name: 'a default partition',
      history,
      transaction,
      sql: 'ALTER TABLE days DETACH PARTITION days_old «CONCURRENTLY»;',
    },
  ],
  silent: [
    {name: 'a table', history, transaction, sql: 'CREATE INDEX CONCURRENTLY i ON orders (total);'},
    {name: 'a partition', history, transaction, sql: 'CREATE INDEX CONCURRENTLY i ON events_old (at);'},
    {
      name: 'no default partition',
      history,
      transaction,
      sql: 'ALTER TABLE events DETACH PARTITION events_old CONCURRENTLY;',
    },
    {
      name: 'a table with an exclusion constraint, which is passed over',
      history,
      transaction,
      sql: 'REINDEX TABLE CONCURRENTLY rooms;',
    },
    {name: 'what no migration makes', transaction, sql: 'DROP INDEX CONCURRENTLY i;'},
  ],
  claims: [
    {sql: 'CREATE INDEX CONCURRENTLY i ON events (id)', does: {fails: '0A000'}, alone: true},
    {sql: 'DROP INDEX CONCURRENTLY days_id_idx', does: {fails: '0A000'}, alone: true},
    {sql: 'DROP INDEX CONCURRENTLY orders_at_idx, lone_a_idx', does: {fails: '0A000'}, alone: true},
    {sql: 'DROP INDEX CONCURRENTLY lone_a_idx CASCADE', does: {fails: '0A000'}, alone: true},
    {sql: 'REINDEX TABLE CONCURRENTLY pg_catalog.pg_class', does: {fails: '0A000'}, alone: true},
    {
      setup: 'ALTER TABLE orders ADD CONSTRAINT x EXCLUDE USING btree (id WITH =)',
      sql: 'REINDEX INDEX CONCURRENTLY x',
      does: {fails: '0A000'},
      alone: true,
    },
    {
      sql: 'ALTER TABLE events DETACH PARTITION events_old CONCURRENTLY',
      does: {fails: '55000'},
      alone: true,
    },
  ],
});
