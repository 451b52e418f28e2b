import {field, names, qualified, text, written, type QualifiedName} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {enumerated} from '../../words.ts';
import {namedType} from '../model/types.ts';
import type {Remedy} from '../remedy.ts';
import type {RuleProof, Situation, StatementRule} from '../rule.ts';
import {step} from './support/alter-steps.ts';
import {fullName, short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'domain-constraint-scans',
  severity: 'warning',
  title: 'A constraint of a domain looks at every table that uses it',
  about: `\`ALTER DOMAIN … ADD CONSTRAINT\`, \`SET NOT NULL\` and \`VALIDATE CONSTRAINT\` read every table that has a column of the
domain, each under a SHARE lock, for which INSERT, UPDATE and DELETE wait until the transaction ends.

With \`NOT VALID\` nothing is read: new values are checked, those that are there are not. \`VALIDATE CONSTRAINT\` of a
domain takes the same SHARE locks as adding it does, other than that of a table; but it can wait for a quiet time.`,
  kinds: ['AlterDomainStmt'],
  check: situation => {
    const {statement} = situation;
    const {subtype, typeName, def} = statement.node;
    const name = qualified(names(typeName));
    const constraint = field(def, 'Constraint');
    const clause = clauses[text(subtype) ?? ''];
    if (!name || !clause || constraint['skip_validation'] === true) return [];
    const tables = usersOf(situation, name);
    if (tables === undefined) return [];
    const at = statement.find(clause);
    const listed = enumerated(tables.map(short)) || `every table that uses ${written(name)}`;
    return [
      {
        at: at ? {start: at.start, end: statement.whole.end} : statement.whole,
        what: `Blocks writes to ${listed} while the values of ${written(name)} are checked`,
        why: 'PostgreSQL reads every table with a column of the domain under a SHARE lock, for which INSERT, UPDATE and DELETE wait until the transaction ends.',
        fix:
          clause === 'ADD'
            ? 'Add it with NOT VALID, which checks new values at once, and validate it at a quiet time.'
            : 'Choose a quiet time, and set lock_timeout.',
        ...(tables.length > 0 ? {lock: {mode: 'SHARE', on: tables}, work: {kind: 'scan', of: tables}} : {}),
        remedies: remedyOf(situation, name),
      },
    ];
  },
};

const clauses: Readonly<Record<string, 'ADD' | 'SET NOT NULL' | 'VALIDATE'>> = {
  C: 'ADD',
  O: 'SET NOT NULL',
  V: 'VALIDATE',
};

/** @returns undefined where all tables that use it are known, and nobody waits for one */
function usersOf(situation: Situation, name: QualifiedName): readonly QualifiedName[] | undefined {
  const {before} = situation;
  const type = before.type(name);
  if (!type) return [];
  const written = namedType(type);
  const users = [...before.relations()]
    .filter(({kind}) => kind === 'table' || kind === 'materialized view')
    .filter(({columns}) =>
      [...columns.values()].some(column => column.type.replace(/(\[\])+$/, '') === written),
    )
    .map(fullName)
    .filter(table => !situation.isHarmless(table));
  return users.length === 0 ? undefined : users;
}

function remedyOf({statement}: Situation, name: QualifiedName): readonly Remedy[] {
  const constraint = field(statement.node['def'], 'Constraint');
  const called = text(constraint['conname']);
  if (statement.node['subtype'] !== 'C' || constraint['contype'] !== 'CONSTR_CHECK' || called === undefined)
    return [];
  const domain = `ALTER DOMAIN ${written(name)}`;
  const quoted = quoteWhereNeeded(called);
  return [
    {
      kind: 'steps',
      title: 'Add the CHECK with NOT VALID, and validate it later',
      steps: [
        step(`${statement.sql} NOT VALID`, `add ${called}`, {undo: `${domain} DROP CONSTRAINT ${quoted}`}),
        step(`${domain} VALIDATE CONSTRAINT ${quoted}`, `validate ${called}`, {how: 'own'}),
      ],
    },
  ];
}

const history = `CREATE DOMAIN positive AS int;
CREATE DOMAIN unused AS int;
CREATE TABLE moods (id int PRIMARY KEY, p positive)`;

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a CHECK',
      history,
      sql: 'ALTER DOMAIN positive «ADD CONSTRAINT k CHECK (VALUE > 0)»;',
    },
    {name: 'NOT NULL', history, sql: 'ALTER DOMAIN public.positive «SET NOT NULL»;'},
    {name: 'a validation', history, sql: 'ALTER DOMAIN positive «VALIDATE CONSTRAINT k»;'},
    {name: 'a domain that no migration makes', sql: "ALTER DOMAIN email «ADD CHECK (VALUE LIKE '%@%')»;"},
  ],
  silent: [
    {name: 'NOT VALID', history, sql: 'ALTER DOMAIN positive ADD CONSTRAINT k CHECK (VALUE > 0) NOT VALID;'},
    {name: 'a domain that no table uses', history, sql: 'ALTER DOMAIN unused ADD CHECK (VALUE > 0);'},
    {
      name: 'a domain of the same file',
      sql: 'CREATE DOMAIN d AS int;\nCREATE TABLE t (a d);\nALTER DOMAIN d ADD CHECK (VALUE > 0);',
    },
    {name: 'a default', history, sql: 'ALTER DOMAIN positive SET DEFAULT 1;'},
    {
      name: 'a table that is small on the target',
      history,
      rows: {moods: 5},
      sql: 'ALTER DOMAIN positive ADD CHECK (VALUE > 0);',
    },
  ],
  claims: [
    {sql: 'ALTER DOMAIN positive ADD CONSTRAINT k CHECK (VALUE > 0)', does: 'S moods; scans moods'},
    {sql: 'ALTER DOMAIN positive SET NOT NULL', does: 'S moods; scans moods'},
    {sql: 'ALTER DOMAIN positive ADD CONSTRAINT k CHECK (VALUE > 0) NOT VALID', does: 'nothing'},
    {
      setup: 'ALTER DOMAIN positive ADD CONSTRAINT k CHECK (VALUE > 0) NOT VALID',
      sql: 'ALTER DOMAIN positive VALIDATE CONSTRAINT k',
      does: 'S moods; scans moods',
    },
  ],
});
