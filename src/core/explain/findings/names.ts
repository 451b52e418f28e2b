import type {ColumnReference} from './expression.ts';
import type {Token} from './tokens.ts';

/** Words that stand for a value. */
export const words: ReadonlySet<string> = new Set(
  'true false NULL CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP LOCALTIME LOCALTIMESTAMP CURRENT_USER SESSION_USER'.split(
    ' ',
  ),
);

/** Words that go on with the name of a type. */
export const typeWords: ReadonlySet<string> = new Set([
  'varying',
  'precision',
  'with',
  'without',
  'time',
  'zone',
]);

/** ruleutils.c writes keywords in capitals, and quotes an identifier with capitals. */
export function isKeyword({kind, text}: Token): boolean {
  return kind === 'word' && /^[A-Z]/.test(text);
}

/** @returns the name without its quotes. */
export function nameOf({kind, text}: Token): string {
  return kind === 'name' ? text.slice(1, -1).replaceAll('""', '"') : text;
}

/** Names in tokens that nobody understood: those before a parenthesis are functions, those after `::` types. */
export function namesIn(tokens: readonly Token[]): readonly ColumnReference[] {
  return tokens.flatMap((token, index): ColumnReference[] => {
    if ((token.kind !== 'name' && token.kind !== 'word') || isKeyword(token)) return [];
    const [before, next] = [tokens[index - 1]?.text, tokens[index + 1]?.text];
    if (next === '(' || next === '.' || before === '::') return [];
    const owner = before === '.' ? tokens[index - 2] : undefined;
    const named = owner?.kind === 'name' || owner?.kind === 'word';
    return [{kind: 'column', name: nameOf(token), ...(owner && named ? {relation: nameOf(owner)} : {})}];
  });
}
