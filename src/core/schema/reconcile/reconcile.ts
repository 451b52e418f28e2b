import {inTurns, type Turns} from '../../turns.ts';
import {gatherParts} from '../definition/parts.ts';
import type {Reconciliation} from '../reconciliation.ts';
import {checkedBodies} from './bodies.ts';
import {displace} from './displacement.ts';
import {leavePartitions} from './fixed.ts';
import {intentsOf, type Intents} from './intents.ts';
import {narrow} from './only.ts';
import {inOrder} from './order.ts';
import {orderRemarks} from './column-order.ts';
import type {ReconcileRequest} from './reconcile-request.ts';
import {renamed} from './renames.ts';
import {followingRank} from './ranks.ts';
import {stepsOf} from './steps.ts';
import type {WriteContext} from './writer.ts';
import {writers} from './writers.ts';

/**
 * @param pause called now and then, so that nobody is held up
 * @returns the statements that turn a database with schema `from` into one with schema `to`, in the order in which they
 *   have to run, and what no statement is written for
 * @example
 * (await reconcile({from: live, to: expected})).statements.map(({sql}) => sql);
 * // ['ALTER TABLE public.orders ADD COLUMN note text']
 */
export function reconcile(request: ReconcileRequest, pause?: () => Promise<void>): Promise<Reconciliation> {
  return inTurns(reconciliation(request), pause);
}

function* reconciliation(request: ReconcileRequest): Turns<Reconciliation> {
  const {to, comparison, only, options = {}} = request;
  const renames = yield* renamed(request);
  const {from} = renames;
  yield* gatherParts(from);
  yield* gatherParts(to);
  const all = yield* intentsOf({from, to, comparison, renamed: renames.keys});
  const intents = only ? yield* narrow(all, only, from, to) : all;
  if (isNothing(intents))
    return {statements: renames.statements, leftOut: yield* orderRemarks(from, to, intents, request)};
  const partitions = yield* leavePartitions(intents, from, to);
  const context: WriteContext = {
    from,
    to,
    versionNumber: Math.min(from.versionNumber, to.versionNumber),
    safe: options.safe ?? true,
    otherRoles: comparison?.otherRoles ?? false,
    creates: key => intents.creates.has(key),
    drops: key => intents.drops.has(key),
  };
  const displaced = yield* displace(intents, writers, context);
  const {steps, leftOut} = yield* stepsOf(displaced, writers, context);
  const ordered = yield* inOrder(steps, followingRank);
  const statements = ordered.filter(statement => statement !== undefined);
  return {
    statements: yield* checkedBodies([...renames.statements, ...statements], intents),
    leftOut: [...partitions, ...leftOut, ...(yield* orderRemarks(from, to, intents, request))],
  };
}

function isNothing({creates, drops, changes}: Intents): boolean {
  return creates.size === 0 && drops.size === 0 && changes.size === 0;
}
