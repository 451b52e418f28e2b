import * as z from 'zod';

/** A row of columnDefinitionsSql: pieces of SQL, quoted by the server. */
export const columnRow = z.object({
  name: z.string(),
  type: z.string(),
  collation: z.string().exactOptional(),
  generated: z.enum(['', 's', 'v']),
  expression: z.string().exactOptional(),
  identity: z.string().exactOptional(),
  identityOptions: z.string().exactOptional(),
  notNull: z.string().exactOptional(),
  localNotNull: z.string().exactOptional(),
  inherited: z.boolean(),
  parentNotNull: z.boolean(),
  parentExpression: z.string().exactOptional(),
  storage: z.string().exactOptional(),
  compression: z.string().exactOptional(),
  statistics: z.coerce.number().exactOptional(),
  options: z.string().exactOptional(),
  foreignOptions: z.string().exactOptional(),
  comment: z.string().exactOptional(),
});
export type ColumnRow = z.infer<typeof columnRow>;

/** @returns the column's line in CREATE TABLE */
export function columnLine(column: ColumnRow, partition: boolean): string {
  const {name, type, foreignOptions, collation} = column;
  return words([name, type, foreignOptions, collation, fill(column, partition), column.notNull]);
}

/** @returns the column's line in CREATE TABLE … OF, where only what differs from the type is said */
export function typedColumnLine(column: ColumnRow): string | undefined {
  const rest = words([fill(column, false), column.notNull]);
  return rest === '' ? undefined : `${column.name} WITH OPTIONS ${rest}`;
}

/**
 * What a child of classic inheritance says about a column that came from its parent.
 * @returns lines for CREATE TABLE (NOT NULL by name, from 18 on)
 */
export function inheritedLines({inherited, localNotNull}: ColumnRow): readonly string[] {
  return inherited && localNotNull !== undefined ? [localNotNull] : [];
}

/** @returns statements after CREATE, for what it cannot say */
export function columnStatements(target: string, column: ColumnRow): readonly string[] {
  const {name, storage, compression, statistics, options, comment} = column;
  const changes = [
    ...inheritedChanges(column),
    storage && `SET STORAGE ${storage}`,
    compression && `SET COMPRESSION ${compression}`,
    statistics !== undefined && `SET STATISTICS ${statistics}`,
    options && `SET (${options})`,
  ];
  return [
    ...changes.flatMap(change =>
      change ? [`ALTER TABLE ONLY ${target} ALTER COLUMN ${name} ${change};`] : [],
    ),
    ...(comment === undefined ? [] : [`COMMENT ON COLUMN ${target}.${name} IS ${comment};`]),
  ];
}

function inheritedChanges(column: ColumnRow): readonly string[] {
  const {inherited, generated, expression, parentExpression, notNull, parentNotNull, localNotNull} = column;
  if (!inherited) return [];
  const other = generated === '' && expression !== parentExpression;
  return [
    ...(other ? [expression === undefined ? 'DROP DEFAULT' : `SET DEFAULT ${expression}`] : []),
    ...(notNull !== undefined && localNotNull === undefined && !parentNotNull ? ['SET NOT NULL'] : []),
  ];
}

/** A partition is given its parent's identity on attaching, and must not have one of its own before. */
function fill(
  {generated, expression, identity, identityOptions}: ColumnRow,
  partition: boolean,
): string | undefined {
  if (identity !== undefined) {
    if (partition) return undefined;
    return `GENERATED ${identity} AS IDENTITY${identityOptions ? ` (${identityOptions})` : ''}`;
  }
  if (expression === undefined) return undefined;
  if (generated === '') return `DEFAULT ${expression}`;
  return `GENERATED ALWAYS AS (${expression}) ${generated === 's' ? 'STORED' : 'VIRTUAL'}`;
}

function words(parts: readonly (string | undefined)[]): string {
  return parts.filter(part => part !== undefined).join(' ');
}
