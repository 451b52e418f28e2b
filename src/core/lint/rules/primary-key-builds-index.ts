import {text, written, type QualifiedName} from '../../sql/objects.ts';
import {enumerated} from '../../words.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {addedConstraints, type AddedConstraint} from './support/added-constraints.ts';
import {buildsIndex, throughIndex} from './support/built-constraint.ts';
import {isNotNull} from './support/not-null.ts';
import {tableAltered} from './support/table-altered.ts';

export const rule: StatementRule = {
  id: 'primary-key-builds-index',
  severity: 'warning',
  title: 'A primary key builds its index under its lock',
  about: `\`ADD PRIMARY KEY\` takes an ACCESS EXCLUSIVE lock on the table, sees to it that no row has a NULL, and builds a
unique index: nobody reads or writes the table meanwhile.

Build the index before, with \`CREATE UNIQUE INDEX CONCURRENTLY\`, and add the key with \`USING INDEX\`, which is a change
of the catalog alone; as long as the columns are NOT NULL already, or a valid CHECK says so. Otherwise the table is read
under the lock as well. The index of a partitioned table cannot be made a constraint in this way.`,
  kinds: ['AlterTableStmt'],
  check: situation => {
    const name = tableAltered(situation);
    if (!name) return [];
    return addedConstraints(situation.statement, 'CONSTR_PRIMARY').flatMap(added =>
      buildsIndex(added) ? [building(situation, name, added)] : scanning(situation, name, added),
    );
  },
};

function building(situation: Situation, name: QualifiedName, added: AddedConstraint): Draft {
  const remedy = throughIndex(situation, name, added);
  return {
    at: added.at,
    what: `Blocks reads and writes of ${written(name)} while the index of its primary key is built`,
    why: 'ADD PRIMARY KEY takes an ACCESS EXCLUSIVE lock on the table, for which everybody waits, and builds the index under it.',
    fix: remedy
      ? 'Build a unique index with CONCURRENTLY first, and add the key with USING INDEX.'
      : 'There is no way to build it concurrently here: choose a quiet time, and set lock_timeout.',
    lock: {mode: 'ACCESS EXCLUSIVE', on: [name]},
    work: {kind: 'scan', of: [name]},
    ...(remedy ? {waitsForOlder: true} : {}),
    remedies: remedy ? [remedy] : [],
  };
}

/** The index is there, but not the certainty that it holds no NULL. */
function scanning({before}: Situation, name: QualifiedName, {node, at}: AddedConstraint): readonly Draft[] {
  const {schema} = name;
  const index = text(node['indexname']) ?? '';
  const keys = before.index(schema === undefined ? {name: index} : {schema, name: index})?.index.keys ?? [];
  const open = keys.filter(key => !isNotNull(before.relation(name), key));
  if (open.length === 0) return [];
  const isKnown = open.some(key => before.relation(name)?.columns.has(key));
  const are = open.length > 1 ? 'are' : 'is';
  const unless = isKnown ? '' : `, unless ${enumerated(open)} ${are} NOT NULL`;
  return [
    {
      at,
      ...(isKnown ? {} : {severity: 'information'}),
      what: `Blocks reads and writes of ${written(name)} while ${
        unless ? 'all rows are' : `${enumerated(open)} ${are}`
      } looked at for a NULL${unless}`,
      why: 'A primary key makes its columns NOT NULL, and reads the whole table under an ACCESS EXCLUSIVE lock unless a valid CHECK says that there is no NULL.',
      fix: 'Add a CHECK (… IS NOT NULL) with NOT VALID and validate it in a transaction before.',
      lock: {mode: 'ACCESS EXCLUSIVE', on: [name]},
      work: {kind: 'scan', of: [name]},
    },
  ];
}

