import {written, type QualifiedName} from '../../sql/objects.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {addedConstraints, type AddedConstraint} from './support/added-constraints.ts';
import {buildsIndex, throughIndex} from './support/built-constraint.ts';
import {tableAltered} from './support/table-altered.ts';

export const rule: StatementRule = {
  id: 'unique-builds-index',
  severity: 'warning',
  title: 'A unique constraint builds its index under its lock',
  about: `\`ADD UNIQUE\` takes an ACCESS EXCLUSIVE lock on the table and builds the index under it: nobody reads or writes the
table meanwhile. That is stronger than what CREATE UNIQUE INDEX takes. A UNIQUE behind a new column does the same.

Build the index before, with \`CREATE UNIQUE INDEX CONCURRENTLY\`, and add the constraint with \`UNIQUE USING INDEX\`, which
is a change of the catalog alone.

The index of a partitioned table cannot be made a constraint in this way. There, \`ALTER TABLE ONLY … ADD UNIQUE\` makes
the constraint for the parent alone; each partition gets its index concurrently and its constraint with USING INDEX, and
\`ALTER INDEX … ATTACH PARTITION\` brings them together.`,
  kinds: ['AlterTableStmt'],
  check: situation => {
    const {statement, before} = situation;
    const name = tableAltered(situation);
    if (!name || isOnlyParent(situation, name)) return [];
    const isPartitioned = before.relation(name)?.kind === 'partitioned table';
    return addedConstraints(statement, 'CONSTR_UNIQUE')
      .filter(buildsIndex)
      .map(added => draft(situation, name, added, isPartitioned));
  },
};

/** A partitioned table alone has no rows. */
function isOnlyParent({statement, before}: Situation, name: QualifiedName): boolean {
  const only = statement.find('ONLY', {start: 0, end: statement.actions[0]?.start ?? 0});
  return only !== undefined && before.relation(name)?.kind === 'partitioned table';
}

function draft(
  situation: Situation,
  name: QualifiedName,
  added: AddedConstraint,
  isPartitioned: boolean,
): Draft {
  const remedy = throughIndex(situation, name, added);
  const table = written(name);
  return {
    at: added.at,
    what: `Blocks reads and writes of ${table} while its index is built`,
    why: 'Adding a unique constraint takes an ACCESS EXCLUSIVE lock on the table, for which everybody waits, and builds the index under it.',
    fix: isPartitioned
      ? `Add it to ONLY ${table}, build each partition's index with CONCURRENTLY, make it a constraint with USING INDEX, and attach it with ALTER INDEX … ATTACH PARTITION.`
      : 'Build a unique index with CONCURRENTLY first, and add the constraint with UNIQUE USING INDEX.',
    lock: {mode: 'ACCESS EXCLUSIVE', on: [name]},
    work: {kind: 'scan', of: [name]},
    ...(remedy ? {waitsForOlder: true} : {}),
    remedies: remedy ? [remedy] : [],
  };
}

const history = `CREATE TABLE orders (id int PRIMARY KEY, code text, at date);
CREATE TABLE events (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_old PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')`;

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a constraint of a table that is there',
      history,
      sql: 'ALTER TABLE orders «ADD CONSTRAINT orders_code_key UNIQUE (code)»;',
    },
    {
      name: 'without a name, with everything that belongs to it',
      history,
      major: 15,
      sql: 'ALTER TABLE orders «ADD UNIQUE NULLS NOT DISTINCT (code, at) INCLUDE (id) DEFERRABLE INITIALLY DEFERRED», ADD n int;',
    },
    {
      name: 'with a new column',
      history,
      sql: 'ALTER TABLE orders ADD COLUMN key uuid «UNIQUE» NOT NULL DEFAULT NULL;',
    },
    {name: 'of a partitioned table', history, sql: 'ALTER TABLE events «ADD UNIQUE (id, at)»;'},
    {name: 'of a table that no migration makes', sql: 'alter table "Users" «add unique ("Email")»;'},
  ],
  silent: [
    {
      name: 'of an index that is there',
      history: `${history}; CREATE UNIQUE INDEX u ON orders (code)`,
      sql: 'ALTER TABLE orders ADD CONSTRAINT u UNIQUE USING INDEX u;',
    },
    {
      name: 'of a partitioned table alone',
      history,
      sql: 'ALTER TABLE ONLY events ADD UNIQUE (id, at);',
    },
    {name: 'of a table of the same file', sql: 'CREATE TABLE t (a int);\nALTER TABLE t ADD UNIQUE (a);'},
    {
      name: 'of a table that is small on the target',
      history,
      rows: {orders: 10},
      sql: 'ALTER TABLE orders ADD UNIQUE (code);',
    },
  ],
  claims: [
    {sql: 'ALTER TABLE orders ADD CONSTRAINT u UNIQUE (note, id)', does: 'AE orders; scans orders'},
    {sql: 'ALTER TABLE orders ADD COLUMN n int UNIQUE', does: 'AE orders; scans orders'},
    {
      sql: 'ALTER TABLE orders ADD CONSTRAINT u UNIQUE USING INDEX orders_code_idx',
      does: 'AE orders, SUE orders_code_idx',
    },
    {sql: 'ALTER TABLE ONLY events ADD CONSTRAINT u UNIQUE (id, at)', does: 'AE events'},
    {
      sql: 'ALTER TABLE events ADD CONSTRAINT u UNIQUE (id, at)',
      does: 'AE events, S events_old, S events_rest; scans events_old, events_rest',
      to: 17,
    },
    {
      sql: 'ALTER TABLE events ADD CONSTRAINT u UNIQUE (id, at)',
      does: 'AE events, AE events_old, AE events_rest; scans events_old, events_rest',
      from: 18,
    },
    {
      setup: `ALTER TABLE ONLY events ADD CONSTRAINT u UNIQUE (id, at);
CREATE UNIQUE INDEX u_old ON events_old (id, at);
ALTER TABLE events_old ADD CONSTRAINT u_old UNIQUE USING INDEX u_old`,
      sql: 'ALTER INDEX u ATTACH PARTITION u_old',
      does: 'AE u_old, AS events, AS events_old, SUE u',
    },
  ],
});
