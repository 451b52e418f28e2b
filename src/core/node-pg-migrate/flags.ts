/** Short names of the tool's flags. */
const short: Readonly<Record<string, string>> = {
  d: 'database-url-var',
  f: 'config-file',
  j: 'migration-file-language',
  m: 'migrations-dir',
  s: 'schema',
  t: 'migrations-table',
};

/** Flags that take a value only if the next word is one: `--check-order false`. */
const booleans = new Set([
  'check-order',
  'create-migrations-schema',
  'create-schema',
  'decamelize',
  'dry-run',
  'fake',
  'lock',
  'reject-unauthorized',
  'single-transaction',
  'timestamp',
  'use-glob',
  'verbose',
]);

/**
 * The flags of each call of the tool in a command line, as a script of package.json has them.
 * @returns for each call the values by the flag's long name; none where the command does not call the tool
 */
export function flagsIn(command: string): readonly ReadonlyMap<string, readonly string[]>[] {
  const words = wordsOf(command);
  const calls: ReadonlyMap<string, readonly string[]>[] = [];
  for (const [index, word] of words.entries()) {
    if (!/(?:^|[\\/])node-pg-migrate(?:\.js)?$/.test(word)) continue;
    const rest = words.slice(index + 1);
    const end = rest.findIndex(each => /^(?:&&?|\|\|?|;)$/.test(each));
    calls.push(readFlags(end < 0 ? rest : rest.slice(0, end)));
  }
  return calls;
}

function readFlags(words: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const flags = new Map<string, string[]>();
  for (let index = 0; index < words.length; index += 1) {
    const {name, value} = flagOf(words[index] ?? '') ?? {};
    if (name === undefined) continue;
    const given = value === undefined ? valuesAfter(words, index, name) : [value];
    if (value === undefined) index += given.length;
    const [negated, plain] = name.startsWith('no-') ? ['false', name.slice(3)] : ['true', name];
    const values = given.length > 0 ? given : [negated];
    // What a shell fills in is not known here.
    const known = values.filter(each => !/[$%]/.test(each));
    if (known.length > 0)
      flags.set(plain, [...(plain === 'schema' ? (flags.get(plain) ?? []) : []), ...known]);
  }
  return flags;
}

function flagOf(word: string): {readonly name: string; readonly value?: string} | undefined {
  const [, long, longValue] = /^--([a-zA-Z][\w-]*)(?:=(.*))?$/s.exec(word) ?? [];
  if (long !== undefined) {
    const name = long.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
    return longValue === undefined ? {name} : {name, value: longValue};
  }
  const [, letter, rest] = /^-([a-z])=?(.*)$/s.exec(word) ?? [];
  const name = letter === undefined ? undefined : short[letter];
  if (name === undefined) return undefined;
  return rest === undefined || rest === '' ? {name} : {name, value: rest};
}

/** Several for `--schema`, which takes all words up to the next flag. */
function valuesAfter(words: readonly string[], index: number, name: string): readonly string[] {
  if (name.startsWith('no-')) return [];
  const following = words.slice(index + 1);
  const end = following.findIndex(word => word.startsWith('-'));
  const values = end < 0 ? following : following.slice(0, end);
  if (name === 'schema') return values;
  const first = values.slice(0, 1);
  return booleans.has(name) ? first.filter(word => word === 'true' || word === 'false') : first;
}

/** The words of a shell's command; quotes keep blanks together, operators are words of their own. */
function wordsOf(command: string): readonly string[] {
  const found = command.matchAll(/(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|(&&|\|\||[;&|])|([^\s"';&|]+))(\s*)/g);
  const words: string[] = [];
  let open = false;
  for (const [, double, single, operator, plain, blank] of found) {
    const text = double?.replaceAll(/\\(.)/g, '$1') ?? single ?? operator ?? plain ?? '';
    if (open && operator === undefined) words.push((words.pop() ?? '') + text);
    else words.push(text);
    open = operator === undefined && blank === '';
  }
  return words;
}