const history =
  'CREATE TABLE orders (id int NOT NULL, code text); CREATE UNIQUE INDEX code_idx ON orders (code)';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a column that is NOT NULL',
      history,
      sql: 'ALTER TABLE orders «ADD PRIMARY KEY (id)»;',
    },
    {
      name: 'columns that may be NULL',
      history,
      sql: 'ALTER TABLE orders «ADD CONSTRAINT orders_pk PRIMARY KEY (id, code) INCLUDE (code)»;',
    },
    {
      name: 'in the place of another',
      history: 'CREATE TABLE orders (id int PRIMARY KEY, tenant int NOT NULL)',
      transaction: 'none',
      sql: 'ALTER TABLE orders DROP CONSTRAINT orders_pkey, «ADD PRIMARY KEY (tenant, id)»;',
      fixed: `CREATE UNIQUE INDEX CONCURRENTLY orders_pkey_new ON orders (tenant, id);
ALTER TABLE orders DROP CONSTRAINT orders_pkey, ADD CONSTRAINT orders_pkey PRIMARY KEY USING INDEX orders_pkey_new;`,
    },
    {
      name: 'with a new column',
      history,
      sql: 'ALTER TABLE orders ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY «PRIMARY KEY»;',
    },
    {
      name: 'of an index whose column may be NULL',
      history,
      sql: 'ALTER TABLE orders «ADD CONSTRAINT orders_pk PRIMARY KEY USING INDEX code_idx»;',
    },
    {
      name: 'of an index whose column nothing is known of, which is less certain',
      transaction: 'none',
      sql: `CREATE UNIQUE INDEX CONCURRENTLY id_idx ON orders (id);
ALTER TABLE orders «ADD CONSTRAINT orders_pk PRIMARY KEY USING INDEX id_idx»;`,
    },
  ],
  silent: [
    {
      name: 'of an index whose column is NOT NULL',
      history: `${history}; CREATE UNIQUE INDEX id_idx ON orders (id)`,
      sql: 'ALTER TABLE orders ADD CONSTRAINT orders_pk PRIMARY KEY USING INDEX id_idx;',
    },
    {
      name: 'of an index whose column a CHECK says to be NOT NULL',
      history: `${history}; ALTER TABLE orders ADD CHECK (code IS NOT NULL)`,
      sql: 'ALTER TABLE orders ADD CONSTRAINT orders_pk PRIMARY KEY USING INDEX code_idx;',
    },
    {
      name: 'of a table of the same file',
      sql: 'CREATE TABLE t (a int);\nALTER TABLE t ADD PRIMARY KEY (a);',
    },
    {
      name: 'of a table that is small on the target',
      history,
      rows: {orders: 10},
      sql: 'ALTER TABLE orders ADD PRIMARY KEY (id);',
    },
  ],
  claims: [
    {sql: 'ALTER TABLE quiet ADD PRIMARY KEY (id)', does: 'AE quiet; scans quiet'},
    {sql: 'ALTER TABLE quiet ADD COLUMN n int PRIMARY KEY', does: 'AE quiet; scans quiet'},
    {
      setup: 'CREATE UNIQUE INDEX q ON quiet (id)',
      sql: 'ALTER TABLE quiet ADD CONSTRAINT q PRIMARY KEY USING INDEX q',
      does: 'AE quiet; scans quiet',
    },
    {
      setup: 'CREATE UNIQUE INDEX q ON quiet (id); ALTER TABLE quiet ADD CHECK (id IS NOT NULL)',
      sql: 'ALTER TABLE quiet ADD CONSTRAINT q PRIMARY KEY USING INDEX q',
      does: 'AE quiet',
    },
    {
      setup: 'CREATE UNIQUE INDEX q ON quiet (id); ALTER TABLE quiet ADD CONSTRAINT nn NOT NULL id NOT VALID',
      sql: 'ALTER TABLE quiet ADD CONSTRAINT q PRIMARY KEY USING INDEX q',
      does: {fails: '55000'},
      from: 18,
    },
    {
      setup: 'CREATE UNIQUE INDEX q ON events (id, at)',
      sql: 'ALTER TABLE events ADD CONSTRAINT q UNIQUE USING INDEX q',
      does: {fails: '0A000'},
    },
  ],
});
