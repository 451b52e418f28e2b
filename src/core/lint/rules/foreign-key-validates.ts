import {field, relationOf, text, written, type QualifiedName} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {enumerated} from '../../words.ts';
import type {Relation} from '../model/schema.ts';
import type {Remedy} from '../remedy.ts';
import type {Draft, Situation, StatementRule} from '../rule.ts';
import {
  addedConstraints,
  columnsOf,
  hasDefault,
  namedClause,
  type AddedConstraint,
} from './support/added-constraints.ts';
import {
  alterSame,
  besides,
  freeNameFor,
  lessInDown,
  rewritten,
  step,
  validation,
} from './support/alter-steps.ts';
import {isSameName, short} from './support/relation-names.ts';
import {tableAltered} from './support/table-altered.ts';

export {proof} from './proofs/foreign-key-validates.ts';

/** Since this version a partitioned table can have one that is NOT VALID. */
const notValidOnPartitioned = 18;
const mostPartitions = 24;

export const rule: StatementRule = {
  id: 'foreign-key-validates',
  severity: 'warning',
  title: 'A foreign key looks at all rows under its lock',
  about: `\`ADD FOREIGN KEY\` takes a SHARE ROW EXCLUSIVE lock on both tables, and keeps it until the transaction ends. Reads go
on; every INSERT, UPDATE and DELETE of either table waits while each row is looked up.

With \`NOT VALID\` the lock is the same but short: new rows are checked from then on, those that are there are not.
\`VALIDATE CONSTRAINT\` checks these later under SHARE UPDATE EXCLUSIVE and, on the referenced table, ROW SHARE; reads and
writes go on. It has to be another transaction, or the first lock is still there.

A partitioned table can have a foreign key that is NOT VALID since PostgreSQL 18. Before that, add one to each partition
with NOT VALID, validate them, and add it to the partitioned table last: it takes over the ones that it finds and reads
nothing.

A new column without a default has nothing to look up, and is not looked at.`,
  kinds: ['AlterTableStmt'],
  check: situation => {
    const {statement} = situation;
    const name = tableAltered(situation);
    if (!name) return [];
    const added = addedConstraints(statement, 'CONSTR_FOREIGN')
      .filter(added => added.validates && (!added.column || hasDefault(statement, added)))
      .filter(added => !isTakenOver(situation, name, added))
      .flatMap(added => draft(situation, name, added));
    return [...added, ...enforced(situation, name)];
  },
};

/** ALTER CONSTRAINT … ENFORCED, which 18 knows for foreign keys. */
function enforced({statement, before}: Situation, name: QualifiedName): readonly Draft[] {
  return statement.actions.flatMap(({subtype, node, start, end}) => {
    const change = field(field(node, 'def'), 'ATAlterConstraint');
    if (subtype !== 'AT_AlterConstraint' || change['alterEnforceability'] !== true) return [];
    if (change['is_enforced'] !== true) return [];
    const key = before.relation(name)?.constraints.get(text(change['conname']) ?? '');
    const other = key?.references?.relation;
    return [
      {
        at: {start, end},
        what: `Blocks reads and writes of ${written(name)} while every row of it is looked up`,
        why: `ALTER CONSTRAINT … ENFORCED takes an ACCESS EXCLUSIVE lock on the table, for which everybody waits, and SHARE ROW EXCLUSIVE on ${other ? short(other) : 'the referenced table'}.`,
        fix: 'Drop the constraint and add it with NOT VALID, and run VALIDATE CONSTRAINT in a later transaction.',
        lock: {mode: 'ACCESS EXCLUSIVE', on: [name]},
        work: {kind: 'scan', of: [name]},
      },
    ];
  });
}

function draft(situation: Situation, name: QualifiedName, added: AddedConstraint): readonly Draft[] {
  const other = relationOf(added.node['pktable']);
  if (!other) return [];
  const isAlone = isSameName(situation.before, name, other) || situation.isNew(other);
  const on = isAlone ? [name] : [name, other];
  const tables = enumerated(on.map(written));
  const remedy = remedyOf(situation, name, added);
  return [
    {
      ...lessInDown(situation),
      at: added.at,
      what: `Blocks writes to ${tables} while every row of ${written(name)} is looked up`,
      why: `Adding a foreign key takes a SHARE ROW EXCLUSIVE lock on ${on.length > 1 ? 'both tables' : 'the table'}, for which INSERT, UPDATE and DELETE wait until the transaction ends. Reads go on.`,
      fix: fixOf(situation, name),
      lock: {mode: 'SHARE ROW EXCLUSIVE', on},
      work: {kind: 'scan', of: [name]},
      remedies: remedy ? [remedy] : [],
    },
  ];
}

