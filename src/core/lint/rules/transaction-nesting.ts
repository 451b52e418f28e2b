import {text} from '../../sql/objects.ts';
import type {LintFile} from '../file.ts';
import type {FileDraft, FileRule, RuleProof} from '../rule.ts';
import type {LintStatement} from '../statement.ts';
import {transactionCommandInBody} from './support/do-body.ts';
import {commandAt} from './support/statement-places.ts';
import {openBy, type OpenBy} from './support/session-state.ts';
import {commits, opensTransaction, rollsBack} from './support/transactions.ts';

export const rule: FileRule = {
  id: 'transaction-nesting',
  severity: 'warning',
  title: 'BEGIN, COMMIT or ROLLBACK inside of a transaction that is open already',
  about: `PostgreSQL has no transactions inside of transactions. \`BEGIN\` in an open one does nothing but warn, and the
\`COMMIT\` that belongs to it ends the outer one: everything behind it runs without any, and can no longer be rolled back
together with what the tool notes about the migration.

Several statements that are sent as one query are a transaction, too. There \`BEGIN\` … \`COMMIT\` around all of them is
fine; a \`COMMIT\` without \`BEGIN\` commits what was done so far.

\`ROLLBACK\` takes back what the migration did, and the tool counts it as applied nevertheless. \`COMMIT\` and \`ROLLBACK\` in
a DO block work only where no transaction is open around it.`,
  checkFile: file => {
    const open = openBy(file);
    return file.statements.flatMap(({statement, inTransaction}, index) => {
      const draft =
        statement.kind === 'DoStmt'
          ? inTransaction && ofDo(statement)
          : ofControl(statement, open[index] ?? 'nobody', file, index);
      return draft ? [{...draft, statement: index}] : [];
    });
  },
};

type Said = Omit<FileDraft, 'statement'>;

function ofControl(statement: LintStatement, open: OpenBy, file: LintFile, index: number): Said | undefined {
  if (opensTransaction(statement)) return ofBegin(statement, open, file);
  if (commits(statement)) return ofCommit(statement, open, file, index);
  return rollsBack(statement) && file.tool.id !== 'sql'
    ? ofRollback(statement, open, file, index)
    : undefined;
}

function ofBegin(statement: LintStatement, open: OpenBy, {tool}: LintFile): Said | undefined {
  if (open === 'nobody' || open === 'query') return undefined;
  const who = open === 'tool' ? tool.name : 'The file';
  return {
    at: commandAt(statement),
    severity: open === 'tool' ? 'information' : 'warning',
    what: `${statement.command} does nothing: a transaction is open already`,
    why: `${who} has opened one before. PostgreSQL answers with a warning and goes on in that one.`,
    fix: open === 'tool' ? outside(tool) : `Leave it out, or end the first transaction before it.`,
    remedies: [leaveOut(statement)],
  };
}

function ofCommit(statement: LintStatement, open: OpenBy, file: LintFile, index: number): Said | undefined {
  const at = commandAt(statement);
  const remedies = [leaveOut(statement)];
  if (open === 'tool')
    return {
      at,
      what: `Ends the transaction of ${file.tool.name}`,
      why: `What stands behind it, and what ${file.tool.name} notes about the migration, is no longer in one transaction with what was done before: an error leaves it half done.`,
      fix: outside(file.tool),
      remedies,
    };
  if (open === 'query' && index > 0)
    return {
      at,
      what: 'Commits what was done so far, without a BEGIN before it',
      why: `${file.tool.name} sends the whole file as one query, which is one transaction. It ends here, and an error behind it leaves the migration half done.`,
      fix: 'Leave it out, or write BEGIN at the top.',
      remedies,
    };
  if (open !== 'nobody' || file.tool.id === 'sql') return undefined;
  return {
    at,
    severity: 'information',
    what: 'Commits nothing: no transaction is open',
    why: 'Each statement before it was committed by itself. PostgreSQL answers with a warning.',
    fix: 'Leave it out, or write BEGIN where the transaction should begin.',
    remedies,
  };
}

