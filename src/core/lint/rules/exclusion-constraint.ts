import {written} from '../../sql/objects.ts';
import type {RuleProof, StatementRule} from '../rule.ts';
import {addedConstraints} from './support/added-constraints.ts';
import {tableAltered} from './support/table-altered.ts';

export const rule: StatementRule = {
  id: 'exclusion-constraint',
  severity: 'warning',
  title: 'An exclusion constraint builds its index under its lock',
  about: `\`ADD … EXCLUDE\` takes an ACCESS EXCLUSIVE lock on the table and builds an index under it: nobody reads or writes the
table meanwhile. PostgreSQL knows no NOT VALID and no USING INDEX for it, so there is no way to add one while others
write.

What is left: a quiet time; or a new table with the constraint, into which rows are copied in batches while a trigger
keeps up, and that takes the name in the end.`,
  kinds: ['AlterTableStmt'],
  check: situation => {
    const {statement} = situation;
    const name = tableAltered(situation);
    if (!name) return [];
    return addedConstraints(statement, 'CONSTR_EXCLUSION').map(({at}) => ({
      at,
      what: `Blocks reads and writes of ${written(name)} while its index is built`,
      why: 'Adding an exclusion constraint takes an ACCESS EXCLUSIVE lock on the table, for which everybody waits, and builds its index under it. It cannot be NOT VALID, nor use an index that is there.',
      fix: 'Choose a quiet time and set lock_timeout; or make a new table with the constraint and copy the rows in batches.',
      lock: {mode: 'ACCESS EXCLUSIVE', on: [name]},
      work: {kind: 'scan', of: [name]},
    }));
  },
};

const history = 'CREATE TABLE rooms (id int, span tsrange)';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'on a table that is there',
      history,
      sql: 'ALTER TABLE rooms «ADD CONSTRAINT no_overlap EXCLUDE USING gist (span WITH &&)»;',
    },
  ],
  silent: [
    {
      name: 'on a table of the same file',
      sql: 'CREATE TABLE rooms (span tsrange);\nALTER TABLE rooms ADD EXCLUDE USING gist (span WITH &&);',
    },
    {
      name: 'on a table that is small on the target',
      history,
      rows: {rooms: 3},
      sql: 'ALTER TABLE rooms ADD EXCLUDE USING gist (span WITH &&);',
    },
    {
      name: 'with the table',
      sql: 'CREATE TABLE rooms (span tsrange, EXCLUDE USING gist (span WITH &&));',
    },
  ],
  claims: [
    {
      sql: 'ALTER TABLE orders ADD CONSTRAINT x EXCLUDE USING btree (id WITH =)',
      does: 'AE orders; scans orders',
    },
  ],
});
