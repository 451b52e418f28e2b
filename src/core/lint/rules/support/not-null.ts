import {wordsIn} from '../../engine/words.ts';
import type {Relation} from '../../model/schema.ts';
import {quoteIdentifier} from '../../../sql/quote.ts';
import {unwrapped} from './unwrapped.ts';

/**
 * Whether PostgreSQL reads no table to know that a column has no NULL: it is NOT NULL, or a valid CHECK says so.
 * Source: `NotNullImpliedByRelConstraints` in src/backend/commands/tablecmds.c of PostgreSQL
 */
export function isNotNull(relation: Relation | undefined, column: string): boolean {
  const constraints = [...(relation?.constraints.values() ?? [])];
  const waits = constraints.some(
    ({kind, valid, columns}) => kind === 'not null' && !valid && columns[0] === column,
  );
  if (relation?.columns.get(column)?.notNull === true && !waits) return true;
  return constraints.some(
    ({kind, valid, expression = ''}) => kind === 'check' && valid && saysNotNull(expression, column),
  );
}

/** @returns the name of a CHECK that would say so, were it validated */
export function waitingCheck(relation: Relation | undefined, column: string): string | undefined {
  return [...(relation?.constraints.values() ?? [])].find(
    ({kind, valid, expression = ''}) => kind === 'check' && !valid && saysNotNull(expression, column),
  )?.name;
}

/** One of the conditions that AND joins is `column IS NOT NULL`, or `NOT (column IS NULL)`. */
function saysNotNull(expression: string, column: string): boolean {
  const plain = column === column.toLowerCase() ? [column.toUpperCase()] : [];
  const names = [...plain, quoteIdentifier(column)];
  return conditionsIn(wordsIn(expression).map(({text}) => text)).some(words => {
    const said = words.join(' ');
    return names.some(name =>
      [`${name} IS NOT NULL`, `NOT ( ${name} IS NULL )`, `NOT ${name} IS NULL`].includes(said),
    );
  });
}

function conditionsIn(words: readonly string[]): readonly (readonly string[])[] {
  const inside = unwrapped(words);
  const parts: string[][] = [[]];
  let depth = 0;
  for (const word of inside) {
    if (word === '(') depth += 1;
    if (word === ')') depth -= 1;
    if (word === 'OR' && depth === 0) return [inside];
    if (word === 'AND' && depth === 0) parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts.length > 1 ? parts.flatMap(conditionsIn) : [inside];
}