function fixOf(situation: Situation, name: QualifiedName): string {
  return needsPartitions(situation, situation.before.relation(name))
    ? 'Add it to each partition with NOT VALID, validate each in a transaction of its own, and add it to the partitioned table last, which then takes these over.'
    : 'Add it with NOT VALID, and run VALIDATE CONSTRAINT in a later transaction, which lets reads and writes go on.';
}

function needsPartitions({major}: Situation, relation: Relation | undefined): boolean {
  return relation?.kind === 'partitioned table' && major < notValidOnPartitioned;
}

/** Every partition has the same key, checked: the parent's reads nothing. */
function isTakenOver(
  {before}: Situation,
  name: QualifiedName,
  added: Pick<AddedConstraint, 'node' | 'column'>,
): boolean {
  const partitions = before.relation(name)?.partitions ?? [];
  const other = relationOf(added.node['pktable']);
  const columns = columnsOf(added).join('\0');
  const isThere = (partition: QualifiedName): boolean =>
    [...(before.relation(partition)?.constraints.values() ?? [])].some(
      each =>
        each.valid &&
        each.columns.join('\0') === columns &&
        each.references !== undefined &&
        other !== undefined &&
        isSameName(before, each.references.relation, other),
    );
  return partitions.length > 0 && partitions.every(isThere);
}

function remedyOf(situation: Situation, name: QualifiedName, added: AddedConstraint): Remedy | undefined {
  const {statement, before} = situation;
  const relation = before.relation(name);
  const constraint = text(added.node['conname']) ?? freeNameFor(situation, name, columnsOf(added), 'fkey');
  if (needsPartitions(situation, relation))
    return onPartitions(situation, {name, relation, added, constraint});
  const clause = namedClause(statement, added, constraint);
  const columns = columnWithoutIt(situation, added);
  const undo = alterSame(statement, `DROP CONSTRAINT ${quoteWhereNeeded(constraint)}`);
  return {
    kind: 'action-steps',
    title: 'Add the foreign key with NOT VALID, and validate it in a later transaction',
    preferred: true,
    action: added.index,
    steps: [
      step(rewritten(statement, `${columns}ADD ${listed(clause, added)} NOT VALID`), `add ${constraint}`, {
        undo,
      }),
      validation(statement, constraint),
    ],
  };
}

function columnWithoutIt({statement}: Situation, {action, at, column}: AddedConstraint): string {
  return column
    ? `${statement.sql.slice(action.start, at.start).trimEnd()}${statement.sql.slice(at.end, action.end)}, `
    : '';
}

/** A column's REFERENCES has no list of columns. */
function listed(clause: string, {column}: AddedConstraint): string {
  const name = quoteWhereNeeded(text(column?.['colname']) ?? '');
  return column ? clause.replace(/\bREFERENCES\b/i, `FOREIGN KEY (${name}) REFERENCES`) : clause;
}

interface OnPartitions {
  readonly name: QualifiedName;
  readonly relation: Relation | undefined;
  readonly added: AddedConstraint;
  readonly constraint: string;
}

function onPartitions(
  {statement, before}: Situation,
  {name, relation, added, constraint}: OnPartitions,
): Remedy | undefined {
  const partitions = relation?.partitions ?? [];
  const isFlat = partitions.every(each => before.relation(each)?.kind === 'table');
  if (partitions.length === 0 || partitions.length > mostPartitions || !isFlat || added.column)
    return undefined;
  const clause = namedClause(statement, added, constraint);
  const quoted = quoteWhereNeeded(constraint);
  return {
    kind: 'action-steps',
    title: 'Add and validate the foreign key on each partition first',
    action: added.index,
    steps: [
      ...partitions.map(each =>
        step(
          `ALTER TABLE ${besides(name, each)} ADD ${clause} NOT VALID`,
          `add ${constraint} to ${each.name}`,
          {
            undo: `ALTER TABLE ${besides(name, each)} DROP CONSTRAINT IF EXISTS ${quoted}`,
          },
        ),
      ),
      ...partitions.map(each =>
        step(
          `ALTER TABLE ${besides(name, each)} VALIDATE CONSTRAINT ${quoted}`,
          `validate ${constraint} of ${each.name}`,
          {how: 'own'},
        ),
      ),
      step(rewritten(statement, `ADD ${clause}`), `add ${constraint}`, {
        how: 'own',
        undo: alterSame(statement, `DROP CONSTRAINT ${quoted}`),
      }),
    ],
  };
}
