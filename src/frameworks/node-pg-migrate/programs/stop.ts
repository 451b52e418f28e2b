import type {Plan, Step, StepReport} from '../../../core/migrations/plan.ts';
import {fail} from '../../../core/outcome.ts';
import type {Parser} from '../../../core/sql/parser.ts';
import type {Aftermath, Stop} from '../../shared/run-words.ts';
import type {Progress} from './progress.ts';
import {failureOf, placeOfTrouble} from './trouble-place.ts';

interface Around {
  readonly files: ReadonlyMap<string, string>;
  readonly parser: Parser;
  /** The user has cancelled. */
  readonly aborted: boolean;
}

/** @returns why a run ended early, and what is left of it; nothing where it did not */
export async function stopOf(
  plan: Plan,
  progress: Progress,
  done: readonly StepReport[],
  {files, parser, aborted}: Around,
): Promise<Stop | undefined> {
  if (progress.finished) return undefined;
  const {stopped, outside} = progress;
  const behind = plan.steps[progress.done.length];
  const step = (stopped && plan.steps.find(named(stopped))) ?? behind ?? plan.steps.at(-1);
  if (!step) return undefined;
  const kept = outside?.name === step.migration.id ? outside.kept : undefined;
  if (aborted) {
    const {failure} = fail('cancelled', 'Cancelled.');
    return {step, failure, aftermath: aftermathOf(done, kept)};
  }
  const trouble = stopped?.trouble ?? {message: 'the program ended', lost: true};
  const at = await placeOfTrouble(trouble, step, files, parser);
  const failure = failureOf(trouble);
  const aftermath: Aftermath =
    failure.reason === 'connection-lost' ? {kind: 'unknown'} : aftermathOf(done, kept);
  return {step, failure, aftermath, ...(at === undefined ? {} : {at})};
}

/** A file that cannot be loaded is not begun, and only its path is known. */
function named({name, trouble}: NonNullable<Progress['stopped']>): (step: Step) => boolean {
  return ({migration, path}) => (name === undefined ? path === trouble?.path : migration.id === name);
}

/** @param kept queries of the failing migration that were done, where it ran outside of a transaction */
function aftermathOf(done: readonly StepReport[], kept: number | undefined): Aftermath {
  if (kept !== undefined) return kept > 0 ? {kind: 'pieces-kept', kept} : {kind: 'outside-transaction'};
  return {kind: done.length > 0 ? 'rolled-back' : 'run-rolled-back'};
}
