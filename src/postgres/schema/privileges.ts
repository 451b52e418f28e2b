import type {Privileges} from '../../core/schema/attributes.ts';

/**
 * @param acl items of an access control list as PostgreSQL writes them: `app=r*w/owner`, `=X/owner` for everybody
 * @returns sorted words of GRANT by grantee, whoever granted them
 * Source: https://www.postgresql.org/docs/18/ddl-priv.html#PRIVILEGE-ABBREVS-TABLE
 */
export function parsePrivileges(acl: readonly string[]): Privileges {
  const granted = new Map<string, Set<string>>();
  for (const item of acl) {
    const match = /^("(?:[^"]|"")*"|[^"=]*)=([a-zA-Z*]*)\//.exec(item);
    if (!match) throw new TypeError(`not an access control list item: ${item}`);
    const grantee = granteeOf(match[1] ?? '');
    const words = granted.get(grantee) ?? new Set();
    for (const [, letter = '', option = ''] of (match[2] ?? '').matchAll(/([a-zA-Z])(\*?)/g))
      words.add(`${wordOf(letter)}${option}`);
    granted.set(grantee, words);
  }
  return Object.fromEntries(
    [...granted]
      .filter(([, words]) => words.size > 0)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([grantee, words]) => [grantee, withoutWeaker(words)]),
  );
}

/** Two grantors may have given the same privilege, one of them so that it can be passed on. */
function withoutWeaker(words: ReadonlySet<string>): readonly string[] {
  return [...words].filter(word => !words.has(`${word}*`)).toSorted();
}

function granteeOf(text: string): string {
  if (text === '') return 'PUBLIC';
  const name = text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
  return name === 'PUBLIC' ? '"PUBLIC"' : name;
}

function wordOf(letter: string): string {
  const word = wordsByLetter[letter];
  if (word === undefined) throw new TypeError(`not a privilege: ${letter}`);
  return word;
}

const wordsByLetter: Readonly<Record<string, string>> = {
  r: 'SELECT',
  w: 'UPDATE',
  a: 'INSERT',
  d: 'DELETE',
  D: 'TRUNCATE',
  x: 'REFERENCES',
  t: 'TRIGGER',
  m: 'MAINTAIN',
  X: 'EXECUTE',
  U: 'USAGE',
  C: 'CREATE',
  T: 'TEMPORARY',
  c: 'CONNECT',
  s: 'SET',
  A: 'ALTER SYSTEM',
};
