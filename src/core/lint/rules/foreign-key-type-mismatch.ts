import {text, written, type QualifiedName} from '../../sql/objects.ts';
import type {Span} from '../../sql/positions.ts';
import type {Severity} from '../finding.ts';
import type {Action} from '../statement.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {foreignKeysOf, referredColumns, type ForeignKey} from './support/foreign-keys.ts';
import {isAllowed, isBuiltIn, isSameFamily, narrower} from './support/key-types.ts';
import {isSameName, relationNamed, short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'foreign-key-type-mismatch',
  severity: 'warning',
  title: 'A foreign key has another type than what it references',
  about: `PostgreSQL wants an equality operator between the types of both columns, or a cast that it makes by itself to the
referenced type. Where there is neither, as between \`uuid\` and \`text\`, the statement fails with SQLSTATE 42804.

Where there is one, the difference shows later: an \`integer\` that references a \`bigint\` cannot hold a key above
2,147,483,647; a \`timestamp\` that references a \`timestamptz\` means another moment in another time zone; floating point
numbers are equal only by luck.

\`text\` and \`varchar\` are the same thing here, with or without a length.`,
  kinds: ['CreateStmt', 'AlterTableStmt'],
  direction: 'up',
  check: situation => {
    const name = relationNamed(situation.statement);
    if (!name) return [];
    const keys = foreignKeysOf(situation.statement);
    return [
      ...keys.flatMap(key => draftsOf(situation, {table: written(name), key})),
      ...situation.statement.actions.flatMap(action => leftBehind(situation, name, action)),
    ];
  },
};

/** A column gets a wider type, and what references it keeps the narrow one. */
function leftBehind(situation: Situation, name: QualifiedName, action: Action): readonly Draft[] {
  const {before, after, last} = situation;
  const column = text(action.node['name']) ?? '';
  if (action.subtype !== 'AT_AlterColumnType') return [];
  const type = after.relation(name)?.columns.get(column)?.type ?? '';
  return [...before.mentioning(name.name)].flatMap(other =>
    [...other.constraints.values()].flatMap(({references, columns}) => {
      const at = references?.columns.indexOf(column) ?? -1;
      const own = columns[at];
      if (!references || own === undefined || !isSameName(before, references.relation, name)) return [];
      const end = (last ?? after).relation({schema: other.schema, name: other.name})?.columns.get(own)?.type;
      const isLeft = narrower(end ?? type, type) === 'own' && !isChangedLater(situation, other, own);
      return isLeft ? [left({start: action.start, end: action.end}, `${short(other)}.${own}`, `${end}`)] : [];
    }),
  );
}

/** By a later statement of the file. */
function isChangedLater({file, index, before}: Situation, table: QualifiedName, column: string): boolean {
  return file.statements.slice(index + 1).some(({statement}) => {
    const name = statement.kind === 'AlterTableStmt' ? relationNamed(statement) : undefined;
    return (
      name !== undefined &&
      isSameName(before, name, table) &&
      statement.actions.some(({subtype, node}) => subtype === 'AT_AlterColumnType' && node['name'] === column)
    );
  });
}

function left(at: Span, own: string, type: string): Draft {
  return {
    at,
    what: `${own}, which references it, stays ${type}`,
    why: 'A foreign key with a narrower type cannot hold every key that the other table can have: once keys outgrow it, inserts fail with SQLSTATE 22003.',
    fix: 'Widen the columns that reference it before keys outgrow them.',
  };
}

interface Subject {
  readonly table: string;
  readonly key: ForeignKey;
}

function draftsOf(situation: Situation, {table, key}: Subject): readonly Draft[] {
  const {statement, after} = situation;
  const name = relationNamed(statement);
  const others = referredColumns(key, after);
  if (!name || others.length !== key.columns.length) return [];
  return key.columns.flatMap((column, index) => {
    const own = after.relation(name)?.columns.get(column)?.type ?? '';
    const other = others[index] ?? '';
    const theirs = after.relation(key.other)?.columns.get(other)?.type ?? '';
    const words = {
      own: `${table}.${column} is ${own}`,
      theirs: `${written(key.other)}.${other} is ${theirs}`,
    };
    const verdict = verdictOn(own, theirs);
    return verdict ? [draft(key, words, verdict)] : [];
  });
}

interface Verdict {
  readonly severity: Severity;
  readonly why: string;
  readonly fails: boolean;
}

