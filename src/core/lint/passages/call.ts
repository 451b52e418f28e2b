import type {Call} from '../file.ts';
import {closingOf, type ProgramToken} from './program.ts';

/**
 * @param path index of the method's name
 * @param separator what stands behind each but the last, where it is no statement by itself
 * @returns where the call is, when it is all that is on its lines, so that another one can stand beside it
 */
export function callAt(
  tokens: readonly ProgramToken[],
  path: number,
  separator: string,
): Omit<Call, 'write'> | undefined {
  let first = path;
  while (!tokens[first]?.beginsLine && isPath(tokens[first - 1])) first -= 1;
  const begin = tokens[first];
  const close = closingOf(tokens, opensAt(tokens, path));
  const closing = tokens[close];
  if (!begin?.beginsLine || !closing) return undefined;
  const next = tokens[close + 1];
  const end = next?.text === ';' ? next.end : closing.end;
  const behind =
    next?.text === ';' || (separator !== '' && next?.text === separator) ? tokens[close + 2] : next;
  if (behind && !behind.beginsLine && behind.text !== '}') return undefined;
  return {start: begin.start, end, separator};
}

/** Behind the name, or behind what a tagged template does: `` sql`…`.execute(db) ``. */
function opensAt(tokens: readonly ProgramToken[], path: number): number {
  const isTag = tokens[path + 1]?.kind === 'string' && tokens[path + 2]?.text === '.';
  return isTag ? path + 4 : path + 1;
}

/** `await knex.schema`, `op.get_bind()`. */
function isPath(token: ProgramToken | undefined): boolean {
  if (token?.kind === 'name') return token.text !== 'return';
  return token?.kind === 'mark' && '.()'.includes(token.text);
}
