import type {ReconcilingStatement} from '../reconciliation.ts';

/** @returns what a migration is about, in words that a file name can be made of. */
export function titleOf(statements: readonly ReconcilingStatement[]): string {
  const keys = [...new Set(statements.flatMap(({about}) => about))];
  const [only, ...others] = keys;
  const words = only !== undefined && others.length === 0 ? nameOf(only) : wholesOf(keys);
  if (statements.every(({apart}) => apart)) return `validate ${words}`;
  return `${others.length === 0 ? verbOf(statements) : 'change'} ${words}`;
}

function verbOf(statements: readonly ReconcilingStatement[]): string {
  const verbs = new Set(statements.map(({sql}) => /^(CREATE|DROP|REINDEX) /.exec(sql)?.[1] ?? 'CHANGE'));
  const [first = 'CHANGE'] = verbs;
  if (verbs.has('CREATE') && !verbs.has('DROP')) return 'create';
  return verbs.size === 1 ? first.toLowerCase() : 'change';
}

/** Kind and name, without the schema. */
function nameOf(key: string): string {
  const {kind, name} = splitKey(key);
  return plain(`${kind} ${name.replace(schema, '')}`);
}

function wholesOf(keys: readonly string[]): string {
  const [first = '', second, ...others] = new Set(keys.map(wholeOf));
  if (second === undefined) return first;
  return others.length === 0 ? `${first} and ${second}` : `${first} and ${others.length + 1} more`;
}

/** Of a column and the like, its table. */
function wholeOf(key: string): string {
  const {kind, name} = splitKey(key);
  const own = name.replace(schema, '');
  return parts.has(kind)
    ? plain(part.exec(own)?.[0] ?? own)
    : plain(`${kind === 'table' ? '' : kind} ${own}`);
}

function splitKey(key: string): {readonly kind: string; readonly name: string} {
  const at = key.search(/ (?:[^ ]*[."(]|[^ ]+$)/);
  return {kind: key.slice(0, at), name: key.slice(at + 1)};
}

const parts = new Set(['column', 'constraint', 'trigger', 'rule', 'policy']);
const part = /^(?:"(?:[^"]|"")*"|[^."(]+)/;
const schema = /^(?:"(?:[^"]|"")*"|[^."(]+)\./;

function plain(words: string): string {
  return words.replaceAll(/[^\p{L}\p{N}_]+/gu, ' ').trim();
}
