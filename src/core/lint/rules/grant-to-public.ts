import {field, isNode, list, text} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import type {Draft, RuleProof, StatementRule} from '../rule.ts';
import type {LintStatement} from '../statement.ts';

export const rule: StatementRule = {
  id: 'grant-to-public',
  severity: 'warning',
  title: 'A privilege for every role of the server',
  about: `PUBLIC is every role there is and every one that will be: also those of other programs that only share the server, and of
whoever gets a login for something else. A privilege of PUBLIC cannot be taken from a single role.

Privileges that PUBLIC has anyway are not looked at: EXECUTE on functions, USAGE on types and languages, CONNECT and
TEMPORARY on databases.`,
  kinds: ['GrantStmt', 'AlterDefaultPrivilegesStmt'],
  check: ({statement}) => {
    const grant = statement.kind === 'GrantStmt' ? statement.node : field(statement.node, 'action');
    const role = list(grant['grantees'])
      .map(each => field(each, 'RoleSpec'))
      .find(({roletype}) => roletype === 'ROLESPEC_PUBLIC');
    if (grant['is_grant'] !== true || !isNode(role)) return [];
    const privileges = privilegesOf(grant).filter(each => !isUsual(each, text(grant['objtype']) ?? ''));
    return privileges.length > 0 ? [draft(statement, role, privileges)] : [];
  },
};

/** All of them where none is named. */
function privilegesOf(grant: SyntaxNode): readonly string[] {
  const named = list(grant['privileges']).map(each =>
    text(field(each, 'AccessPriv')['priv_name'])?.toUpperCase(),
  );
  return named.length === 0 ? ['ALL'] : named.flatMap(each => each ?? []);
}

const usual: Readonly<Record<string, readonly string[]>> = {
  OBJECT_FUNCTION: ['EXECUTE', 'ALL'],
  OBJECT_PROCEDURE: ['EXECUTE', 'ALL'],
  OBJECT_ROUTINE: ['EXECUTE', 'ALL'],
  OBJECT_TYPE: ['USAGE', 'ALL'],
  OBJECT_DOMAIN: ['USAGE', 'ALL'],
  OBJECT_LANGUAGE: ['USAGE', 'ALL'],
  OBJECT_DATABASE: ['CONNECT', 'TEMPORARY', 'TEMP'],
};

function isUsual(privilege: string, object: string): boolean {
  return usual[object]?.includes(privilege) ?? false;
}

function draft(statement: LintStatement, role: SyntaxNode, privileges: readonly string[]): Draft {
  const onlyReads = privileges.every(each => each === 'SELECT' || each === 'USAGE');
  return {
    at: statement.nameAt(role['location']),
    what: `Every role of the server gets ${privileges.join(', ')}`,
    why: 'PUBLIC is every role that there is or will be, those of other programs as well, and the privilege cannot be taken from a single one.',
    fix: 'Grant it to the roles that need it, or to a role that they are members of.',
    ...(onlyReads ? {severity: 'information'} : {}),
  };
}

export const proof = (): RuleProof => ({
  fires: [
    {name: 'everything on a table', sql: 'GRANT ALL ON orders TO «PUBLIC»;'},
    {name: 'among others', sql: 'grant insert, update on orders to app, «public»;'},
    {name: 'a schema to make objects in', sql: 'GRANT CREATE ON SCHEMA public TO «PUBLIC»;'},
    {name: 'what will be made', sql: 'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO «PUBLIC»;'},
    {name: 'on the way back', direction: 'down', sql: 'GRANT ALL ON orders TO «PUBLIC»;'},
  ],
  silent: [
    {name: 'a role', sql: 'GRANT ALL ON orders TO app;'},
    {name: 'a role of that name in quotes is none', sql: 'GRANT ALL ON orders TO "Public";'},
    {
      name: 'what PUBLIC has anyway',
      sql: 'GRANT EXECUTE ON FUNCTION f() TO PUBLIC;\nGRANT USAGE ON TYPE mood TO PUBLIC;',
    },
    {name: 'taken away', sql: 'REVOKE ALL ON SCHEMA public FROM PUBLIC;'},
  ],
  claims: [],
});
