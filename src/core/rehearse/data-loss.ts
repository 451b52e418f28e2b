import type {FileRange} from '../migrations/plan.ts';
import {identityOf, nameOf} from '../schema/key.ts';
import type {SchemaObject, SchemaSnapshot} from '../schema/objects.ts';
import {field, list, relationOf, text, written, type QualifiedName} from '../sql/objects.ts';
import type {Statement} from '../sql/parser.ts';
import type {Blame} from './blame.ts';
import {renamesIn} from './renames.ts';
import type {DataLoss, ObservedStatement} from './report.ts';

export interface DirectionRun {
  readonly direction: DataLoss['direction'];
  readonly before: SchemaSnapshot;
  readonly after: SchemaSnapshot;
  /** What was there before up. */
  readonly original: SchemaSnapshot;
  readonly statements: readonly {readonly observed: ObservedStatement; readonly statement: Statement}[];
  readonly blame: Blame;
}

/**
 * What a direction takes away that no undoing brings back. Indexes and views can be made again and are none of it.
 * @returns the objects that hold rows or values and go, and the statements that empty or change them
 */
export function dataLossOf(run: DirectionRun): readonly DataLoss[] {
  return [...removed(run), ...labels(run), ...run.statements.flatMap(each => byStatement(each, run))];
}

function removed(run: DirectionRun): readonly DataLoss[] {
  const {before, after, original, direction, blame} = run;
  const renames = renamesIn(
    run.statements.map(({statement}) => statement),
    before,
    after,
  );
  return [...before.objects.values()].flatMap(object => {
    if (after.objects.has(object.key) || renames.has(object.key)) return [];
    const what = lossOf(object, after);
    if (what === undefined) return [];
    const grade = original.objects.has(object.key) ? 'existing' : 'since';
    return [{...loss(direction, grade, what, blame(object)), object: object.key}];
  });
}

function lossOf(object: SchemaObject, after: SchemaSnapshot): string | undefined {
  const name = nameOf(object);
  if (object.kind === 'table') return holdsRows(object) ? `Table ${name} with its rows.` : undefined;
  if (object.kind === 'sequence') return `Sequence ${name} with its value.`;
  if (object.kind !== 'column' || object.parent === undefined) return undefined;
  const {generated} = object.attributes;
  const isOfTable = after.objects.get(object.parent)?.kind === 'table';
  return isOfTable && generated === undefined ? `Column ${name} with its values.` : undefined;
}

/** A partitioned table has its rows in its partitions, which are told by themselves; a foreign one has them elsewhere. */
function holdsRows({attributes}: Extract<SchemaObject, {readonly kind: 'table'}>): boolean {
  return attributes.partitionKey === undefined && attributes.server === undefined;
}

function labels({before, after, original, direction, blame}: DirectionRun): readonly DataLoss[] {
  return [...before.objects.values()].flatMap(object => {
    const now = after.objects.get(object.key);
    if (object.kind !== 'type' || now?.kind !== 'type') return [];
    const left = new Set(now.attributes.labels);
    const old = original.objects.get(object.key);
    const existing = new Set(old?.kind === 'type' ? old.attributes.labels : []);
    return (object.attributes.labels ?? [])
      .filter(label => !left.has(label))
      .map(label =>
        loss(
          direction,
          existing.has(label) ? 'existing' : 'since',
          `Label '${label}' of type ${nameOf(object)} in the rows that have it.`,
          blame(object),
        ),
      );
  });
}

function byStatement(
  {observed, statement}: DirectionRun['statements'][number],
  {direction, original}: DirectionRun,
): readonly DataLoss[] {
  const named = changing(statement);
  const tables = [...original.objects.values()].filter(({kind}) => kind === 'table');
  const told = named.flatMap(({what, table, columns}) => {
    const existing = tables.find(({schema, name}) => isNamed(table, schema, name));
    const kept = columns?.some(column => existing && original.objects.has(partKey(existing, column))) ?? true;
    return existing && kept
      ? [loss(direction, 'existing', what, observed.range)]
      : direction === 'down' && !existing
        ? [loss(direction, 'since', what, observed.range)]
        : [];
  });
  return named.length > 0 ? told : byRows(observed, direction);
}

/** What functions, triggers and DO blocks delete is seen in the rows only. */
function byRows(
  {rows, command, range}: ObservedStatement,
  direction: DataLoss['direction'],
): readonly DataLoss[] {
  return rows
    .filter(({deleted}) => deleted > 0)
    .map(({relation}) => loss(direction, 'existing', `Rows of ${relation} that ${command} deletes.`, range));
}

interface Changing {
  readonly what: string;
  readonly table: QualifiedName;
  /** Of an UPDATE: what it sets. One that only fills new columns loses nothing. */
  readonly columns?: readonly string[];
}

function changing({kind, node}: Statement): readonly Changing[] {
  switch (kind) {
    case 'TruncateStmt':
      return list(node['relations']).flatMap(each =>
        on(field(each, 'RangeVar'), name => `All rows of ${name} (TRUNCATE).`),
      );
    case 'DeleteStmt':
      return on(node['relation'], name =>
        node['whereClause'] ? `Rows of ${name} that DELETE finds.` : `All rows of ${name} (DELETE).`,
      );
    case 'UpdateStmt':
      return on(node['relation'], name => `Values in ${name} that UPDATE replaces.`).map(change => ({
        ...change,
        columns: list(node['targetList']).flatMap(each => text(field(each, 'ResTarget')['name']) ?? []),
      }));
    default:
      return [];
  }
}

function on(relation: unknown, say: (name: string) => string): readonly Changing[] {
  const table = relationOf(relation);
  return table ? [{what: say(written(table)), table}] : [];
}

function isNamed(table: QualifiedName, schema: string | undefined, name: string): boolean {
  return table.name === name && (table.schema === undefined || table.schema === schema);
}

function partKey({schema, name}: SchemaObject, column: string): string {
  return identityOf('column', {
    name: column,
    of: {kind: 'table', name, ...(schema === undefined ? {} : {schema})},
  }).key;
}

function loss(
  direction: DataLoss['direction'],
  grade: DataLoss['grade'],
  what: string,
  at: FileRange | undefined,
): DataLoss {
  return {direction, grade, what, ...(at ? {at} : {})};
}
