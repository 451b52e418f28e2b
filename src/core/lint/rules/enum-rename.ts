import {names, qualified, text} from '../../sql/objects.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {isMadeHere} from './support/made-here.ts';
import {short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'enum-rename',
  severity: 'warning',
  title: 'A value of an enum that clients use gets another name',
  about: `No row is written and no table is locked: rows keep the value's number, and show the new name at once. Clients that
write the old name or compare with it fail with 22P02, those that read it meet a name that they do not know; so do
functions, whose bodies are text. Defaults, indexes and CHECK constraints follow.

To rename without an outage: add the new value, let clients understand both, change the rows in batches, and leave the
old value unused. PostgreSQL cannot remove a value.`,
  direction: 'up',
  kinds: ['AlterEnumStmt'],
  check: situation => {
    const {statement, before} = situation;
    const old = text(statement.node['oldVal']);
    const name = qualified(names(statement.node['typeName']));
    const type = name && before.type(name);
    if (old === undefined || !name || isMadeHere(type?.made, situation)) return [];
    const clause = statement.find('RENAME VALUE') ?? statement.whole;
    const at = {start: clause.start, end: statement.whole.end};
    const isMissing = type?.kind === 'enum' && !type.values.includes(old);
    return [isMissing ? missing(at, old, short(name)) : renaming(situation, at, old, short(name))];
  },
};

function missing(at: Draft['at'], old: string, type: string): Draft {
  return {
    at,
    severity: 'error',
    what: `Fails: ${type} has no value '${old}'`,
    why: 'PostgreSQL renames only what is there (SQLSTATE 22023).',
    fix: 'Look at the values that the type has at this point of the history.',
  };
}

function renaming({statement}: Situation, at: Draft['at'], old: string, type: string): Draft {
  return {
    at,
    what: `Clients that write or expect '${old}' of ${type} fail from now on`,
    why: `All rows show '${text(statement.node['newVal']) ?? ''}' at once, and the old name is no value any more (SQLSTATE 22P02).`,
    fix: 'Let clients understand both names first; or add the new value beside the old one, and change the rows in batches.',
  };
}

const mood = "CREATE TYPE mood AS ENUM ('sad', 'ok')";

export const proof = (): RuleProof => ({
  fires: [
    {name: 'a value', history: mood, sql: "ALTER TYPE mood «RENAME VALUE 'ok' TO 'fine'»;"},
    {name: 'of a type that nobody knows', sql: "alter type shop.\"Mood\" «rename value 'a' to 'b'»;"},
    {name: 'one that is not there', history: mood, sql: "ALTER TYPE mood «RENAME VALUE 'good' TO 'fine'»;"},
  ],
  silent: [
    {name: 'of a new type', sql: `${mood}; ALTER TYPE mood RENAME VALUE 'ok' TO 'fine';`},
    {name: 'a new value', history: mood, sql: "ALTER TYPE mood ADD VALUE 'fine';"},
    {
      name: 'back again',
      history: mood,
      direction: 'down',
      sql: "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine';",
    },
  ],
  claims: [
    {sql: "ALTER TYPE mood RENAME VALUE 'sad' TO 'down'", does: 'nothing'},
    {sql: "ALTER TYPE mood RENAME VALUE 'sad' TO 'down'; SELECT 'sad'::mood", does: {fails: '22P02'}},
    {sql: "ALTER TYPE mood RENAME VALUE 'sad' TO 'down'; SELECT 'down'::mood", does: 'nothing'},
    {sql: "ALTER TYPE mood RENAME VALUE 'nope' TO 'x'", does: {fails: '22023'}},
  ],
});
