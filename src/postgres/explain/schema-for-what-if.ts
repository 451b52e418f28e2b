import * as z from 'zod';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import {readRows} from '../catalog/read.ts';
import {
  indexesSql,
  relationsSql,
  settingsSql,
  statisticsRowsSql,
  surroundingsSql,
} from './sql/what-if-read.ts';
import {readExtended, type ExtendedStatistics} from './what-if-extended.ts';
import {readObjects, type NeededObject, type UsedNames} from './what-if-objects.ts';
import {readPlannableTable, type PlannableTable} from './what-if-tables.ts';

const figures = {
  schema: z.string(),
  name: z.string(),
  rows: z.number(),
  pages: z.number(),
  allVisible: z.number(),
  blocks: z.number(),
};
const relation = z.object({
  ...figures,
  oid: z.coerce.number(),
  kind: z.enum(['r', 'p', 'm', 'v', 'f']),
  wholeBlocks: z.number().exactOptional(),
  unreadable: z.boolean(),
  rowSecurity: z.boolean(),
});
export type RelationFigures = z.infer<typeof relation>;

const index = z.object({...figures, table: z.coerce.number(), kind: z.enum(['i', 'I'])});
export type IndexFigures = z.infer<typeof index>;

/** Arrays and numbers are texts, as PostgreSQL writes them. */
const columnStatistics = z.object({
  schema: z.string(),
  name: z.string(),
  column: z.string(),
  number: z.number(),
  index: z.boolean(),
  inherited: z.boolean(),
  nullFraction: z.string(),
  width: z.number(),
  distinct: z.string(),
  commonValues: z.string().exactOptional(),
  commonFrequencies: z.string().exactOptional(),
  histogram: z.string().exactOptional(),
  correlation: z.string().exactOptional(),
  commonElements: z.string().exactOptional(),
  elementFrequencies: z.string().exactOptional(),
  elementCounts: z.string().exactOptional(),
  rangeLengths: z.string().exactOptional(),
  emptyRanges: z.string().exactOptional(),
  rangeBounds: z.string().exactOptional(),
});
export type ColumnStatistics = z.infer<typeof columnStatistics>;

const surroundings = z.object({
  searchPath: z.array(z.string()),
  provider: z.string().exactOptional(),
  collation: z.string(),
  blockSize: z.number(),
});
const setting = z.object({name: z.string(), value: z.string()});

/** What a server's planner knows of the tables of a statement. */
export interface PlannerSchema {
  readonly searchPath: readonly string[];
  readonly blockSize: number;
  readonly settings: readonly z.infer<typeof setting>[];
  readonly objects: readonly NeededObject[];
  readonly relations: readonly (RelationFigures & {readonly made: PlannableTable})[];
  readonly indexes: readonly IndexFigures[];
  readonly statistics: readonly ColumnStatistics[];
  readonly extended: ExtendedStatistics;
}

/** Any that is not C: it keeps LIKE from using an index that only C could use. */
const otherCollation = 'COLLATE pg_catalog."en_US"';

/**
 * Reads definitions, figures, statistics and settings of the relations that a statement touches.
 * @param touched oids, views among them
 * Failures: `unsupported` for a foreign table, and those of the readers of the catalog
 */
export async function readPlannerSchema(
  session: Session,
  touched: readonly number[],
  names: UsedNames,
  signal?: Signal,
): Promise<Outcome<PlannerSchema>> {
  const options = signal ? {signal} : {};
  const rows = await readRows(session, surroundingsSql, [], surroundings, {
    ...options,
    searchPath: 'session',
  });
  if (!rows.ok) return rows;
  const [around] = rows.value;
  if (!around) return fail('unsupported', 'The server does not know its own database.');
  const settings = await readRows(session, settingsSql, [], setting, options);
  if (!settings.ok) return settings;
  const relations = await readRows(session, relationsSql, [touched], relation, options);
  if (!relations.ok) return relations;
  const foreign = relations.value.find(({kind}) => kind === 'f');
  if (foreign) return foreignTable(foreign);
  const oids = relations.value.map(({oid}) => oid);
  const indexes = await readRows(session, indexesSql, [oids], index, options);
  if (!indexes.ok) return indexes;
  const objects = await readObjects(session, oids, names, options);
  if (!objects.ok) return objects;
  const statistics = await readRows(
    session,
    statisticsRowsSql(session.server.versionNumber),
    [oids],
    columnStatistics,
    options,
  );
  if (!statistics.ok) return statistics;
  const extended = await readExtended(session, oids, options);
  if (!extended.ok) return extended;
  const tables: (RelationFigures & {readonly made: PlannableTable})[] = [];
  for (const each of relations.value) {
    const context = {
      oids: new Set(oids),
      indexes: new Set(indexes.value.filter(({table}) => table === each.oid).map(({name}) => name)),
      ...(sortsAsC(around) ? {} : {collation: otherCollation}),
    };
    const made = await readPlannableTable(session, each.oid, context, options);
    if (!made.ok) return made;
    tables.push({...each, made: made.value});
  }
  return ok({
    searchPath: around.searchPath,
    blockSize: around.blockSize,
    settings: settings.value,
    objects: objects.value,
    relations: tables,
    indexes: indexes.value,
    statistics: statistics.value,
    extended: extended.value,
  });
}

/** Of libc's collations only those named C and POSIX sort by bytes to the planner; the builtin ones (17) all do. */
function sortsAsC({provider, collation}: z.infer<typeof surroundings>): boolean {
  return provider === 'b' || (provider !== 'i' && (collation === 'C' || collation === 'POSIX'));
}

function foreignTable({schema, name}: RelationFigures): Outcome<never> {
  return fail(
    'unsupported',
    `${schema}.${name} is a foreign table, which only its own server can plan with.`,
    {advice: 'Install HypoPG on the server (CREATE EXTENSION hypopg) and try again.'},
  );
}
