import {field, list, names, qualified, text, type QualifiedName} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {PlacedStatement} from '../file.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import type {Action} from '../statement.ts';
import {isSameName, relationNamed, short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'trigger-locks',
  severity: 'information',
  title: 'A trigger of a table in use is dropped, renamed or switched off',
  about: `\`CREATE TRIGGER\`, and \`ENABLE\` and \`DISABLE TRIGGER\`, take a \`SHARE ROW EXCLUSIVE\` lock: writers wait, readers do
not. \`DROP TRIGGER\` and \`ALTER TRIGGER … RENAME\` take \`ACCESS EXCLUSIVE\`, for which readers wait as well. None of them
reads the table, but each waits for the transactions that use it, and is kept until the own one ends.

Between DROP TRIGGER and CREATE TRIGGER that lock is kept; and outside of a transaction rows are written without the
trigger. \`CREATE OR REPLACE TRIGGER\` (PostgreSQL 14) does both at once with the weaker lock; it cannot replace a
constraint trigger.

\`DISABLE TRIGGER ALL\` also switches off the triggers that check foreign keys: rows that violate them are accepted, and
nobody looks at them again when the triggers are switched on.`,
  kinds: ['DropStmt', 'AlterTableStmt', 'RenameStmt'],
  check: situation => {
    const {statement} = situation;
    if (statement.kind === 'DropStmt') return dropped(situation);
    if (statement.kind === 'RenameStmt') return renamed(situation);
    return statement.actions.flatMap(action => switched(situation, action));
  },
};

function dropped(situation: Situation): readonly Draft[] {
  const {statement} = situation;
  if (statement.node['removeType'] !== 'OBJECT_TRIGGER') return [];
  const parts = names(field(list(statement.node['objects'])[0], 'List')['items']);
  const table = qualified(parts.slice(0, -1));
  const name = parts.at(-1);
  if (!table || name === undefined || !isMeant(situation, table, name)) return [];
  const isReplaced = isMadeAgain(situation, table, name);
  // A rollback that drops what up has made does what it has to.
  if (situation.file.direction === 'down' && !isReplaced) return [];
  const end = statement.words.findLast(({text: word}) => word === 'TRIGGER')?.end ?? statement.whole.end;
  return [
    {
      at: {start: 0, end},
      what: `Blocks readers and writers of ${short(table)} until the transaction ends`,
      why: `DROP TRIGGER takes an ACCESS EXCLUSIVE lock.${isReplaced ? ' CREATE OR REPLACE TRIGGER needs SHARE ROW EXCLUSIVE only, for which readers do not wait, and no row is written without the trigger.' : ''}`,
      fix: isReplaced
        ? 'Leave DROP TRIGGER out, and write CREATE OR REPLACE TRIGGER.'
        : 'Set a lock_timeout, and do it at the end of the transaction.',
      lock: {mode: 'ACCESS EXCLUSIVE', on: [table]},
      ...(isReplaced ? {} : {severity: 'hint' as const}),
    },
  ];
}

/** Not of a new table, and there as far as the model knows. */
function isMeant(situation: Situation, table: QualifiedName, name: string): boolean {
  const {before, statement} = situation;
  if (situation.isHarmless(table)) return false;
  const relation = before.relation(table);
  const isTolerant = statement.node['missing_ok'] === true;
  return !(isTolerant && relation?.complete === true && !relation.triggers.includes(name));
}

function isMadeAgain(situation: Situation, table: QualifiedName, name: string): boolean {
  const {file, index, before} = situation;
  const isIt = ({statement: {kind, node}}: PlacedStatement): boolean => {
    const other = relationNamed({node});
    return (
      kind === 'CreateTrigStmt' &&
      node['trigname'] === name &&
      node['isconstraint'] !== true &&
      other !== undefined &&
      isSameName(before, other, table)
    );
  };
  return file.statements.slice(index + 1).some(each => isIt(each));
}

function renamed(situation: Situation): readonly Draft[] {
  const {statement} = situation;
  const table = relationNamed(statement);
  if (statement.node['renameType'] !== 'OBJECT_TRIGGER' || !table || situation.isHarmless(table)) return [];
  const clause = statement.find('RENAME TO') ?? statement.whole;
  return [
    {
      at: {start: clause.start, end: statement.whole.end},
      severity: 'hint',
      what: `Blocks readers and writers of ${short(table)} until the transaction ends`,
      why: 'ALTER TRIGGER takes an ACCESS EXCLUSIVE lock. Triggers run in the order of their names, so another name may change which one runs first.',
      fix: 'Set a lock_timeout, and look at the order of the triggers.',
      lock: {mode: 'ACCESS EXCLUSIVE', on: [table]},
    },
  ];
}