function verdictOn(own: string, theirs: string): Verdict | undefined {
  if (!isBuiltIn(own) || !isBuiltIn(theirs) || isSameFamily(own, theirs)) return undefined;
  if (!isAllowed(own, theirs))
    return {
      severity: 'error',
      fails: true,
      why: 'PostgreSQL knows no equality between the two types and no cast that it would make by itself, so that it refuses the foreign key with SQLSTATE 42804.',
    };
  const least = narrower(own, theirs);
  if (least === 'own')
    return {
      severity: 'warning',
      fails: false,
      why: 'The column cannot hold every key that the other table can have: once keys outgrow it, inserts fail with SQLSTATE 22003.',
    };
  return {
    severity: least === 'theirs' ? 'hint' : 'information',
    fails: false,
    why:
      least === 'theirs'
        ? 'The column is wider than what it references, which costs room and does no harm.'
        : 'Values of the two types are compared through a cast, and what looks equal need not be.',
  };
}

function draft(
  {at}: ForeignKey,
  {own, theirs}: {readonly own: string; readonly theirs: string},
  {severity, why, fails}: Verdict,
): Draft {
  return {
    at,
    what: fails ? `Fails, because ${own}, and ${theirs}` : `${own}, but ${theirs}`,
    why,
    fix: 'Give the column the type of the one that it references.',
    severity,
  };
}

const history = `CREATE TABLE customers (id bigint PRIMARY KEY, email varchar(200) UNIQUE, key uuid UNIQUE);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int)`;

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'an integer that references a bigint',
      history,
      sql: 'CREATE TABLE notes (id bigint PRIMARY KEY, customer_id integer «REFERENCES customers»);',
    },
    {
      name: 'of a table that is there',
      history,
      sql: 'ALTER TABLE orders ADD «FOREIGN KEY (customer_id)» REFERENCES customers (id) NOT VALID;',
    },
    {
      name: 'types without an equality',
      history,
      sql: 'ALTER TABLE orders ADD COLUMN customer text «REFERENCES customers» (key);',
    },
    {
      name: 'a referenced column that is widened alone',
      history: 'CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE posts (user_id int REFERENCES users)',
      sql: 'ALTER TABLE users «ALTER COLUMN id TYPE bigint»;',
    },
    {
      name: 'wider than what it references',
      history,
      sql: 'CREATE TABLE notes (order_id bigint «REFERENCES orders»);',
    },
  ],
  silent: [
    {name: 'the same type', history, sql: 'CREATE TABLE notes (customer_id int8 REFERENCES customers (id));'},
    {
      name: 'a referenced column that is widened with what references it',
      history: 'CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE posts (user_id int REFERENCES users)',
      sql: 'ALTER TABLE users ALTER COLUMN id TYPE bigint;\nALTER TABLE posts ALTER user_id TYPE bigint;',
    },
    {
      name: 'a referenced column that a later migration keeps up with',
      history: 'CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE posts (user_id int REFERENCES users)',
      sql: 'ALTER TABLE users ALTER COLUMN id TYPE bigint;',
      later: 'ALTER TABLE posts ALTER user_id TYPE bigint',
    },
    {name: 'a serial', history, sql: 'CREATE TABLE notes (id bigserial REFERENCES customers);'},
    {
      name: 'text and varchar',
      history,
      sql: 'CREATE TABLE notes (email text REFERENCES customers (email), other varchar(50) REFERENCES customers (email));',
    },
    {
      name: 'a type of the project',
      history: 'CREATE DOMAIN key AS bigint; CREATE TABLE t (id key PRIMARY KEY)',
      sql: 'CREATE TABLE u (id bigint REFERENCES t);',
    },
    {name: 'a table that no migration makes', sql: 'CREATE TABLE u (id bigint REFERENCES t);'},
  ],
  claims: [
    {
      setup: 'CREATE TABLE keys (id bigint PRIMARY KEY, key uuid UNIQUE)',
      sql: 'CREATE TABLE t (id integer REFERENCES keys)',
      does: 'SRE keys',
    },
    {
      setup: 'CREATE TABLE keys (id bigint PRIMARY KEY, key uuid UNIQUE)',
      sql: 'CREATE TABLE t (key text REFERENCES keys (key))',
      does: {fails: '42804'},
    },
    {sql: 'CREATE TABLE t (id numeric REFERENCES orders)', does: {fails: '42804'}},
    {sql: 'CREATE TABLE t (id text REFERENCES orders)', does: {fails: '42804'}},
    {sql: 'CREATE TABLE t (code text REFERENCES orders (code))', does: 'SRE orders'},
  ],
});
