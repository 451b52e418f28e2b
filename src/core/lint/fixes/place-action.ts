import type {LintFile, PlacedStatement} from '../file.ts';
import type {Step} from '../remedy.ts';
import type {Action} from '../statement.ts';
import {field, text} from '../../sql/objects.ts';
import {placeSteps, type Placed} from './place-steps.ts';

/** Takes an action out of a list of them, and puts steps behind the others; they take its place where it is alone. */
export function placeActionSteps(
  index: number,
  steps: readonly Step[],
  placed: PlacedStatement,
  file: LintFile,
): Placed | undefined {
  const {actions, sql} = placed.statement;
  const action = actions[index];
  if (!action) return undefined;
  const others = actions.filter(each => each !== action);
  if (others.length === 0) return placeSteps(steps, placed, file);
  const name = nameOf(action);
  if (name !== undefined && others.some(({start, end}) => mentions(sql.slice(start, end), name)))
    return undefined;
  const rest = without(sql, actions, index);
  return placeSteps([{sql: rest, how: 'any', title: '', undo: ''}, ...steps], placed, file);
}

/** The action goes with the comma behind it, the last one with the comma before it. */
function without(sql: string, actions: readonly Action[], index: number): string {
  const [before, action, next] = [actions[index - 1], actions[index], actions[index + 1]];
  if (next) return `${sql.slice(0, action?.start)}${sql.slice(next.start)}`;
  return `${sql.slice(0, before?.end)}${sql.slice(action?.end)}`;
}

/** What the action makes or changes: another one that names it has to come behind it. */
function nameOf({node}: Action): string | undefined {
  const definition = node['def'];
  return (
    text(node['name']) ??
    text(field(definition, 'Constraint')['conname']) ??
    text(field(definition, 'ColumnDef')['colname'])
  );
}

function mentions(clause: string, name: string): boolean {
  return clause
    .toLowerCase()
    .split(/[^\w\u0080-\uffff$]+/)
    .includes(name.toLowerCase());
}
