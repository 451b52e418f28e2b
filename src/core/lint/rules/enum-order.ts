import {names, qualified, text} from '../../sql/objects.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import type {Type} from '../model/schema.ts';
import {short} from './support/relation-names.ts';
import {isMadeHere} from './support/made-here.ts';

export const rule: StatementRule = {
  id: 'enum-order',
  severity: 'hint',
  title: 'A new value of an enum sorts last, or cannot be put where it is meant to be',
  about: `Values of an enum sort and compare in the order in which the type lists them. \`ADD VALUE\` puts the new one at the
end unless \`BEFORE\` or \`AFTER\` says otherwise, and PostgreSQL can neither move nor remove a value later.

A neighbour that does not exist makes the statement fail with 22023, a value that exists already with 42710 (unless
\`IF NOT EXISTS\` is there).`,
  direction: 'up',
  kinds: ['AlterEnumStmt'],
  check: situation => {
    const {node} = situation.statement;
    const [value, old] = [text(node['newVal']), text(node['oldVal'])];
    const name = qualified(names(node['typeName']));
    const type = name && situation.before.type(name);
    if (value === undefined || old !== undefined || type?.kind !== 'enum') return [];
    return drafts(situation, value, type);
  },
};

function drafts(situation: Situation, value: string, type: Extract<Type, {kind: 'enum'}>): readonly Draft[] {
  const {statement} = situation;
  const neighbour = text(statement.node['newValNeighbor']);
  const name = short(type);
  if (type.values.includes(value))
    return statement.node['skipIfNewValExists'] === true ? [] : [existing(situation, value, name)];
  if (neighbour !== undefined)
    return type.values.includes(neighbour) ? [] : [missing(situation, neighbour, name)];
  const last = type.values.at(-1);
  if (last === undefined || isMadeHere(type.made, situation) || !isRanked(type.values)) return [];
  return [atTheEnd(situation, value, last, name)];
}

/** Words that have an order by themselves; names of states and kinds have none that anybody would compare. */
const ranks =
  /^(?:none|lowest|low|minor|medium|moderate|normal|high|highest|major|critical|urgent|small|large|tiny|huge|x*[sl]|m|trace|debug|info|notice|warn(?:ing)?|error|fatal|bronze|silver|gold|platinum|free|basic|pro|premium|enterprise|easy|hard|beginner|intermediate|advanced|expert|sad|ok|happy|[a-z]*\d+)$/i;

function isRanked(values: readonly string[]): boolean {
  return values.length > 1 && values.every(value => ranks.test(value));
}

function clause({statement}: Situation): Draft['at'] {
  const start = statement.find('ADD VALUE')?.start ?? 0;
  return {start, end: statement.whole.end};
}

function existing(situation: Situation, value: string, type: string): Draft {
  const {statement} = situation;
  const add = statement.find('ADD VALUE') ?? statement.whole;
  return {
    at: clause(situation),
    severity: 'error',
    what: `Fails: ${type} has the value '${value}' already`,
    why: 'PostgreSQL does not add a value twice (SQLSTATE 42710).',
    fix: 'Leave the statement out, or write IF NOT EXISTS where some databases have the value and others have not.',
    remedies: [
      {
        title: 'Add it if it is not there (IF NOT EXISTS)',
        kind: 'edit',
        edits: [{start: add.end, end: add.end, text: ' IF NOT EXISTS'}],
      },
    ],
  };
}

function missing(situation: Situation, neighbour: string, type: string): Draft {
  const {statement} = situation;
  const word = statement.words.findLast(({text: one}) => one === 'BEFORE' || one === 'AFTER');
  return {
    at: {start: word?.start ?? 0, end: statement.whole.end},
    severity: 'error',
    what: `Fails: ${type} has no value '${neighbour}' to put it beside`,
    why: 'BEFORE and AFTER need a value that the type has (SQLSTATE 22023).',
    fix: 'Look at the values that the type has at this point of the history.',
  };
}

function atTheEnd(situation: Situation, value: string, last: string, type: string): Draft {
  return {
    at: clause(situation),
    what: `'${value}' sorts behind '${last}', as the greatest value of ${type}`,
    why: 'Without BEFORE or AFTER a new value goes to the end, and its place cannot be changed later.',
    fix: 'If the order means something, say BEFORE or AFTER which value it belongs.',
  };
}

const level = "CREATE TYPE level AS ENUM ('low', 'medium', 'high')";

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'at the end of an order',
      history: level,
      sql: "ALTER TYPE level «ADD VALUE IF NOT EXISTS 'normal'»;",
    },
    {
      name: 'a neighbour that is not there',
      history: level,
      sql: "ALTER TYPE level ADD VALUE 'x' «BEFORE 'highest'»;",
    },
    {
      name: 'a value that is there',
      history: level,
      sql: "ALTER TYPE level «ADD VALUE 'low'»;",
      fixed: "ALTER TYPE level ADD VALUE IF NOT EXISTS 'low';",
    },
  ],
  silent: [
    {name: 'in its place', history: level, sql: "ALTER TYPE level ADD VALUE 'normal' AFTER 'low';"},
    {name: 'perhaps there', history: level, sql: "ALTER TYPE level ADD VALUE IF NOT EXISTS 'low';"},
    {
      name: 'states, which nobody compares',
      history: "CREATE TYPE state AS ENUM ('new', 'paid')",
      sql: "ALTER TYPE state ADD VALUE 'sent';",
    },
    {name: 'a type that nobody knows', sql: "ALTER TYPE shop.level ADD VALUE 'normal';"},
  ],
  claims: [
    {sql: "ALTER TYPE mood ADD VALUE 'good'", does: 'nothing'},
    {sql: "ALTER TYPE mood ADD VALUE 'ok'", does: {fails: '42710'}},
    {sql: "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok'", does: 'nothing'},
    {sql: "ALTER TYPE mood ADD VALUE 'z' AFTER 'nope'", does: {fails: '22023'}},
  ],
});
