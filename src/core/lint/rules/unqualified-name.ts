import {field, names, relationOf, written, type QualifiedName} from '../../sql/objects.ts';
import type {LintFile} from '../file.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import type {LintStatement} from '../statement.ts';
import type {Span} from '../../sql/positions.ts';
import {onceFor} from './support/once-for.ts';

export const rule: StatementRule = {
  id: 'unqualified-name',
  severity: 'hint',
  title: 'A new object without a schema, where several are used',
  about: `Where a new object without a schema lies is decided by \`search_path\` of the session that runs the migration: that of the
role, of the database or of the connection. In a project with several schemas another setting puts it into another schema,
and everything that refers to it fails or finds something else.

Silent while the project uses one schema, and behind a SET search_path of the same file.`,
  direction: 'up',
  kinds: [
    'CreateStmt',
    'ViewStmt',
    'CreateTableAsStmt',
    'CreateSeqStmt',
    'CreateEnumStmt',
    'CreateFunctionStmt',
  ],
  check: situation => {
    const {statement} = situation;
    const named = made(statement);
    if (!named || named.name.schema !== undefined || isPathSet(situation) || !usesSeveral(situation))
      return [];
    return [draft(situation, named)];
  },
};

interface Named {
  readonly name: QualifiedName;
  readonly at: Span;
}

function made(statement: LintStatement): Named | undefined {
  const {node} = statement;
  const relation = [node['relation'], node['view'], node['sequence'], field(node['into'], 'rel')].find(
    each => relationOf(each) !== undefined,
  );
  const name = relationOf(relation);
  if (name) return {name, at: statement.nameAt(field({relation}, 'relation')['location'])};
  const parts = [...names(node['funcname']), ...names(node['typeName'])];
  const [only] = parts;
  const word = statement.words.find(
    ({text}) => text.replaceAll('"', '').toLowerCase() === only?.toLowerCase(),
  );
  return parts.length === 1 && only !== undefined && word
    ? {name: {name: only}, at: {start: word.start, end: word.end}}
    : undefined;
}

/** Those with a relation in them, and not only `public` beside one. */
function usesSeveral({before}: Situation): boolean {
  return [...before.usedSchemas()].length > 1;
}

function isPathSet({file, index}: Situation): boolean {
  const first = firstPath(file);
  return first >= 0 && first < index;
}

const firstPath = onceFor(({statements}: LintFile) =>
  statements.findIndex(({statement: {kind, node, sql}}) =>
    kind === 'VariableSetStmt' ? node['name'] === 'search_path' : /set_config\(\s*'search_path'/i.test(sql),
  ),
);

function draft({before}: Situation, {name, at}: Named): Draft {
  const schema = before.schemaOf(name);
  return {
    at,
    what: `Which schema ${written(name)} lies in depends on the session’s search_path`,
    why: 'Without a schema it is made in the first one of search_path, which can be another one for every role and connection; this project uses several.',
    fix: `Write ${written({schema, name: name.name})}, or set search_path in the file.`,
    remedies: [
      {
        kind: 'edit',
        title: `Write ${written({schema, name: name.name})}`,
        edits: [{start: at.start, end: at.start, text: `${written({name: schema})}.`}],
      },
    ],
  };
}

const several = 'CREATE SCHEMA shop; CREATE TABLE shop.orders (id int); CREATE TABLE users (id int)';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a table beside two schemas',
      history: several,
      sql: 'CREATE TABLE «notes» (id int PRIMARY KEY);',
      fixed: 'CREATE TABLE public.notes (id int PRIMARY KEY);',
    },
    {
      name: 'a type',
      history: several,
      sql: "CREATE TYPE «mood» AS ENUM ('ok');",
      fixed: "CREATE TYPE public.mood AS ENUM ('ok');",
    },
    {name: 'a view', history: several, sql: 'CREATE OR REPLACE VIEW «v» AS SELECT 1 AS a;'},
  ],
  silent: [
    {name: 'with a schema', history: several, sql: 'CREATE TABLE shop.notes (id int PRIMARY KEY);'},
    {
      name: 'one schema',
      history: 'CREATE TABLE orders (id int); CREATE TABLE users (id int)',
      sql: 'CREATE TABLE notes (id int PRIMARY KEY);',
    },
    {
      name: 'the path is set',
      history: several,
      sql: 'SET search_path = shop;\nCREATE TABLE notes (id int PRIMARY KEY);',
    },
    {name: 'temporary', history: several, sql: 'CREATE TEMP TABLE notes (id int);'},
    {name: 'a rollback', direction: 'down', history: several, sql: 'CREATE TABLE notes (id int);'},
  ],
  claims: [],
});
