import type {ReconcilingStatement} from '../reconciliation.ts';
import type {Intents} from './intents.ts';

/**
 * PostgreSQL looks at a body when a function is made, but notes no dependencies of a body that is a string: one that
 * uses what only comes after it is made without that look.
 */
export function checkedBodies(
  statements: readonly ReconcilingStatement[],
  {creates, changes}: Pick<Intents, 'creates' | 'changes'>,
): readonly ReconcilingStatement[] {
  const made = new Map<string, number>();
  for (const [at, {about}] of statements.entries())
    for (const key of about) {
      const object = creates.get(key);
      if (object && !made.has(object.name)) made.set(object.name, at);
    }
  return statements.flatMap((statement, at) => {
    const body = statement.about.flatMap(key => {
      const object = creates.get(key) ?? changes.get(key)?.after;
      return object?.kind === 'function' && checked.has(object.attributes.language)
        ? (object.attributes.body ?? '')
        : [];
    });
    const words = body.join(' ').match(/[\p{L}_][\p{L}\p{N}_$]*/gu) ?? [];
    if (!statement.sql.startsWith('CREATE ') || !words.some(word => (made.get(word) ?? at) > at))
      return statement;
    const about = statement.about;
    return [
      {
        sql: 'SET check_function_bodies = off',
        transaction: 'inside',
        about,
        note: 'The body uses what is made further down.',
      },
      statement,
      {sql: 'RESET check_function_bodies', transaction: 'inside', about},
    ];
  });
}

/** Languages whose validators look up what a body uses. */
const checked = new Set(['sql', 'plpgsql']);
