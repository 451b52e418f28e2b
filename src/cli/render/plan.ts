import type {Plan, PlanWarning, Step} from '../../core/migrations/plan.ts';
import type {Paint} from '../paint.ts';
import {table, type Cell} from './table.ts';

/** @returns the files in the order in which they will run, then what to know before */
export function renderPlan(plan: Plan, showPath: (path: string) => string, paint: Paint): string {
  const rows = plan.steps.map((step, index): readonly Cell[] => [
    {text: `${index + 1}.`.padStart(4)},
    {text: step.direction, paint: text => paint(step.direction === 'up' ? 'green' : 'yellow', text)},
    {text: name(step)},
    {text: step.path === undefined ? '(no file)' : showPath(step.path), paint: text => paint('dim', text)},
  ]);
  const warnings = plan.warnings.map(
    warning => `${paint('yellow', 'warning:')} ${describeWarning(warning, plan)}\n`,
  );
  return table(rows) + warnings.join('');
}

/** @returns such as `000012 add orders` */
export function name({migration}: Step): string {
  return migration.title === '' ? migration.label : `${migration.label} ${migration.title}`;
}

/** @returns what to know before, in one sentence that says which step it is about */
export function describeWarning(warning: PlanWarning, plan: Plan): string {
  const at = (index: number): string => {
    const step = plan.steps[index];
    return step ? `${name(step)} (${step.direction})` : `Step ${index + 1}`;
  };
  switch (warning.kind) {
    case 'missing-file':
      return `${at(warning.step)} has no file: the version moves and nothing runs.`;
    case 'empty-file':
      return `${at(warning.step)} is empty: the version moves and nothing runs.`;
    case 'never-runs':
      return `${warning.migration.label} ${warning.migration.title} is older than the current version: it will never run.`;
    case 'splits-inside-quotes':
      return `${at(warning.step)}: multi-statement mode splits at a ";" inside a quoted text or a comment.`;
    case 'concurrently-with-others':
      return `${at(warning.step)} has CONCURRENTLY beside other statements: PostgreSQL refuses it in a transaction block.`;
    case 'concurrently-in-transaction':
      return `${at(warning.step)} has CONCURRENTLY and runs in a transaction, where PostgreSQL refuses it.`;
    case 'several-sections':
      return `${at(warning.step)} has several blocks, each committed by itself: it may end half-applied.`;
    default:
      return warning satisfies never;
  }
}
