import {names, text, written, type QualifiedName} from '../../../sql/objects.ts';
import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {objectName} from '../../model/made-up-names.ts';
import type {Remedy, Step} from '../../remedy.ts';
import type {Situation} from '../../rule.ts';
import type {LintStatement} from '../../statement.ts';
import {columnsOf, type AddedConstraint} from './added-constraints.ts';
import {columnParts} from './column-clause.ts';
import {alterSame, besides, freeNameFor, rewritten, step, validation} from './alter-steps.ts';
import {isNotNull} from './not-null.ts';

const notNullNotValid = 18;

/** @returns whether the constraint makes its index itself */
export function buildsIndex({node}: Pick<AddedConstraint, 'node'>): boolean {
  return text(node['indexname']) === undefined;
}

/**
 * @returns the index built concurrently first, and then made a constraint; undefined where PostgreSQL cannot do that
 */
export function throughIndex(
  situation: Situation,
  name: QualifiedName,
  added: AddedConstraint,
): Remedy | undefined {
  const {node} = added;
  const isPartitioned = situation.before.relation(name)?.kind === 'partitioned table';
  if (isPartitioned || node['without_overlaps'] === true || node['options'] !== undefined) return undefined;
  if (node['indexspace'] !== undefined) return undefined;
  const title = 'Build the index with CONCURRENTLY, and make the constraint of it';
  const steps = stepsThrough(situation, name, added);
  return replacesAnother(situation.statement)
    ? {kind: 'steps', title, preferred: true, steps}
    : {kind: 'action-steps', title, preferred: true, action: added.index, steps};
}

/** The old constraint goes in the same moment in which the new one comes. */
function replacesAnother({actions}: LintStatement): boolean {
  return (
    actions.some(({subtype}) => subtype === 'AT_DropConstraint') &&
    !actions.some(({subtype}) => subtype === 'AT_AddColumn')
  );
}

function stepsThrough(situation: Situation, name: QualifiedName, added: AddedConstraint): readonly Step[] {
  const {statement} = situation;
  const {node, column, action} = added;
  const isKey = node['contype'] === 'CONSTR_PRIMARY';
  const columns = columnsOf(added);
  const {constraint, index} = namesFor(situation, name, added);
  const proof = isKey && !column ? provenNotNull(situation, name, columns) : {before: [], after: []};
  const drop = `DROP INDEX CONCURRENTLY IF EXISTS ${besides(name, {...name, name: index})}`;
  const use = `ADD CONSTRAINT ${quoteWhereNeeded(constraint)} ${isKey ? 'PRIMARY KEY' : 'UNIQUE'} USING INDEX ${quoteWhereNeeded(index)}${whenChecked(added)}`;
  const sql = replacesAnother(statement)
    ? statement.sql.slice(0, action.start) + use + statement.sql.slice(action.end)
    : rewritten(statement, use);
  return [
    ...(column ? [newColumn(situation, added)] : []),
    ...proof.before,
    step(createIndex(name, index, columns, added), `create index ${index}`, {how: 'alone', undo: drop}),
    step(column ? alterSame(statement, use) : sql, `add ${constraint}`, {
      how: 'own',
      // Who takes another's place back has to bring that one back too, which the file's own other direction does.
      undo: replacesAnother(statement)
        ? ''
        : alterSame(statement, `DROP CONSTRAINT ${quoteWhereNeeded(constraint)}`),
    }),
    ...proof.after,
  ];
}

/** The index gets the constraint's name, at the latest with the constraint; before that another may still have it. */
function namesFor(
  situation: Situation,
  name: QualifiedName,
  {node, column}: AddedConstraint,
): {readonly constraint: string; readonly index: string} {
  const isKey = node['contype'] === 'CONSTR_PRIMARY';
  const columns = isKey
    ? undefined
    : [...columnsOf({node, ...(column ? {column} : {})}), ...names(node['including'])];
  const label = isKey ? 'pkey' : 'key';
  const free = freeNameFor(situation, name, columns, label);
  const dropped = situation.statement.actions
    .filter(({subtype}) => subtype === 'AT_DropConstraint')
    .map(each => text(each.node['name']));
  const usual = objectName(name.name, columns?.join('_'), label);
  const constraint = text(node['conname']) ?? (dropped.includes(usual) ? usual : free);
  return {constraint, index: dropped.includes(constraint) ? `${constraint}_new` : constraint};
}

function createIndex(
  table: QualifiedName,
  name: string,
  columns: readonly string[],
  {node}: AddedConstraint,
): string {
  const include = names(node['including']);
  const keys = columns.map(quoteWhereNeeded).join(', ');
  const carried = include.length > 0 ? ` INCLUDE (${include.map(quoteWhereNeeded).join(', ')})` : '';
  const nulls = node['nulls_not_distinct'] === true ? ' NULLS NOT DISTINCT' : '';
  return `CREATE UNIQUE INDEX CONCURRENTLY ${quoteWhereNeeded(name)} ON ${written(table)} (${keys})${carried}${nulls}`;
}

function whenChecked({node}: AddedConstraint): string {
  if (node['deferrable'] !== true) return '';
  return node['initdeferred'] === true ? ' DEFERRABLE INITIALLY DEFERRED' : ' DEFERRABLE';
}

const alwaysSet = new Set(['CONSTR_NOTNULL', 'CONSTR_IDENTITY']);

/** A column that is going to be a primary key is NOT NULL from the start, when nothing has to be looked at for that. */
function newColumn({statement}: Situation, {action, at, column, node}: AddedConstraint): Step {
  const name = text(column?.['colname']) ?? '';
  const clause =
    statement.sql.slice(action.start, at.start).trimEnd() + statement.sql.slice(at.end, action.end);
  const isOpen =
    node['contype'] === 'CONSTR_PRIMARY' &&
    !columnParts(statement, action).some(each => alwaysSet.has(text(each.node['contype']) ?? ''));
  return step(rewritten(statement, isOpen ? `${clause} NOT NULL` : clause), `add ${name}`, {
    undo: alterSame(statement, `DROP COLUMN ${quoteWhereNeeded(name)}`),
  });
}

interface Proven {
  readonly before: readonly Step[];
  readonly after: readonly Step[];
}

/** A primary key is NOT NULL: what is known to be needs no scan under the strong lock. */
function provenNotNull(situation: Situation, name: QualifiedName, columns: readonly string[]): Proven {
  const {statement, before, major} = situation;
  const open = columns.filter(column => !isNotNull(before.relation(name), column));
  const label = major >= notNullNotValid ? 'not_null' : 'is_set';
  const all = open.map(column => ({
    column: quoteWhereNeeded(column),
    constraint: freeNameFor(situation, name, [column], label),
  }));
  const clauses = all.map(({column, constraint}) =>
    major >= notNullNotValid
      ? `ADD CONSTRAINT ${quoteWhereNeeded(constraint)} NOT NULL ${column} NOT VALID`
      : `ADD CONSTRAINT ${quoteWhereNeeded(constraint)} CHECK (${column} IS NOT NULL) NOT VALID`,
  );
  const drops = all.map(({constraint}) => `DROP CONSTRAINT IF EXISTS ${quoteWhereNeeded(constraint)}`);
  if (all.length === 0) return {before: [], after: []};
  return {
    before: [
      step(alterSame(statement, clauses.join(', ')), `add not null ${open.join(' ')}`, {
        undo: alterSame(statement, drops.join(', ')),
      }),
      ...all.map(({constraint}) => validation(statement, constraint)),
    ],
    after: major >= notNullNotValid ? [] : [step(alterSame(statement, drops.join(', ')), 'drop checks')],
  };
}
