import {field, relationOf, type QualifiedName} from '../../sql/objects.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {isSameName, relationNamed, short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'row-security-without-policy',
  severity: 'warning',
  title: 'Row security without a policy, or a policy without row security',
  about: `With row security enabled and no policy, a table has no rows for anybody but its owner, superusers and roles with
BYPASSRLS: SELECT finds nothing, UPDATE and DELETE change nothing, without an error, and INSERT fails. FORCE ROW LEVEL
SECURITY includes the owner.

A policy on a table whose row security is not enabled does nothing, also without an error.

Policies of the history and of the whole file count.`,
  direction: 'up',
  kinds: ['AlterTableStmt', 'CreatePolicyStmt'],
  check: situation =>
    situation.statement.kind === 'CreatePolicyStmt' ? idlePolicy(situation) : closedTable(situation),
};

function closedTable(situation: Situation): readonly Draft[] {
  const {statement, before} = situation;
  const name = relationNamed(statement);
  const action = statement.actions.find(({subtype}) => subtype === 'AT_EnableRowSecurity');
  if (!name || !action || hasPolicyInFile(situation, name)) return [];
  const relation = before.relation(name);
  if (relation && (relation.policies.length > 0 || !relation.complete)) return [];
  return [
    {
      at: {start: action.start, end: action.end},
      what: `Nobody but its owner sees rows of ${short(name)}`,
      why: 'Row security without a policy denies every row: SELECT finds none, UPDATE and DELETE change none, and INSERT fails.',
      fix: 'Create the policies in the same file, before row security is enabled.',
      ...(relation
        ? {}
        : {
            severity: 'information',
            facts: ['No migration makes the table, so policies of it are not known.'],
          }),
    },
  ];
}

function hasPolicyInFile({file, before}: Situation, name: QualifiedName): boolean {
  return file.statements.some(({statement: {kind, node}}) => {
    const table = kind === 'CreatePolicyStmt' ? relationOf(node['table']) : undefined;
    return table !== undefined && isSameName(before, table, name);
  });
}

function idlePolicy(situation: Situation): readonly Draft[] {
  const {statement, before} = situation;
  const name = relationOf(statement.node['table']);
  const relation = name && before.relation(name);
  if (!name || !relation?.complete || relation.rowSecurity || isEnabledInFile(situation, name)) return [];
  return [
    {
      at: statement.nameAt(field(statement.node, 'table')['location']),
      what: `The policy does nothing, because row security of ${short(name)} is not enabled`,
      why: 'Policies are applied only after ALTER TABLE … ENABLE ROW LEVEL SECURITY; until then every row is visible.',
      fix: 'Enable row security behind the policies.',
      remedies: [
        {
          kind: 'after',
          title: 'Enable row security',
          sql: `ALTER TABLE ${statement.sql.slice(...placeOf(situation))} ENABLE ROW LEVEL SECURITY`,
        },
      ],
    },
  ];
}

function placeOf({statement}: Situation): [number, number] {
  const {start, end} = statement.nameAt(field(statement.node, 'table')['location']);
  return [start, end];
}

function isEnabledInFile({file, before}: Situation, name: QualifiedName): boolean {
  return file.statements.some(({statement}) => {
    const table = relationNamed(statement);
    const enables = statement.actions.some(({subtype}) => subtype === 'AT_EnableRowSecurity');
    return enables && table !== undefined && isSameName(before, table, name);
  });
}

const orders = 'CREATE TABLE orders (id int PRIMARY KEY, owner text)';

export const proof = (): RuleProof => ({
  fires: [
    {name: 'no policy', history: orders, sql: 'ALTER TABLE orders «ENABLE ROW LEVEL SECURITY»;'},
    {
      name: 'for the owner as well',
      history: orders,
      sql: 'ALTER TABLE orders «ENABLE ROW LEVEL SECURITY», FORCE ROW LEVEL SECURITY;',
    },
    {name: 'of a table that no migration makes', sql: 'ALTER TABLE orders «ENABLE ROW LEVEL SECURITY»;'},
    {
      name: 'a policy that does nothing',
      history: orders,
      sql: 'CREATE POLICY mine ON «orders» USING (owner = current_user);',
      fixed:
        'CREATE POLICY mine ON orders USING (owner = current_user);\nALTER TABLE orders ENABLE ROW LEVEL SECURITY;',
    },
  ],
  silent: [
    {
      name: 'with a policy',
      history: orders,
      sql: 'ALTER TABLE orders ENABLE ROW LEVEL SECURITY;\nCREATE POLICY mine ON orders USING (owner = current_user);',
    },
    {
      name: 'policies are there',
      history: `${orders}; CREATE POLICY mine ON orders USING (true)`,
      sql: 'ALTER TABLE orders ENABLE ROW LEVEL SECURITY;',
    },
    {
      name: 'one more policy',
      history: `${orders}; ALTER TABLE orders ENABLE ROW LEVEL SECURITY`,
      sql: 'CREATE POLICY mine ON orders USING (true);',
    },
    {name: 'a policy on a table that is not known', sql: 'CREATE POLICY mine ON orders USING (true);'},
    {name: 'switched off', history: orders, sql: 'ALTER TABLE orders DISABLE ROW LEVEL SECURITY;'},
  ],
  claims: [
    {sql: 'ALTER TABLE orders ENABLE ROW LEVEL SECURITY', does: 'AE orders'},
    {sql: 'CREATE POLICY p ON orders USING (true)', does: 'AE orders'},
  ],
});
