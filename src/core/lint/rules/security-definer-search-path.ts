import {field, list, names, qualified, text, written, type QualifiedName} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {isSameName} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'security-definer-search-path',
  severity: 'warning',
  title: 'A function with its owner’s rights looks up names as its caller says',
  about: `A SECURITY DEFINER function runs with the rights of its owner, and without a \`search_path\` of its own it looks up names
along that of whoever calls it. A caller who may make objects in any schema, \`pg_temp\` is enough, puts a table, function or
operator of the right name first, and the function uses it with its owner's rights.

With \`SET search_path\` on the function the path is fixed; \`pg_temp\` belongs at its end, where it is looked at last. A body
in SQL without quotes (\`RETURN …\`, \`BEGIN ATOMIC\`) is bound when the function is made, and needs none.`,
  kinds: ['CreateFunctionStmt', 'AlterFunctionStmt'],
  check: situation => {
    const {statement} = situation;
    const name = nameOf(statement.node);
    const options = optionsOf(statement.node);
    if (!name || !isDefiner(options) || setsPath(options) || 'sql_body' in statement.node) return [];
    return isSetLater(situation, name) ? [] : [draft(situation, name)];
  },
};

function nameOf(node: SyntaxNode): QualifiedName | undefined {
  return qualified([...names(node['funcname']), ...names(field(node, 'func')['objname'])]);
}

function optionsOf(node: SyntaxNode): readonly SyntaxNode[] {
  return [...list(node['options']), ...list(node['actions'])].map(each => field(each, 'DefElem'));
}

function isDefiner(options: readonly SyntaxNode[]): boolean {
  return options.some(
    option => option['defname'] === 'security' && field(field(option, 'arg'), 'Boolean')['boolval'] === true,
  );
}

function setsPath(options: readonly SyntaxNode[]): boolean {
  return options.some(option => {
    const set = field(field(option, 'arg'), 'VariableSetStmt');
    return option['defname'] === 'set' && text(set['name']) === 'search_path' && set['kind'] !== 'VAR_RESET';
  });
}

function isSetLater({before, file, index}: Situation, name: QualifiedName): boolean {
  return file.statements.slice(index + 1).some(({statement: {kind, node}}) => {
    const other = nameOf(node);
    const isOne = kind === 'AlterFunctionStmt' && other !== undefined && isSameName(before, other, name);
    return isOne && setsPath(optionsOf(node));
  });
}

function draft({statement, before}: Situation, name: QualifiedName): Draft {
  const at = statement.find('SECURITY DEFINER') ?? statement.whole;
  const schema = name.schema ?? before.schemaOf(name);
  const path = [schema, 'pg_temp'].map(quoteWhereNeeded).join(', ');
  return {
    at,
    what: `Callers of ${written(name)} decide what its names mean`,
    why: 'SECURITY DEFINER runs it with its owner’s rights, and without a search_path of its own a caller can put objects of the same name first.',
    fix: `Add SET search_path = ${path}, with every schema that its body needs, and pg_temp last.`,
    remedies: [
      {
        kind: 'edit',
        title: `Add SET search_path = ${path}`,
        edits: [{start: at.end, end: at.end, text: ` SET search_path = ${path}`}],
      },
    ],
  };
}

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a new function',
      sql: "CREATE FUNCTION f() RETURNS int LANGUAGE sql «SECURITY DEFINER» AS 'SELECT 1';",
      fixed:
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS 'SELECT 1';",
    },
    {
      name: 'a procedure, option at the end',
      sql: 'create or replace procedure shop.p() language plpgsql as $$ begin null; end $$ «security definer»;',
      fixed:
        'create or replace procedure shop.p() language plpgsql as $$ begin null; end $$ security definer set search_path = shop, pg_temp;',
    },
    {name: 'a function that is there', sql: 'ALTER FUNCTION f(int) «SECURITY DEFINER»;'},
    {
      name: 'another setting',
      sql: "CREATE FUNCTION f() RETURNS int LANGUAGE sql «SECURITY DEFINER» SET work_mem = '1MB' AS 'SELECT 1';",
    },
  ],
  silent: [
    {
      name: 'a path of its own',
      sql: "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'SELECT 1';",
    },
    {name: 'with its caller’s rights', sql: "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';"},
    {
      name: 'bound when it is made',
      sql: 'CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER RETURN 1;',
    },
    {
      name: 'the path is set behind it',
      sql: "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';\nALTER FUNCTION f() SET search_path = public, pg_temp;",
    },
    {
      name: 'in a string',
      sql: "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS 'SELECT ''SECURITY DEFINER''';",
    },
  ],
  claims: [],
});
