import * as z from 'zod';
import {fail, ok, type Failure, type Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import {quoteIdentifier} from '../../core/sql/quote.ts';
import type {ColumnStatistics, PlannerSchema, RelationFigures} from './schema-for-what-if.ts';
import {settingsSql} from './sql/what-if-read.ts';
import {restoreColumnSql, restoreIndexColumnSql, restoreRelationSql} from './sql/what-if-restore.ts';
import {restoreExtended} from './what-if-extended.ts';
import {rowsIn} from './what-if-rows.ts';

/** What could not be made, and why in the embedded server's words. */
export interface Missing {
  readonly what: string;
  readonly why: string;
}

interface Step {
  readonly what: string;
  readonly sql: string;
  readonly kind: 'needed' | 'helpful';
}

/**
 * Makes empty tables and everything around them in the open transaction of an embedded PostgreSQL 18.
 * @returns what of the helpful things is missing. Failures: `unsupported` when a table cannot be made
 */
export async function makeTables(
  scratch: Session,
  schema: PlannerSchema,
  signal?: Signal,
): Promise<Outcome<readonly Missing[]>> {
  const settled = await applySettings(scratch, schema, signal);
  if (!settled.ok) return settled;
  const impossible = schema.objects.flatMap(({what, statement}) =>
    statement === undefined ? [{what, why: 'it is not written in SQL'}] : [],
  );
  return runSteps(scratch, stepsOf(schema), impossible, signal);
}

function stepsOf({objects, relations, searchPath, indexes}: PlannerSchema): readonly Step[] {
  const names = [...objects, ...relations, ...indexes].map(({schema}) => schema);
  return [
    ...[...new Set([...names, ...searchPath])].map(name => ({
      what: `schema ${name}`,
      sql: `CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(name)}`,
      kind: 'helpful' as const,
    })),
    ...objects.flatMap(({what, statement}) =>
      statement === undefined ? [] : [{what, sql: statement, kind: 'helpful' as const}],
    ),
    ...relations.map(({schema, name, made}) => ({
      what: `${schema}.${name}`,
      sql: made.needed.join('\n'),
      kind: 'needed' as const,
    })),
    ...relations.flatMap(({schema, name, made}) =>
      made.helpful.map(sql => ({
        what: `a foreign key or extended statistics of ${schema}.${name}`,
        sql,
        kind: 'helpful' as const,
      })),
    ),
  ];
}

/** An order of everything is not known, so what fails is tried again as long as others succeed. */
async function runSteps(
  scratch: Session,
  steps: readonly Step[],
  impossible: readonly Missing[],
  signal: Signal | undefined,
): Promise<Outcome<readonly Missing[]>> {
  let left = steps;
  for (;;) {
    const failed: {readonly step: Step; readonly failure: Failure}[] = [];
    for (const step of left) {
      const made = await inSavepoint(scratch, () => scratch.script(step.sql, signal));
      if (made.ok) continue;
      if (scratch.transactionStatus() === 'gone' || made.failure.reason === 'cancelled') return made;
      failed.push({step, failure: made.failure});
    }
    if (failed.length > 0 && failed.length < left.length) {
      left = failed.map(({step}) => step);
      continue;
    }
    const missing = [
      ...impossible,
      ...failed.map(({step, failure}) => ({what: step.what, why: failure.message})),
    ];
    const lost = failed.find(({step}) => step.kind === 'needed');
    return lost ? cannotMake(lost.step.what, missing) : ok(missing);
  }
}

function cannotMake(what: string, missing: readonly Missing[]): Outcome<never> {
  const reasons = missing.map(each => `${each.what}: ${each.why}`).join('; ');
  return fail('unsupported', `The embedded PostgreSQL cannot have a table such as ${what} (${reasons}).`, {
    advice: 'Install HypoPG on the server (CREATE EXTENSION hypopg) and try again.',
  });
}

/** Runs what may fail without ending the transaction. */
async function inSavepoint<T>(scratch: Session, task: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  const marked = await scratch.script('SAVEPOINT step');
  if (!marked.ok) return marked;
  const done = await task();
  const closed = await scratch.script(done.ok ? 'RELEASE step' : 'ROLLBACK TO step; RELEASE step');
  return done.ok && !closed.ok ? closed : done;
}

/**
 * The planner's settings hold for the transaction. A step that the server's planner does not know yet is switched
 * off; a setting that 18 no longer has is left out.
 */
async function applySettings(
  scratch: Session,
  {settings, searchPath}: PlannerSchema,
  signal: Signal | undefined,
): Promise<Outcome<void>> {
  const present = await rowsIn(scratch, {sql: settingsSql}, setting, signal);
  if (!present.ok) return present;
  const theirs = new Map(settings.map(({name, value}) => [name, value]));
  const wanted = present.value.flatMap(({name, value: now}) => {
    const value = theirs.get(name) ?? (name.startsWith('enable_') ? 'off' : now);
    return value === now ? [] : [{name, value}];
  });
  const own = [{name: 'search_path', value: searchPath.map(quoteIdentifier).join(', ')}, ...fixedSettings];
  for (const {name, value} of [...wanted, ...own]) {
    const set = await inSavepoint(scratch, () => scratch.query(setSql, [name, value], signal));
    if (!set.ok && set.failure.server === undefined) return set;
  }
  return ok(undefined);
}

const setSql = 'SELECT pg_catalog.set_config($1, $2, true)';
const setting = z.object({name: z.string(), value: z.string()});
const fixedSettings = [
  {name: 'check_function_bodies', value: 'off'},
  {name: 'allow_system_table_mods', value: 'on'},
  // pages that were made by hand have no checksums
  {name: 'ignore_checksum_failure', value: 'on'},
  {name: 'client_min_messages', value: 'error'},
];

/** Puts the server's figures and statistics in place. @returns what could not be taken over */
export async function restoreStatistics(
  scratch: Session,
  {relations, indexes, statistics, extended}: PlannerSchema,
  signal?: Signal,
): Promise<Outcome<readonly string[]>> {
  for (const each of [...relations.filter(({kind}) => kind !== 'v'), ...indexes]) {
    const restored = await restoreFigures(scratch, each, signal);
    if (!restored.ok) return restored;
  }
  const combined = await inSavepoint(scratch, () => restoreExtended(scratch, extended, signal));
  if (!combined.ok && combined.failure.server === undefined) return combined;
  const lost = combined.ok
    ? [...extended.lost]
    : [...extended.lost, ...extended.data.map(({schema, name}) => `${schema}.${name}`)];
  for (const each of statistics) {
    const restored = await restoreColumn(scratch, each, signal);
    if (!restored.ok && restored.failure.server === undefined) return restored;
    if (!restored.ok || !restored.value) lost.push(`${each.schema}.${each.name}.${each.column}`);
  }
  return ok(lost);
}

const answer = z.object({done: z.boolean()});

/** @param figures of a table or an index */
export async function restoreFigures(
  scratch: Session,
  {
    schema,
    name,
    pages,
    rows,
    allVisible,
  }: Pick<RelationFigures, 'schema' | 'name' | 'pages' | 'rows' | 'allVisible'>,
  signal?: Signal,
): Promise<Outcome<void>> {
  const restored = await scratch.query(restoreRelationSql, [schema, name, pages, rows, allVisible], signal);
  return restored.ok ? ok(undefined) : restored;
}

async function restoreColumn(
  scratch: Session,
  each: ColumnStatistics,
  signal: Signal | undefined,
): Promise<Outcome<boolean>> {
  const sql = each.index ? restoreIndexColumnSql : restoreColumnSql;
  const values = [
    each.schema,
    each.name,
    each.index ? each.number : each.column,
    each.inherited,
    each.nullFraction,
    each.width,
    each.distinct,
    each.commonValues,
    each.commonFrequencies,
    each.histogram,
    each.correlation,
    each.commonElements,
    each.elementFrequencies,
    each.elementCounts,
    each.rangeLengths,
    each.emptyRanges,
    each.rangeBounds,
  ];
  const restored = await inSavepoint(scratch, () => scratch.query(sql, values, signal));
  return restored.ok ? ok(answer.parse(restored.value.rows[0]).done) : restored;
}
