import type {FindingAction} from '../finding.ts';
import {formatRows, nodeTitle} from '../words.ts';
import {removedRows, type PlanContext} from './context.ts';
import {catalogNotAsked, matters, type Check, type Draft} from './draft.ts';
import type {Expression} from './expression.ts';
import {adviseIndex, createAction, placeOf, wordsOf, type IndexAdvice} from './index-advice.ts';
import {columnsIn, conjuncts, printExpression} from './print.ts';
import {discardingScans, sureOf, keptInOnePass, type Discarding} from './scan.ts';
import {shortened, whyOf} from './seq-scan-discards.ts';
import {columnTest} from './tests.ts';

/**
 * A filter with OR over several columns. PostgreSQL can combine one index for each arm (BitmapOr), and needs all of
 * them: an arm without an index makes it read the whole table. Across two tables no index helps at all.
 * Source: https://www.postgresql.org/docs/current/indexes-bitmap-scans.html
 */
export const orBlocksIndex: Check = {
  id: 'or-blocks-index',
  find: context => [
    ...discardingScans(context, ['Seq Scan']).flatMap(scan => inScan(context, scan)),
    ...inJoins(context),
  ],
};

type Creation = Extract<IndexAdvice, {readonly kind: 'create'}>;

function inScan(context: PlanContext, scan: Discarding): readonly Draft[] {
  const {node} = scan;
  const subject = context.subjectOf(node);
  const terms = conjuncts(context.condition(node, 'Filter'));
  const tests = terms.flatMap(term => columnTest(term, subject) ?? []);
  if (adviseIndex(context, node, tests).kind !== 'none') return [];
  const arms = terms.find(term => term.kind === 'or');
  if (arms?.kind !== 'or' || (scan.pages !== undefined && keptInOnePass(context, scan) > scan.pages))
    return [];
  const advice = arms.terms.map(arm =>
    adviseIndex(
      context,
      node,
      conjuncts(arm).flatMap(term => columnTest(term, subject) ?? []),
    ),
  );
  const missing = advice.filter((each): each is Creation => each.kind === 'create');
  const understood = advice.every(({kind}) => kind === 'create' || kind === 'exists');
  if (!understood || missing.length === 0) return [];
  return [draftOf(context, scan, distinct(missing), terms.length === 1)];
}

function distinct(missing: readonly Creation[]): readonly Creation[] {
  return [...new Map(missing.map(each => [each.keys.join(','), each])).values()];
}

function draftOf(
  context: PlanContext,
  scan: Discarding,
  missing: readonly Creation[],
  alone: boolean,
): Draft {
  const {node} = scan;
  const places = missing.map(({keys}) => placeOf(context, node, keys));
  return {
    cause: `or ${places.join(' ')}`,
    nodes: [node.id],
    what: `OR over columns that are not all indexed makes it read all of ${wordsOf(context, node)}`,
    why: whyOf(scan),
    fix: `Create ${places.length === 1 ? 'an index' : 'indexes'} on ${places.join(' and on ')}, so that every arm has one and a BitmapOr can combine them.`,
    confidence: sureOf(scan, alone ? 'certain' : 'likely'),
    basis: context.tableOf(node)
      ? `The catalog has no valid index for ${missing.length} of the arms.`
      : catalogNotAsked,
    atStakeMs: scan.ms,
    actions: missing.flatMap(({proposal}): readonly FindingAction[] => createAction(context, proposal)),
  };
}

// An OR join compares every pair of rows; fewer pairs than this are done in milliseconds.
const fewestPairs = 100_000;

function inJoins(context: PlanContext): readonly Draft[] {
  return context.plan.nodes.flatMap(node => {
    if (node.type !== 'Nested Loop' || !matters(context, context.selfMs(node))) return [];
    const removed = removedRows(context, node, 'Rows Removed by Join Filter');
    const condition = removed < fewestPairs ? undefined : context.condition(node, 'Join Filter');
    const arms = conjuncts(condition).find(isJoinOr);
    if (!arms) return [];
    return [
      {
        cause: `or join ${node.id}`,
        nodes: [node.id],
        what: 'OR in a join condition makes it compare every row with every row',
        why: `${nodeTitle(node)} threw ${formatRows(removed)} pairs of rows away. Join filter: ${shortened(printExpression(arms))}`,
        fix: 'Write one join for each arm and combine them with UNION (UNION ALL where no pair fits both arms).',
        confidence: 'likely',
        basis: 'Neither a hash nor a merge join can use a condition with OR.',
        atStakeMs: context.totalMs(node),
        actions: [],
      },
    ];
  });
}

/** Each arm joins two relations. */
function isJoinOr(term: Expression): boolean {
  if (term.kind !== 'or') return false;
  return term.terms.every(arm => new Set(columnsIn(arm).map(({relation}) => relation)).size >= 2);
}
