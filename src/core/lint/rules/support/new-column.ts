import {written, type QualifiedName} from '../../../sql/objects.ts';
import {quoteWhereNeeded} from '../../../sql/quote.ts';
import type {Column, Relation} from '../../model/schema.ts';
import type {Step} from '../../remedy.ts';
import {step} from './alter-steps.ts';
import {backfillStep} from './backfill.ts';
import {notNullSteps} from './not-null-steps.ts';
import {mentions, uses} from './touched-by-type.ts';

export interface NewColumn {
  readonly table: QualifiedName;
  readonly relation: Relation;
  readonly column: Column;
  /** What it becomes, and the casts on the way there. */
  readonly to: string;
  readonly casts: readonly string[];
}

/** @returns whether nothing but the column itself has to be made again: no index, no constraint, nothing computed */
export function standsAlone(relation: Relation, name: string): boolean {
  const isConstrained = [...relation.constraints.values()].some(
    ({kind, columns}) => kind !== 'not null' && columns.includes(name),
  );
  const isIndexed = [...relation.indexes.values()].some(index => uses(index, name));
  const isRead = [...relation.columns.values()].some(({expression}) => mentions(expression, name));
  const own = relation.columns.get(name);
  return (
    !(isConstrained || isIndexed || isRead || own?.generated || own?.identity) && relation.kind === 'table'
  );
}

/**
 * @returns a new column of the other type, which a trigger keeps equal while the old rows are filled in batches, and
 * which takes the old one's name at the end. The old column goes last, in a migration of its own
 */
export function throughNewColumn({table, relation, column, to, casts}: NewColumn): readonly Step[] {
  const alter = `ALTER TABLE ${written(table)}`;
  const [name, fresh, old] = ['', '_new', '_old'].map(end => quoteWhereNeeded(`${column.name}${end}`));
  const sync = written({...table, name: `${table.name}_${column.name}_sync`});
  const trigger = quoteWhereNeeded(`${table.name}_${column.name}_sync`);
  const value = (casts.at(-1) === to ? casts : [...casts, to]).reduce(
    (inner, type) => `${inner}::${type}`,
    name ?? '',
  );
  const drop = step(`DROP TRIGGER ${trigger} ON ${written(table)}`, `let ${column.name} take the place`, {
    how: 'own',
  });
  return [
    step(`${alter} ADD COLUMN ${fresh} ${to}`, `add ${column.name} as ${to}`, {
      undo: `${alter} DROP COLUMN ${fresh}`,
    }),
    step(
      `CREATE FUNCTION ${sync}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.${fresh} := NEW.${value};
  RETURN NEW;
END $$`,
      `keep ${column.name} equal`,
      {undo: `DROP FUNCTION IF EXISTS ${sync}()`},
    ),
    step(
      `CREATE TRIGGER ${trigger} BEFORE INSERT OR UPDATE ON ${written(table)} FOR EACH ROW EXECUTE FUNCTION ${sync}()`,
      `keep ${column.name} equal`,
      {undo: `DROP TRIGGER IF EXISTS ${trigger} ON ${written(table)}`},
    ),
    backfillStep({
      table,
      relation,
      set: `${fresh} = ${value}`,
      where: `${fresh} IS NULL AND ${name} IS NOT NULL`,
      title: `fill ${column.name}`,
    }),
    ...(column.notNull ? notNullSteps(table, `${column.name}_new`) : []),
    drop,
    step(`DROP FUNCTION ${sync}()`, drop.title),
    step(`${alter} RENAME COLUMN ${name} TO ${old}`, drop.title, {
      undo: `${alter} RENAME COLUMN ${old} TO ${name}`,
    }),
    step(`${alter} RENAME COLUMN ${fresh} TO ${name}`, drop.title, {
      undo: `${alter} RENAME COLUMN ${name} TO ${fresh}`,
    }),
    ...(column.notNull
      ? [
          step(`${alter} ALTER COLUMN ${old} DROP NOT NULL`, drop.title, {
            undo: `${alter} ALTER COLUMN ${old} SET NOT NULL`,
          }),
        ]
      : []),
    ...(column.default === undefined
      ? []
      : [
          step(`${alter} ALTER COLUMN ${name} SET DEFAULT ${column.default}`, drop.title, {
            undo: `${alter} ALTER COLUMN ${name} DROP DEFAULT`,
          }),
        ]),
    step(`${alter} DROP COLUMN ${old}`, `drop the old ${column.name}`, {
      how: 'own',
      undo: `${alter} ADD COLUMN ${old} ${column.type}${column.default === undefined ? '' : ` DEFAULT ${column.default}`};
UPDATE ${written(table)} SET ${old} = ${name}::${column.type}`,
    }),
  ];
}
