import * as z from 'zod';
import {shapeOf} from '../../core/explain/compare.ts';
import {numberField} from '../../core/explain/fields.ts';
import {planOfJson} from '../../core/explain/parse-json.ts';
import type {ExplainedPlan} from '../../core/explain/plan.ts';
import {nodesOf, stringOf} from '../../core/explain/syntax-tree.ts';
import type {WhatIfPorts, WhatIfRequest, WhatIfResult} from '../../core/explain/what-if.ts';
import {readIndexDefinition, type IndexDefinition} from '../../core/explain/what-if-definition.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Signal} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {planWithHypotheticalIndex} from './hypopg.ts';
import {readPlannerSchema, type PlannerSchema} from './schema-for-what-if.ts';
import {nullsSql, touchedSql} from './sql/what-if-read.ts';
import {withPrepared} from './prepared.ts';
import {rolledBack} from './transaction.ts';
import {explainJson} from './what-if-explain.ts';
import {rowsIn} from './what-if-rows.ts';
import type {UsedNames} from './what-if-objects.ts';
import {indexedTable, planWithStatistics, type EmbeddedPlans} from './what-if-statistics.ts';

/**
 * Plans a statement without and with an index that is not there. Nothing is executed, and nothing is kept. HypoPG
 * answers where it is installed; elsewhere an embedded PostgreSQL 18 does, with the statistics, sizes and settings of
 * the server.
 *
 * Failures: `invalid-input` and `sql` for the definition, `sql` for the statement, `unsupported` for what the embedded
 * server cannot imitate, and those of the sessions.
 */
export async function whatIf(
  ports: WhatIfPorts,
  request: WhatIfRequest,
  signal?: Signal,
): Promise<Outcome<WhatIfResult>> {
  const index = await readIndexDefinition(ports.parser, request.definition);
  if (!index.ok) return index;
  const {text: definition, name} = index.value;
  const asked = await planWithHypotheticalIndex(ports.session, {...request, definition, name}, signal);
  if (!asked.ok) return asked;
  const {value} = asked;
  switch (value.kind) {
    case 'plans': {
      const {before, after, bytes, version} = value;
      const notes = [`Planned by the server itself with HypoPG ${version}; the index was not built.`];
      return ok({before, after, how: 'hypopg', notes, definition, bytes});
    }
    case 'not-installed':
      return embedded(ports, request, {index: index.value, notes: notInstalled(value)}, signal);
    case 'refused':
      return embedded(
        ports,
        request,
        {index: index.value, notes: [`HypoPG has no such index: ${value.message}`]},
        signal,
      );
    default:
      return value satisfies never;
  }
}

function notInstalled({available}: {readonly available: boolean}): readonly string[] {
  return available
    ? [
        'HypoPG is available on the server but not installed: after CREATE EXTENSION hypopg the server itself answers.',
      ]
    : [];
}

interface Asked {
  readonly index: IndexDefinition;
  readonly notes: readonly string[];
}

async function embedded(
  {parser, session, openScratch}: WhatIfPorts,
  request: WhatIfRequest,
  {index, notes}: Asked,
  signal: Signal | undefined,
): Promise<Outcome<WhatIfResult>> {
  const own = await ownPlan(session, request, signal);
  if (!own.ok) return own;
  const names = await usedNames(parser, `${request.sql};${index.text}`);
  if (!names.ok) return names;
  const schema = await readPlannerSchema(session, own.value.touched, names.value, signal);
  if (!schema.ok) return schema;
  if (!indexedTable(index, schema.value)) return untouched(index);
  const scratch = await openScratch(signal);
  if (!scratch.ok) return scratch;
  try {
    const plans = await planWithStatistics(
      scratch.value,
      {
        plan: request,
        index,
        schema: schema.value,
        own: own.value.text,
        version: session.server.versionNumber,
      },
      signal,
    );
    if (!plans.ok) return plans;
    const {before, after, bytes} = plans.value;
    const versions = {server: session.server.version, embedded: scratch.value.session.server.version};
    return ok({
      before,
      after,
      how: 'statistics',
      notes: [
        ...notes,
        `Planned by the embedded PostgreSQL ${versions.embedded} with the statistics, sizes and planner settings of the server (PostgreSQL ${versions.server}); nothing was built or executed there.`,
        ...honesty(own.value.text, before),
        ...notesOn(schema.value, plans.value),
      ],
      definition: index.text,
      bytes,
    });
  } finally {
    await scratch.value.close();
  }
}

interface OwnPlan {
  readonly text: string;
  /** Oids of the relations that the statement reads or writes. */
  readonly touched: readonly number[];
}

const touchedRow = z.object({oid: z.coerce.number()});

