import {afterStatements} from '../../situations.ts';
import type {LintFile} from '../../file.ts';
import type {Situation} from '../../rule.ts';
import type {Done} from '../../undo/parts.ts';

/** @returns the statements of the other direction, with the schema around each; none where that is not known */
export function doneByUp({counterpart}: LintFile): readonly Done[] {
  if (!counterpart?.before) return [];
  let before = counterpart.before;
  return counterpart.statements.map(statement => {
    const after = afterStatements(before, [statement], counterpart.path);
    const done = {statement, before, after};
    before = after;
    return done;
  });
}

/** @returns the statements of this direction, with the schema around each */
export function doneBy(situations: readonly Situation[]): readonly Done[] {
  return situations.map(({statement, before, after}) => ({statement, before, after}));
}
