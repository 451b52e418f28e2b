import {each, type Turns} from '../../turns.ts';
import type {ReconcilingStatement} from '../reconciliation.ts';
import type {Intents} from './intents.ts';

/**
 * PostgreSQL looks at a body when a function is made, but notes no dependencies of a body that is a string: one that
 * uses what only comes after it is made without that look.
 */
export function* checkedBodies(
  statements: readonly ReconcilingStatement[],
  {creates, changes}: Pick<Intents, 'creates' | 'changes'>,
): Turns<readonly ReconcilingStatement[]> {
  const made = new Map<string, number>();
  yield* each(statements.entries(), ([at, {about}]) => {
    for (const key of about) {
      const object = creates.get(key);
      if (object && !made.has(object.name)) made.set(object.name, at);
    }
  });
  const all: ReconcilingStatement[] = [];
  yield* each(statements.entries(), ([at, statement]) => {
    const body = statement.about.flatMap(key => {
      const object = creates.get(key) ?? changes.get(key)?.after;
      return object?.kind === 'function' && checked.has(object.attributes.language)
        ? (object.attributes.body ?? '')
        : [];
    });
    const words = body.join(' ').match(/[\p{L}_][\p{L}\p{N}_$]*/gu) ?? [];
    const {sql, about} = statement;
    const ahead = sql.startsWith('CREATE ') && words.some(word => (made.get(word) ?? at) > at);
    if (ahead) all.push({...lookAway, about}, statement, {...lookAgain, about});
    else all.push(statement);
  });
  return all;
}

/** Languages whose validators look up what a body uses. */
const checked = new Set(['sql', 'plpgsql']);

const lookAway = {
  sql: 'SET check_function_bodies = off',
  transaction: 'inside',
  note: 'The body uses what is made further down.',
} as const;
const lookAgain = {sql: 'RESET check_function_bodies', transaction: 'inside'} as const;
