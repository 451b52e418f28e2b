/** Why a line's variables cannot be replaced. */
export interface VariableProblem {
  readonly kind: 'undefined' | 'required' | 'unsupported';
  readonly name: string;
}

/** @returns the value of a variable */
export type Lookup = (name: string) => string | undefined;

const form =
  /\\\$|\$\$(?=[A-Za-z_])|\$(?<plain>[A-Za-z_]\w*)|\$\{(?<name>[A-Za-z_]\w*)(?:(?<operator>:?[-?])(?<word>[^{}$]*))?\}|\$/g;

/**
 * Replaces `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME?}` and `${NAME:?}` as goose does between ENVSUB
 * ON and OFF; `$$NAME` and a dollar behind a backslash stand for a dollar.
 * Source: https://pressly.github.io/goose/documentation/environment-variables/
 * @param report called for a variable that nothing defines, where the tool puts nothing, and for other forms
 */
export function replaceVariables(
  line: string,
  lookup: Lookup,
  report: (problem: VariableProblem) => void,
): string {
  return line.replaceAll(form, (written: string, ...rest: unknown[]) => {
    const groups = rest.at(-1);
    if (written === String.raw`\$` || written === '$$') return '$';
    const {plain, name = plain, operator, word} = groupsOf(groups);
    if (name === undefined) {
      report({kind: 'unsupported', name: written});
      return written;
    }
    const value = lookup(name);
    const lacks = operator?.startsWith(':') ? value === undefined || value === '' : value === undefined;
    if (!lacks) return value ?? '';
    if (operator?.endsWith('-')) return word ?? '';
    report({kind: operator === undefined ? 'undefined' : 'required', name});
    return '';
  });
}

type Groups = Readonly<Partial<Record<'plain' | 'name' | 'operator' | 'word', string>>>;

function groupsOf(groups: unknown): Groups {
  if (typeof groups !== 'object' || groups === null) return {};
  const texts = Object.entries(groups).filter(([, text]) => typeof text === 'string');
  return Object.fromEntries(texts);
}
