import {grantee} from '../../definition/names.ts';
import type {Privileges} from '../../attributes.ts';
import type {Target} from '../writer.ts';

export interface PrivilegeSides {
  /** What is granted so far; absent for PostgreSQL's default. */
  readonly before: Privileges | undefined;
  readonly after: Privileges | undefined;
  /** Whose object it is when the statements run. */
  readonly owner: string | undefined;
  /** `server_version_num` of the server that they run on. */
  readonly versionNumber: number;
}

/** @returns the GRANTs and REVOKEs that lead from one to the other. Revoking comes first, so that less is lost by it. */
export function privilegeStatements(target: Target, sides: PrivilegeSides): readonly string[] {
  return changesOf(target, sides).map(({verb, words, option, to}) => {
    const what = privilegesOn(target, words);
    return verb === 'GRANT'
      ? `GRANT ${what} TO ${grantee(to)}${option ? ' WITH GRANT OPTION' : ''}`
      : `REVOKE ${option ? 'GRANT OPTION FOR ' : ''}${what} FROM ${grantee(to)}`;
  });
}

/** @returns what is revoked altogether, by grantee. */
export function privilegesTaken(target: Target, sides: PrivilegeSides): Privileges {
  const taken = changesOf(target, sides).filter(({verb, option}) => verb === 'REVOKE' && !option);
  return Object.fromEntries(taken.map(({to, words}) => [to, words]));
}

function changesOf(target: Target, sides: PrivilegeSides): readonly PrivilegeChange[] {
  const initial = initialPrivileges(target, sides);
  return privilegeChanges(sides.before ?? initial, sides.after ?? initial);
}

/** initdb gives more on `public` than CREATE SCHEMA does, and until 14 everybody may create there. */
function initialPrivileges({what, name}: Target, {owner, versionNumber}: PrivilegeSides): Privileges {
  if (what !== 'SCHEMA' || name !== 'public') return defaultPrivileges(what, owner, versionNumber);
  return versionNumber >= 150_000
    ? {[owner ?? 'pg_database_owner']: ['CREATE', 'USAGE'], PUBLIC: ['USAGE']}
    : {[owner ?? 'postgres']: ['CREATE', 'USAGE'], PUBLIC: ['CREATE', 'USAGE']};
}

interface PrivilegeChange {
  readonly verb: 'GRANT' | 'REVOKE';
  /** Only the right to pass them on, or with it. */
  readonly option: boolean;
  readonly words: readonly string[];
  readonly to: string;
}

export function privilegeChanges(before: Privileges, after: Privileges): readonly PrivilegeChange[] {
  const grantees = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  const changes = grantees.flatMap(to => {
    const had = new Set(before[to]);
    const has = new Set(after[to]);
    const without = (word: string): boolean => !has.has(word) && !has.has(`${word}*`);
    const words = [...new Set([...had].map(bare))];
    const revoked = words.filter(without);
    const demoted = words.filter(word => had.has(`${word}*`) && has.has(word));
    const added = [...has].filter(word => !had.has(word) && !(had.has(`${word}*`) && !word.endsWith('*')));
    const change = (verb: 'GRANT' | 'REVOKE', option: boolean, words: readonly string[]): PrivilegeChange[] =>
      words.length === 0 ? [] : [{verb, option, words: words.toSorted(), to}];
    return [
      ...change('REVOKE', false, revoked),
      ...change('REVOKE', true, demoted),
      ...change(
        'GRANT',
        false,
        added.filter(word => !word.endsWith('*')),
      ),
      ...change('GRANT', true, added.filter(word => word.endsWith('*')).map(bare)),
    ];
  });
  return [
    ...changes.filter(change => change.verb === 'REVOKE'),
    ...changes.filter(change => change.verb === 'GRANT'),
  ];
}

/**
 * @returns what everybody has on such an object that nobody has granted anything on
 * Source: `acldefault` and https://www.postgresql.org/docs/18/ddl-priv.html#PRIVILEGES-SUMMARY-TABLE
 */
export function defaultPrivileges(
  what: string,
  owner: string | undefined,
  versionNumber: number,
): Privileges {
  if (what === 'COLUMN') return {};
  const everybody = everybodysWords[what];
  const words = relations.has(what)
    ? relationWords(versionNumber)
    : (ownersWords[what] ?? everybody ?? ['USAGE']);
  return {...(owner === undefined ? {} : {[owner]: words}), ...(everybody ? {PUBLIC: everybody} : {})};
}

const relations = new Set(['TABLE', 'FOREIGN TABLE', 'VIEW', 'MATERIALIZED VIEW']);

const everybodysWords: {readonly [what: string]: readonly string[]} = {
  FUNCTION: ['EXECUTE'],
  PROCEDURE: ['EXECUTE'],
  AGGREGATE: ['EXECUTE'],
  TYPE: ['USAGE'],
  DOMAIN: ['USAGE'],
  LANGUAGE: ['USAGE'],
  DATABASE: ['CONNECT', 'TEMPORARY'],
};

const ownersWords: {readonly [what: string]: readonly string[]} = {
  SEQUENCE: ['SELECT', 'UPDATE', 'USAGE'],
  SCHEMA: ['CREATE', 'USAGE'],
  'LARGE OBJECT': ['SELECT', 'UPDATE'],
  DATABASE: ['CONNECT', 'CREATE', 'TEMPORARY'],
};

/** MAINTAIN came with 17. */
function relationWords(versionNumber: number): readonly string[] {
  const words = ['DELETE', 'INSERT', 'REFERENCES', 'SELECT', 'TRIGGER', 'TRUNCATE', 'UPDATE'];
  return versionNumber >= 170_000 ? [...words, 'MAINTAIN'].toSorted() : words;
}

function privilegesOn({what, name}: Target, words: readonly string[]): string {
  if (what === 'COLUMN') {
    const [, table = '', column = ''] = /^(.*)\.("(?:[^"]|"")*"|[^."]+)$/s.exec(name) ?? [];
    return `${words.map(word => `${word} (${column})`).join(', ')} ON TABLE ${table}`;
  }
  const word = relations.has(what) ? 'TABLE' : (grantWords[what] ?? what);
  return `${words.join(', ')} ON ${word} ${name}`;
}

/** Where GRANT has another word than COMMENT ON. */
const grantWords: {readonly [what: string]: string} = {SERVER: 'FOREIGN SERVER', AGGREGATE: 'FUNCTION'};

function bare(word: string): string {
  return word.replace(/\*$/, '');
}