function ofRollback(
  statement: LintStatement,
  open: OpenBy,
  {tool, statements}: LintFile,
  index: number,
): Said | undefined {
  const before = statements.slice(0, index).filter(({statement: {kind}}) => kind !== 'TransactionStmt');
  if (open === 'nobody' || before.length === 0) return undefined;
  return {
    at: commandAt(statement),
    severity: 'error',
    what: 'Takes back what the migration has done',
    why: `${statement.command} undoes every statement since the transaction began, and ${tool.name} counts the migration as applied all the same.`,
    fix: 'Leave it out: an error rolls back by itself.',
    remedies: [leaveOut(statement)],
  };
}

function ofDo(statement: LintStatement): Said | undefined {
  const command = transactionCommandInBody(statement);
  if (!command) return undefined;
  return {
    at: command.at,
    severity: 'error',
    what: `Fails: ${command.word} is not possible in a DO block inside of a transaction`,
    why: 'A DO block can end transactions only where none is open around it. Otherwise it stops with “invalid transaction termination” (2D000).',
    fix: 'Run the block outside of a transaction, by itself.',
    remedies: [
      {
        kind: 'steps',
        title: 'Run the block outside of a transaction',
        preferred: true,
        steps: [{sql: statement.sql, how: 'alone', title: 'run in batches', undo: ''}],
      },
    ],
  };
}

function outside({name, outside: {how}}: LintFile['tool']): string {
  return how === 'alone'
    ? `Leave it out: ${name} has a transaction of its own around the file.`
    : `Leave it out, or tell ${name} to run this migration without a transaction.`;
}

function leaveOut(statement: LintStatement): NonNullable<FileDraft['remedies']>[number] {
  return {kind: 'steps', title: `Leave out ${text(statement.command) ?? 'it'}`, steps: []};
}

const orders = 'CREATE TABLE orders (id bigint PRIMARY KEY, note text)';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a transaction inside of the tool’s',
      history: orders,
      sql: '«BEGIN»;\nALTER TABLE orders ADD COLUMN a int;\n«COMMIT»;',
    },
    {
      name: 'a second BEGIN',
      transaction: 'none',
      sql: 'BEGIN;\nCREATE TABLE a (id int);\n«START TRANSACTION»;\nCREATE TABLE b (id int);\nCOMMIT;',
    },
    {name: 'nothing to commit', transaction: 'none', sql: 'CREATE TABLE a (id int);\n«COMMIT»;'},
    {
      name: 'a trial that was left in',
      transaction: 'none',
      sql: 'BEGIN;\nCREATE TABLE a (id int);\n«ROLLBACK»;',
    },
    {
      name: 'COMMIT in a DO block',
      sql: "DO $$ BEGIN UPDATE orders SET note = ''; «COMMIT»; END $$;",
      history: orders,
    },
  ],
  silent: [
    {
      name: 'the file has the only transaction',
      transaction: 'none',
      sql: 'BEGIN;\nCREATE TABLE a (id int);\nCOMMIT;',
    },
    {
      name: 'one after the other',
      transaction: 'none',
      sql: 'BEGIN;\nCREATE TABLE a (id int);\nCOMMIT;\nBEGIN;\nCREATE TABLE b (id int);\nCOMMIT;',
    },
    {
      name: 'savepoints',
      sql: 'CREATE TABLE a (id int);\nSAVEPOINT s;\nCREATE TABLE b (id int);\nROLLBACK TO s;\nRELEASE s;',
    },
    {
      name: 'COMMIT in a DO block that runs by itself',
      transaction: 'none',
      sql: 'DO $$ BEGIN COMMIT; END $$;',
    },
    {
      name: 'BEGIN of a block, and a comment about COMMIT',
      sql: "DO $$ BEGIN -- no COMMIT; here\n PERFORM 'COMMIT;'; END $$;",
    },
  ],
  claims: [
    {sql: 'DO $$ BEGIN COMMIT; END $$', does: {fails: '2D000'}},
    {sql: 'DO $$ BEGIN ROLLBACK; END $$', does: {fails: '2D000'}},
    {sql: 'DO $$ BEGIN COMMIT; END $$', does: 'nothing', alone: true},
  ],
});
