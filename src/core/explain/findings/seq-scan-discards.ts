import {quoteIdentifier} from '../../sql/quote.ts';
import {textField} from '../fields.ts';
import type {Confidence} from '../finding.ts';
import {formatMs, formatRows, nodeTitle} from '../words.ts';
import type {PlanContext} from './context.ts';
import {type Check, type Draft} from './draft.ts';
import {
  adviseIndex,
  createAction,
  indexBasis,
  placeOf,
  shareOf,
  wordsOf,
  type IndexAdvice,
} from './index-advice.ts';
import {conjuncts} from './print.ts';
import {discardingScans, sureOf, keptInOnePass, type Discarding} from './scan.ts';
import {columnTest, type ColumnTest} from './tests.ts';

// Where other parts of the filter took rows away as well, the indexed part alone must leave no more than this.
const narrowEnough = 0.05;

/**
 * A sequential scan reads a table that is not small, and its filter throws at least nine rows of ten away, on columns
 * that no valid index begins with.
 * Source: https://www.postgresql.org/docs/current/using-explain.html ("Rows Removed by Filter") and
 * https://www.postgresql.org/docs/current/indexes-intro.html
 */
export const seqScanDiscards: Check = {
  id: 'seq-scan-discards',
  find: context => discardingScans(context, ['Seq Scan']).flatMap(scan => found(context, scan)),
};

function found(context: PlanContext, scan: Discarding): readonly Draft[] {
  const {tests, all} = testsOf(context, scan);
  const advice = adviseIndex(context, scan.node, tests);
  if (advice.kind === 'invalid') return [invalid(context, scan, advice)];
  if (advice.kind !== 'create' || !isWorthAnIndex(context, scan, tests, all)) return [];
  const {node} = scan;
  const confidence = sureOf(scan, confidenceOf(context, scan, all));
  return [
    {
      cause: `index ${placeOf(context, node, advice.keys)}`,
      nodes: [node.id],
      what: `Reads all of ${wordsOf(context, node)} to keep ${formatShare(scan.share)} of its rows`,
      why: whyOf(scan),
      fix: `Create an index on ${placeOf(context, node, advice.keys)}.`,
      confidence,
      basis: indexBasis(context, node, advice.keys),
      atStakeMs: scan.ms,
      actions: createAction(context, advice.proposal),
    },
  ];
}

function testsOf(
  context: PlanContext,
  {node}: Discarding,
): {readonly tests: readonly ColumnTest[]; readonly all: boolean} {
  const terms = conjuncts(context.condition(node, 'Filter'));
  const tests = terms.flatMap(term => columnTest(term, context.subjectOf(node)) ?? []);
  return {tests, all: tests.length === terms.length};
}

/**
 * An index finds rows one by one, so it has to leave fewer rows than the table has blocks. Where the filter has parts
 * that the index does not serve, the statistics have to say that the rest narrows enough.
 */
function isWorthAnIndex(
  context: PlanContext,
  scan: Discarding,
  tests: readonly ColumnTest[],
  all: boolean,
): boolean {
  if (scan.pages !== undefined && keptInOnePass(context, scan) > scan.pages) return false;
  if (all) return true;
  const share = shareOf(tests, context.tableOf(scan.node));
  return share !== undefined && share <= narrowEnough;
}

function confidenceOf(context: PlanContext, scan: Discarding, all: boolean): Confidence {
  if (!all) return 'likely';
  // At the default costs a random block costs four sequential ones: below that an index scan wins without a doubt.
  return scan.pages !== undefined && keptInOnePass(context, scan) * 4 <= scan.pages ? 'certain' : 'likely';
}

/** @returns the plan's numbers on a scan that throws rows away. */
export function whyOf({node, kept, removed, loops, ms, expected}: Discarding): string {
  const filter = shortened(textField(node, 'Filter') ?? '');
  if (expected)
    return `${nodeTitle(node)} would read ${formatRows(kept + removed)} rows and is expected to keep ${formatRows(kept)}. Filter: ${filter}`;
  const times = loops > 1 ? ` in ${formatRows(loops)} loops` : '';
  const took = ms === undefined ? '' : `, in ${formatMs(ms)}`;
  return `${nodeTitle(node)} read ${formatRows(kept + removed)} rows${times} and threw ${formatRows(removed)} of them away${took}. Filter: ${filter}`;
}

// A list of a thousand values tells no more than its beginning.
const longestCondition = 300;

/** @returns a condition that fits a sentence. */
export function shortened(condition: string): string {
  return condition.length <= longestCondition ? condition : `${condition.slice(0, longestCondition)}…`;
}

/** @returns `0.05 %`, or `none` */
export function formatShare(share: number): string {
  if (share === 0) return 'none';
  return share < 0.0001 ? 'less than 0.01 %' : `${Number((share * 100).toPrecision(2))} %`;
}

function invalid(
  context: PlanContext,
  scan: Discarding,
  {index, keys}: Extract<IndexAdvice, {readonly kind: 'invalid'}>,
): Draft {
  const name = `${quoteIdentifier(index.schema)}.${quoteIdentifier(index.name)}`;
  return {
    cause: `invalid index ${name}`,
    nodes: [scan.node.id],
    what: `The index ${index.name} would serve this scan, and is not valid`,
    why: whyOf(scan),
    fix: `Rebuild ${index.name} with REINDEX INDEX CONCURRENTLY, or drop it and create it again.`,
    confidence: 'certain',
    basis: `${index.name} on (${keys.join(', ')}) of ${wordsOf(context, scan.node)} has indisvalid = false: a CREATE INDEX CONCURRENTLY failed or has not ended.`,
    atStakeMs: scan.ms,
    actions: [{kind: 'show-sql', title: 'Rebuild the index', sql: `REINDEX INDEX CONCURRENTLY ${name};`}],
  };
}
