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
 * @returns the statements that turn a database with schema `from` into one with schema `to`, in the order in which they
 *   have to run, and what no statement is written for
 * @example
 * reconcile({from: live, to: expected}).statements.map(({sql}) => sql);
 * // ['ALTER TABLE public.orders ADD COLUMN note text']
 */
export function reconcile(request: ReconcileRequest): Reconciliation {
  const {to, comparison, only, options = {}} = request;
  const renames = renamed(request);
  const {from} = renames;
  const all = intentsOf({from, to, comparison, renamed: renames.keys});
  const intents = only ? narrow(all, only, from, to) : all;
  if (isNothing(intents))
    return {statements: renames.statements, leftOut: orderRemarks(from, to, intents, request)};
  const partitions = leavePartitions(intents, from, to);
  const context: WriteContext = {
    from,
    to,
    versionNumber: Math.min(from.versionNumber, to.versionNumber),
    safe: options.safe ?? true,
    otherRoles: comparison?.otherRoles ?? false,
    creates: key => intents.creates.has(key),
    drops: key => intents.drops.has(key),
  };
  const {steps, leftOut} = stepsOf(displace(intents, writers, context), writers, context);
  const statements = inOrder(steps, followingRank).flatMap(statement => statement ?? []);
  return {
    statements: checkedBodies([...renames.statements, ...statements], intents),
    leftOut: [...partitions, ...leftOut, ...orderRemarks(from, to, intents, request)],
  };
}

function isNothing({creates, drops, changes}: Intents): boolean {
  return creates.size === 0 && drops.size === 0 && changes.size === 0;
}
