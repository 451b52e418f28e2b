import type {ReconcilingStatement} from '../reconciliation.ts';

/** @returns what a migration is about, in words that a file name can be made of. */
export function titleOf(statements: readonly ReconcilingStatement[]): string {
  const keys = [...new Set(statements.flatMap(({about}) => about))];
  const [only, ...others] = keys;
  if (statements.every(({apart}) => apart)) return `validate ${wordsOf(keys)}`;
  if (only !== undefined && others.length === 0) return `${verbOf(statements)} ${nameOf(only)}`;
  return `change ${wordsOf(keys)}`;
}

function verbOf(statements: readonly ReconcilingStatement[]): string {
  const verbs = new Set(
    statements.map(({sql}) => /^(CREATE|DROP|REFRESH|REINDEX) /.exec(sql)?.[1] ?? 'CHANGE'),
  );
  const [first = 'CHANGE'] = verbs;
  return verbs.has('CREATE') && !verbs.has('DROP')
    ? 'create'
    : verbs.size === 1
      ? first.toLowerCase()
      : 'change';
}

/** Kind and name, without the schema. */
function nameOf(key: string): string {
  const [, kind = '', name = key] = /^([a-z ]+?) ((?:["\p{Lu}\p{N}_]|[^ ]*[."(]).*|[^ ]+)$/su.exec(key) ?? [];
  return plain(`${kind} ${name.replace(/^(?:"(?:[^"]|"")*"|[^."(]+)\./, '')}`);
}

function wordsOf(keys: readonly string[]): string {
  const tables = [...new Set(keys.map(key => plain(nameOf(key).split(' ').slice(0, 2).join(' '))))];
  const [first = '', second] = tables;
  if (tables.length === 1) return first;
  return tables.length === 2 && second !== undefined ? `${first} and ${second}` : `${keys.length} objects`;
}

function plain(words: string): string {
  return words.replaceAll(/[^\p{L}\p{N}_]+/gu, ' ').trim();
}
