import {field, list, text} from '../../sql/objects.ts';
import type {Span} from '../../sql/positions.ts';
import type {Draft, RuleProof, StatementRule} from '../rule.ts';
import type {LintStatement} from '../statement.ts';

export const rule: StatementRule = {
  id: 'superuser',
  severity: 'warning',
  title: 'Makes a superuser, or needs to be one',
  about: `A superuser passes every check: privileges, row security, and the border between the database and the machine it runs
on. BYPASSRLS passes row security alone; members of \`pg_read_server_files\`, \`pg_write_server_files\` and
\`pg_execute_server_program\` reach the machine, and with it become superusers if they want to.

Some statements need such rights, which the role of a migration should not have, and which managed servers give to nobody:
COPY with files and programs of the server, functions in C, event triggers (superusers only up to PostgreSQL 16), and ALTER
SYSTEM. These are told as information.`,
  kinds: [
    'CreateRoleStmt',
    'AlterRoleStmt',
    'GrantRoleStmt',
    'CopyStmt',
    'CreateFunctionStmt',
    'CreateEventTrigStmt',
    'AlterSystemStmt',
  ],
  check: ({statement, major}) => {
    switch (statement.kind) {
      case 'CreateRoleStmt':
      case 'AlterRoleStmt':
        return ofRole(statement);
      case 'GrantRoleStmt':
        return ofMembership(statement);
      case 'CopyStmt':
        return ofCopy(statement);
      case 'CreateFunctionStmt':
        return ofFunction(statement);
      case 'CreateEventTrigStmt':
        return major >= 17
          ? []
          : needs(
              statement,
              statement.find('EVENT TRIGGER'),
              'An event trigger can be made by superusers only',
            );
      default:
        return needs(statement, statement.find('ALTER SYSTEM'), 'A setting of the whole server is changed');
    }
  },
};

interface Power {
  readonly phrase: string;
  readonly words: string;
}

const powers: Readonly<Record<string, Power>> = {
  superuser: {phrase: 'SUPERUSER', words: 'passes every check of privileges'},
  bypassrls: {phrase: 'BYPASSRLS', words: 'passes row security'},
};

function ofRole(statement: LintStatement): readonly Draft[] {
  return list(statement.node['options'])
    .map(each => field(each, 'DefElem'))
    .filter(option => field(field(option, 'arg'), 'Boolean')['boolval'] === true)
    .flatMap(option => powers[text(option['defname']) ?? ''] ?? [])
    .map(({phrase, words}) => ({
      at: statement.find(phrase) ?? statement.whole,
      what: `The role ${words}`,
      why: 'Whoever gets hold of its password, or of a function it owns, has the same rights.',
      fix: 'Give it the privileges that it needs, and leave such roles to the people who run the server.',
    }));
}

const reachingOut = /^pg_(?:read_server_files|write_server_files|execute_server_program)$/;

function ofMembership(statement: LintStatement): readonly Draft[] {
  if (statement.node['is_grant'] !== true) return [];
  return list(statement.node['granted_roles']).flatMap(each => {
    const role = text(field(each, 'AccessPriv')['priv_name']) ?? '';
    const word = statement.words.find(({text: name}) => name.replaceAll('"', '').toLowerCase() === role);
    if (!reachingOut.test(role) || !word) return [];
    return [
      {
        at: {start: word.start, end: word.end},
        what: `Members of ${role} reach the machine that the server runs on`,
        why: 'They use its files or programs as the operating system’s user of the server, and can become superusers that way.',
        fix: 'Leave such memberships to the people who run the server.',
      },
    ];
  });
}

function ofCopy(statement: LintStatement): readonly Draft[] {
  const {node} = statement;
  if (text(node['filename']) === undefined) return [];
  const word = node['is_program'] === true ? 'PROGRAM' : node['is_from'] === true ? 'FROM' : 'TO';
  return needs(
    statement,
    statement.find(word),
    node['is_program'] === true
      ? 'Runs a program on the server’s machine'
      : 'Uses a file on the server’s machine',
  );
}

function ofFunction(statement: LintStatement): readonly Draft[] {
  const language = list(statement.node['options'])
    .map(each => field(each, 'DefElem'))
    .find(({defname}) => defname === 'language');
  const name = text(field(field(language, 'arg'), 'String')['sval'])?.toLowerCase() ?? '';
  if (!/^(?:c|internal)$|^pl\w+u$/.test(name)) return [];
  const at = statement.find('LANGUAGE');
  const word = statement.words.find(({start}) => at !== undefined && start >= at.end);
  return needs(
    statement,
    word && at && {start: at.start, end: word.end},
    `A function in ${name} can be made by superusers only`,
  );
}

function needs({whole}: LintStatement, at: Span | undefined, what: string): readonly Draft[] {
  return [
    {
      at: at ?? whole,
      what,
      severity: 'information',
      why: 'That takes rights of a superuser or of a role close to it, which the role of a migration should not have and managed servers do not give.',
      fix: 'Let those who run the server do it, or do without it.',
    },
  ];
}

export const proof = (): RuleProof => ({
  fires: [
    {name: 'a role', sql: 'CREATE ROLE boss LOGIN «SUPERUSER» PASSWORD NULL;'},
    {name: 'a role that is there', sql: 'alter role app «superuser» «bypassrls»;'},
    {name: 'a membership', sql: 'GRANT pg_monitor, «pg_execute_server_program» TO app;'},
    {name: 'a program', sql: "COPY orders TO «PROGRAM» 'gzip > /tmp/orders';"},
    {name: 'a file', sql: "COPY orders «FROM» '/tmp/orders.csv' WITH (FORMAT csv);"},
    {name: 'a function in C', sql: "CREATE FUNCTION f() RETURNS int «LANGUAGE c» AS 'lib', 'f';"},
    {
      name: 'an event trigger',
      major: 16,
      sql: 'CREATE «EVENT TRIGGER» t ON ddl_command_end EXECUTE FUNCTION f();',
    },
    {name: 'a setting of the server', transaction: 'none', sql: "«ALTER SYSTEM» SET work_mem = '1GB';"},
  ],
  silent: [
    {name: 'a plain role', sql: 'CREATE ROLE app LOGIN NOSUPERUSER;'},
    {name: 'a role that stops to be one', sql: 'ALTER ROLE app NOSUPERUSER NOBYPASSRLS;'},
    {name: 'rows of the client', sql: 'COPY orders TO STDOUT;', transaction: 'none'},
    {
      name: 'a function in PL/pgSQL',
      sql: "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';",
    },
    {
      name: 'an event trigger of a newer version',
      major: 17,
      sql: 'CREATE EVENT TRIGGER t ON ddl_command_end EXECUTE FUNCTION f();',
    },
    {name: 'a membership that ends', sql: 'REVOKE pg_execute_server_program FROM app;'},
  ],
  claims: [],
});