/** The locks of the plan tell what it touches, and end with its transaction. */
async function ownPlan(
  session: WhatIfPorts['session'],
  request: WhatIfRequest,
  signal: Signal | undefined,
): Promise<Outcome<OwnPlan>> {
  return rolledBack(session, {readOnly: true, timeouts: request.timeouts, signal}, async () => {
    const text = await explainJson(session, request, signal);
    if (!text.ok) return text;
    const touched =
      request.mode === 'generic'
        ? await touchedByGeneric(session, request.sql, signal)
        : await rowsIn(session, {sql: touchedSql}, touchedRow, signal);
    return touched.ok ? ok({text: text.value, touched: touched.value.map(({oid}) => oid)}) : touched;
  });
}

/** A savepoint that is rolled back gives up its locks, so they are looked at before. */
function touchedByGeneric(
  session: WhatIfPorts['session'],
  sql: string,
  signal: Signal | undefined,
): Promise<Outcome<readonly z.infer<typeof touchedRow>[]>> {
  return withPrepared(session, sql, {signal}, async name => {
    const forced = await session.script('SET LOCAL plan_cache_mode = force_generic_plan');
    if (!forced.ok) return forced;
    const nulls = await session.texts(nullsSql, {params: [name]}, signal);
    if (!nulls.ok) return nulls;
    const planned = await session.script(`EXPLAIN EXECUTE ${name}${nulls.value[0] ?? ''}`, signal);
    return planned.ok ? rowsIn(session, {sql: touchedSql}, touchedRow, signal) : planned;
  });
}

async function usedNames(parser: Parser, sql: string): Promise<Outcome<UsedNames>> {
  const parsed = await parser.parse(sql);
  if (!parsed.ok) return parsed;
  const nodes = parsed.value.flatMap(({node}) => nodesOf(node));
  const last = (value: unknown): readonly string[] => {
    const name = Array.isArray(value) ? stringOf(value.at(-1)) : undefined;
    return name === undefined ? [] : [name];
  };
  return ok({
    functions: [...new Set(nodes.flatMap(({node}) => last(node['funcname'])))],
    types: [...new Set(nodes.flatMap(({node}) => last(node['names'])))],
  });
}

function untouched({schema, table}: IndexDefinition): Outcome<never> {
  const name = schema === undefined ? table : `${schema}.${table}`;
  return fail('invalid-input', `The statement does not touch ${name}, so an index on it changes nothing.`, {
    advice: 'Name one of the tables in the plan.',
  });
}

/** Only an embedded planner that finds the server's own plan, at its cost, is worth being believed about another. */
function honesty(server: string, here: string): readonly string[] {
  const [theirs, ours] = [plansIn(server), plansIn(here)];
  const [first, second] = [costOf(theirs), costOf(ours)];
  const costs = `cost ${second} here, ${first} on the server`;
  if (theirs.map(shapeOf).join() !== ours.map(shapeOf).join())
    return [
      `The embedded planner does not choose the server's plan even without the index (${costs}), so what it says of the index may not hold on the server.`,
    ];
  if (Math.abs(second - first) > first * tolerance)
    return [
      `Without the index the embedded planner chooses the server's own plan, but not at its cost (${costs}), so compare the two plans shown here, and neither with the server's.`,
    ];
  return [`Without the index the embedded planner chooses the server's own plan (${costs}).`];
}

/** Part of the cost by which two planners may differ. */
const tolerance = 0.1;

function plansIn(text: string): readonly ExplainedPlan[] {
  const plans = planOfJson(JSON.parse(text), text);
  return plans.ok ? plans.value : [];
}

function costOf(plans: readonly ExplainedPlan[]): number {
  const total = plans.reduce((sum, {root}) => sum + (numberField(root, 'Total Cost') ?? 0), 0);
  return Math.round(total * 100) / 100;
}

function notesOn(
  {relations}: PlannerSchema,
  {missing, lost, skipped, bytes}: EmbeddedPlans,
): readonly string[] {
  const named = (test: (relation: PlannerSchema['relations'][number]) => boolean): string =>
    relations
      .filter(test)
      .map(({schema, name}) => `${schema}.${name}`)
      .join(', ');
  const sentences: readonly (readonly [string, string])[] = [
    [
      named(each => each.unreadable && each.kind !== 'v'),
      'The statistics of these tables may not be read by this user, so they are missing: ',
    ],
    [
      named(each => each.rowSecurity && !each.unreadable),
      'Row security hides the statistics of these tables from this user, and its policies are not in force in the embedded server: ',
    ],
    [
      named(each => each.rows < 0 && 'rm'.includes(each.kind)),
      'Never analysed on the server, so neither planner knows their values: ',
    ],
    [
      missing.map(({what, why}) => `${what} (${why})`).join('; '),
      'Could not be made in the embedded server: ',
    ],
    [
      skipped.join(', '),
      'Left out, because only PostgreSQL 18 skips through an index whose first column has no condition: ',
    ],
    [lost.join(', '), 'Statistics that could not be taken over: '],
  ];
  return [
    ...sentences.flatMap(([names, words]) => (names === '' ? [] : [`${words}${names}.`])),
    ...(bytes === null
      ? ['The size of such an index depends on the values; half the bytes of its columns were assumed.']
      : []),
  ];
}