function switched(situation: Situation, action: Action): readonly Draft[] {
  const {statement} = situation;
  const table = relationNamed(statement);
  if (!action.subtype.startsWith('AT_DisableTrig') || !table || situation.isNew(table)) return [];
  const isAll = action.subtype === 'AT_DisableTrigAll';
  const isBack = isSwitchedOn(situation, table);
  const which = isAll
    ? 'All triggers, those of foreign keys too,'
    : action.subtype === 'AT_DisableTrigUser'
      ? 'Triggers'
      : `Trigger ${quoteWhereNeeded(text(action.node['name']) ?? '')}`;
  return [
    {
      at: {start: action.start, end: action.end},
      what: `${which} of ${short(table)} ${isAll || action.subtype === 'AT_DisableTrigUser' ? 'do' : 'does'} not run ${isBack ? 'for a while' : 'from now on'}`,
      why: `Rows that are written meanwhile are never looked at again. The lock is SHARE ROW EXCLUSIVE, for which writers wait until the transaction ends.${isAll ? ' Rows that violate a foreign key are accepted, though the constraint counts as valid.' : ''}`,
      fix: isAll
        ? 'Take DISABLE TRIGGER USER, which leaves foreign keys alone.'
        : isBack
          ? 'Keep it short: writers of the table wait.'
          : 'Switch it on again at the end of the same transaction, or drop it.',
      lock: {mode: 'SHARE ROW EXCLUSIVE', on: [table]},
      ...(isAll ? {severity: 'warning' as const, remedies: [userOnly(situation, action)]} : {}),
    },
  ];
}

function userOnly({statement}: Situation, action: Action): NonNullable<Draft['remedies']>[number] {
  const all = statement.find('ALL', action) ?? action;
  return {
    title: 'Leave foreign keys alone (USER)',
    kind: 'edit',
    edits: [{start: all.start, end: all.end, text: 'USER'}],
  };
}

function isSwitchedOn({file, index, before}: Situation, table: QualifiedName): boolean {
  return file.statements.slice(index + 1).some(({statement}) => {
    const other = relationNamed(statement);
    return (
      other !== undefined &&
      isSameName(before, other, table) &&
      statement.actions.some(({subtype}) => /^AT_Enable(?:Always)?Trig/.test(subtype))
    );
  });
}

const orders =
  'CREATE TABLE orders (id int PRIMARY KEY); CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION f()';
const again = 'CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION f();';

export const proof = (): RuleProof => ({
  fires: [
    {name: 'dropped and made again', history: orders, sql: `«DROP TRIGGER» IF EXISTS t ON orders; ${again}`},
    {name: 'dropped', history: orders, sql: '«DROP TRIGGER» t ON public.orders;'},
    {name: 'renamed', history: orders, sql: 'ALTER TRIGGER t ON orders «RENAME TO u»;'},
    {name: 'switched off', history: orders, sql: 'ALTER TABLE orders «DISABLE TRIGGER t»;'},
    {
      name: 'with foreign keys',
      history: orders,
      sql: 'ALTER TABLE orders «DISABLE TRIGGER ALL»; ALTER TABLE orders ENABLE TRIGGER ALL;',
      fixed: 'ALTER TABLE orders DISABLE TRIGGER USER; ALTER TABLE orders ENABLE TRIGGER ALL;',
    },
  ],
  silent: [
    {
      name: 'a new one',
      history: orders,
      sql: 'CREATE TRIGGER u BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION f();',
    },
    {name: 'replaced', history: orders, sql: again.replace('CREATE', 'CREATE OR REPLACE')},
    {
      name: 'in case it is there',
      history: 'CREATE TABLE orders (id int)',
      sql: `DROP TRIGGER IF EXISTS t ON orders; ${again}`,
    },
    {
      name: 'of a new table',
      sql: `${orders}; DROP TRIGGER t ON orders; ALTER TABLE orders DISABLE TRIGGER t;`,
    },
    {name: 'switched on', history: orders, sql: 'ALTER TABLE orders ENABLE TRIGGER t;'},
    {name: 'back again', history: orders, direction: 'down', sql: 'DROP TRIGGER t ON orders;'},
  ],
  claims: [
    {
      sql: 'CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch()',
      does: 'SRE orders',
    },
    {
      sql: 'CREATE OR REPLACE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch()',
      does: 'SRE orders',
    },
    {sql: 'DROP TRIGGER touched ON orders', does: 'AE orders'},
    {sql: 'ALTER TRIGGER touched ON orders RENAME TO x', does: 'AE orders'},
    {sql: 'ALTER TABLE orders DISABLE TRIGGER touched', does: 'SRE orders'},
    {sql: 'ALTER TABLE orders ENABLE ALWAYS TRIGGER touched', does: 'SRE orders'},
    {sql: 'ALTER TABLE orders DISABLE TRIGGER ALL', does: 'SRE orders'},
    {
      sql: 'CREATE OR REPLACE CONSTRAINT TRIGGER ct AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch()',
      does: {fails: '0A000'},
    },
    {sql: 'ALTER TABLE items DISABLE TRIGGER ALL; INSERT INTO items VALUES (1, 999)', does: 'SRE items'},
  ],
});
