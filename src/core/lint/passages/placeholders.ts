/**
 * `template`: `{{ .X }}`, `${x}`, `{% if x %}`, `<%= x %>`, `@x@`. `brace`: `{x}`. `colon`: `:x`, `:'x'`, `:"x"`.
 * `percent`: `%s`, `%(x)s`. `question`: `?` and `??`.
 */
export type PlaceholderKind = 'template' | 'brace' | 'colon' | 'percent' | 'question';

export interface FoundPlaceholder {
  readonly end: number;
  /** As long as what it stands for. */
  readonly instead: string;
  /** It stands for a name or a value; otherwise for nothing at all, such as the end of a condition. */
  readonly isName: boolean;
}

interface Around {
  readonly kinds: readonly PlaceholderKind[];
  /** Tells the token before; empty at the beginning of a statement. */
  readonly before: () => string;
  /** In square brackets a colon is a slice's. */
  readonly inBrackets: boolean;
}

interface Shape {
  readonly kind: PlaceholderKind;
  readonly shape: RegExp;
  /** Also behind an operand it can be no SQL. */
  readonly anywhere: boolean;
}

/** No SQL has braces outside of quotes. What could be an operator counts only where no operator can stand. */
const shapes: readonly Shape[] = [
  {kind: 'template', shape: /\{\{[^]*?\}\}|\{%[^]*?%\}|\$\{[^{}]*\}/y, anywhere: true},
  {kind: 'template', shape: /<%[^]*?%>/y, anywhere: false},
  {kind: 'template', shape: /@[A-Za-z][\w.]*@(?=[.;,)_\w]|\s*$)/y, anywhere: true},
  {kind: 'brace', shape: /\{[^{}\n]*\}/y, anywhere: true},
  {
    kind: 'colon',
    shape: /:'[A-Za-z_]\w*'|:"[A-Za-z_]\w*"|:\{\?\w+\}|:[A-Za-z_]\w*:?(?![:=])/y,
    anywhere: true,
  },
  {kind: 'percent', shape: /%\(\w+\)s\b|%s\b/y, anywhere: false},
  {kind: 'question', shape: /\?\??(?![|&?])/y, anywhere: false},
];

/** @returns the placeholder that begins at an offset outside of quotes and comments */
export function placeholderAt(sql: string, at: number, around: Around): FoundPlaceholder | undefined {
  if (!'{$<@:%?'.includes(sql[at] ?? ' ')) return undefined;
  for (const {kind, shape, anywhere} of shapes) {
    if (!around.kinds.includes(kind) || (kind === 'colon' && isNoColon(sql, at, around))) continue;
    shape.lastIndex = at;
    const [written] = shape.exec(sql) ?? [];
    if (written === undefined || (!anywhere && isBehindOperand(around))) continue;
    return placeholder(sql, at, written);
  }
  return undefined;
}

function isNoColon(sql: string, at: number, {inBrackets}: Around): boolean {
  return inBrackets || sql[at - 1] === ':';
}

function isBehindOperand({before}: Around): boolean {
  const token = before();
  return /[\w\u0080-\uffff"')\]]$/.test(token) && !keywords.test(token);
}

/** Behind these an operand begins, so that no operator can stand there. */
const keywords =
  /^(?:select|where|and|or|not|in|set|values|then|else|when|by|on|from|into|update|table|as|limit|offset|like|ilike|is|using|returning|default|if|exists|join|only|to|between|having|distinct|all|any|view|index|schema|column|add|drop|alter|create|constraint|references|type)$/i;

function placeholder(sql: string, at: number, written: string): FoundPlaceholder {
  const end = at + written.length;
  if (/^:['"]/.test(written)) return {end, instead: `${written[1]}_${written.slice(2)}`, isName: true};
  const isName = !isDirective(sql, at, written);
  return {
    end,
    instead: isName ? nameFor(written, /[\w\u0080-\uffff]/.test(sql[end] ?? '')) : blank(written),
    isName,
  };
}

const controls =
  /^(?:\{\{-?\s*(?:if|else|end|range|with|define|block|template|comment|\/\*|[#/^!])|\{[%#]|<%(?![=-])|<%-\s*(?:if|end|else))/;

/** What controls the template, and what fills lines of its own, is no name. */
function isDirective(sql: string, at: number, written: string): boolean {
  if (controls.test(written)) return true;
  if (!/^(?:\{\{|\{%|<%)/.test(written)) return false;
  const before = sql.slice(sql.lastIndexOf('\n', at - 1) + 1, at);
  return (
    before.trim() === '' &&
    /^[^\S\n]*(?:\n|$|\r)/.test(sql.slice(at + written.length, at + written.length + 200))
  );
}

/** Longer names would be cut off by PostgreSQL and be called too long. */
const longestName = 40;

/**
 * @param joined the name goes on behind it
 * @returns a name of the same length, the same one for the same placeholder
 */
export function nameFor(written: string, joined: boolean): string {
  const line = written.split(/[\r\n]/)[0] ?? '';
  const name = line.slice(0, joined ? line.length : longestName).replaceAll(/\W/g, '_');
  const rest = blank(written.slice(name.length));
  return `${/^\d/.test(name) ? `_${name.slice(1)}` : name}${rest}`;
}

function blank(written: string): string {
  return written.replaceAll(/[^\r\n]/g, ' ');
}
