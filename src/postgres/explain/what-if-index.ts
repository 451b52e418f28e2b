import * as z from 'zod';
import {
  btreeHeight,
  indexSize,
  type IndexColumn,
  type IndexShape,
  type IndexSize,
} from '../../core/explain/what-if-size.ts';

/** A row of indexShapesSql. */
export const shapeRow = z.object({
  oid: z.coerce.number(),
  schema: z.string(),
  name: z.string(),
  method: z.string(),
  unique: z.boolean(),
  predicate: z.string().exactOptional(),
  table: z.string(),
  tableSchema: z.string(),
  /** SQL of its keys in order. */
  keys: z.array(z.string()),
  options: z.record(z.string(), z.string()).exactOptional(),
  columns: z.array(
    z.object({
      width: z.number(),
      alignment: z.number(),
      nulls: z.number(),
      /** As `pg_stats.n_distinct`: negative is a part of the rows. */
      distinct: z.number(),
      key: z.boolean(),
      plain: z.boolean(),
    }),
  ),
});
export type ShapeRow = z.infer<typeof shapeRow>;

/** @param rows of its table, which `n_distinct` may be a part of */
function columnsOf({columns}: ShapeRow, rows: number): readonly IndexColumn[] {
  return columns.map(({distinct, ...column}) => ({
    ...column,
    distinct: distinct < 0 ? -distinct * rows : distinct,
  }));
}

/** @returns the levels above the leaves of a B-tree that has that many 8 kB blocks; nothing for other methods */
export function heightOf(shape: ShapeRow, blocks: number): number | undefined {
  return shape.method === 'btree' ? btreeHeight(blocks, columnsOf(shape, 1)) : undefined;
}

/**
 * @param table its rows and 8 kB blocks
 * @param rows that the index holds, and the different combinations of its keys where they were asked for
 * @returns how large the index would be
 */
export function sizeOf(
  shape: ShapeRow,
  table: {readonly rows: number; readonly blocks: number},
  {rows, groups}: {readonly rows: number; readonly groups?: number},
): IndexSize {
  const {options = {}} = shape;
  const described: IndexShape = {
    method: shape.method,
    unique: shape.unique,
    ...numberOption('fillfactor', options['fillfactor']),
    ...numberOption('pagesPerRange', options['pages_per_range']),
    deduplicates:
      options['deduplicate_items'] !== 'off' && shape.columns.every(({plain, key}) => plain && key),
    columns: columnsOf(shape, table.rows),
    rows,
    ...(groups === undefined ? {} : {groups}),
    tableBlocks: table.blocks,
  };
  return indexSize(described);
}

function numberOption<Name extends string>(
  name: Name,
  text: string | undefined,
): {readonly [K in Name]?: number} {
  const value = Number(text);
  const given: {[K in Name]?: number} = {};
  if (text !== undefined && !Number.isNaN(value)) given[name] = value;
  return given;
}
