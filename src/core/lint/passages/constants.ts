import type {ProgramToken} from './program.ts';
import {closingOf} from './program.ts';

/**
 * @returns what a name is set to by the last assignment before an index that sets it to a string; nothing where there
 * is none
 */
export function constantNamed(
  tokens: readonly ProgramToken[],
  name: string,
  before: number,
): readonly ProgramToken[] | undefined {
  for (let index = Math.min(before, tokens.length) - 2; index >= 0; index -= 1) {
    if (tokens[index]?.text !== name || tokens[index]?.kind !== 'name') continue;
    const value = valueBehind(tokens, index + 1);
    if (value) return value;
  }
  return undefined;
}

function valueBehind(tokens: readonly ProgramToken[], equals: number): readonly ProgramToken[] | undefined {
  if (tokens[equals]?.text !== '=' || tokens[equals + 1]?.text === '=') return undefined;
  const value: ProgramToken[] = [];
  for (let index = equals + 1; index < tokens.length; index += 1) {
    const token = tokens[index];
    // Python ends an expression with its line, JavaScript mostly; a plus carries it over.
    const goesOn = value.length === 0 || tokens[index - 1]?.text === '+' || token?.text === '+';
    if (!token || token.text === ';' || (token.beginsLine && !goesOn)) break;
    const end = '([{'.includes(token.text) ? closingOf(tokens, index) : index;
    value.push(...tokens.slice(index, end + 1));
    index = end;
  }
  return value.some(({kind}) => kind === 'string') ? value : undefined;
}
