import {freeName} from '../../model/made-up-names.ts';
import type {Severity} from '../../finding.ts';
import type {Step} from '../../remedy.ts';
import type {Situation} from '../../rule.ts';
import type {LintStatement} from '../../statement.ts';
import {written, type QualifiedName} from '../../../sql/objects.ts';
import {field} from '../../../sql/objects.ts';
import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {relationNamed} from './relation-names.ts';

/** @returns an ALTER of the same table, as careful as this one about whether it is there */
export function alterSame(statement: LintStatement, clause: string): string {
  const name = relationNamed(statement) ?? {name: ''};
  const exists = statement.node['missing_ok'] === true ? 'IF EXISTS ' : '';
  const only = field(statement.node, 'relation')['inh'] === true ? '' : 'ONLY ';
  return `ALTER TABLE ${exists}${only}${written(name)} ${clause}`;
}

/** @returns the statement with another clause in the place of its actions, as its author laid it out */
export function rewritten(statement: LintStatement, clause: string): string {
  return `${statement.sql.slice(0, statement.actions[0]?.start)}${clause}`;
}

export function step(sql: string, title: string, {how = 'any', undo = ''}: Partial<Step> = {}): Step {
  return {sql, how, title, undo};
}

/** Scans under a lock that lets reads and writes go on; the locks of the step before are gone by then. */
export function validation(statement: LintStatement, constraint: string): Step {
  return step(
    alterSame(statement, `VALIDATE CONSTRAINT ${quoteWhereNeeded(constraint)}`),
    `validate ${constraint}`,
    {how: 'own'},
  );
}

/** @returns the name that PostgreSQL would give, as far as the model knows which are taken */
export function freeNameFor(
  {before}: Pick<Situation, 'before'>,
  table: QualifiedName,
  columns: readonly string[] | undefined,
  label: string,
): string {
  const relation = before.relation(table);
  const schema = relation?.schema ?? before.schemaOf(table);
  return freeName(
    relation?.name ?? table.name,
    columns?.join('_'),
    label,
    name =>
      relation?.constraints.has(name) === true ||
      before.index({schema, name}) !== undefined ||
      before.relation({schema, name}) !== undefined,
  );
}

/** What only a rollback does, and what no reader waits for, is said more quietly. */
export function lessInDown({file}: Pick<Situation, 'file'>): {readonly severity?: Severity} {
  return file.direction === 'down' ? {severity: 'information'} : {};
}

/** @returns a name as the statement writes its table's: with a schema only where that has one */
export function besides(table: QualifiedName, name: QualifiedName): string {
  const {schema} = name;
  return written(
    table.schema === undefined || schema === undefined ? {name: name.name} : {schema, name: name.name},
  );
}
