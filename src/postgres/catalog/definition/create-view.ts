import {columnStatements, type ColumnRow} from './columns.ts';
import {storageLines, type RelationRow} from './relation-row.ts';
import type {Made} from './statements.ts';

/**
 * @param indexes of a materialized view; other views have none
 * @returns the statements that make a view or a materialized view with its columns' defaults, comments and indexes
 */
export function createView(
  relation: RelationRow,
  columns: readonly ColumnRow[],
  indexes: readonly Made[],
): readonly string[] {
  const {kind, target} = relation;
  return [
    kind === 'm' ? materialized(relation) : plain(relation),
    ...columns.flatMap(({name, expression}) =>
      expression === undefined
        ? []
        : [`ALTER VIEW ${target} ALTER COLUMN ${name} SET DEFAULT ${expression};`],
    ),
    ...columns.flatMap(column => columnStatements(target, column)),
    ...indexes.flatMap(({statements}) => statements),
  ];
}

function plain(relation: RelationRow): string {
  return `CREATE VIEW ${relation.target}${storageLines(relation)} AS\n${relation.query ?? ''}`;
}

/** pg_get_viewdef ends with a semicolon, after which WITH NO DATA would be too late. */
function materialized(relation: RelationRow): string {
  const query = (relation.query ?? '').replace(/;$/, '');
  const data = relation.populated ? '' : '\nWITH NO DATA';
  return `CREATE MATERIALIZED VIEW ${relation.target}${storageLines(relation)} AS\n${query}${data};`;
}
