import {text} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {RuleProof, Situation, StatementRule} from '../rule.ts';

export const rule: StatementRule = {
  id: 'rename-schema',
  severity: 'warning',
  title: 'A schema that clients use gets another name',
  about: `Every name that is written with the old schema fails from the moment the migration commits: in queries, in the
bodies of functions, and in each \`search_path\` of a session, a role or a database, which PostgreSQL does not change. An
entry of \`search_path\` that does not exist is passed over without an error, so another table of the same name may be
found.

The statement takes no lock on any table: running queries go on.`,
  direction: 'up',
  kinds: ['RenameStmt'],
  check: situation => {
    const {statement} = situation;
    const name = text(statement.node['subname']);
    if (statement.node['renameType'] !== 'OBJECT_SCHEMA' || name === undefined || isNew(situation, name))
      return [];
    const clause = statement.find('RENAME TO') ?? statement.whole;
    return [
      {
        at: {start: clause.start, end: statement.whole.end},
        what: `Names in schema ${quoteWhereNeeded(name)} are not found any more`,
        why: 'Clients that are running, functions and the search_path of sessions and roles keep the old name of the schema.',
        fix: 'Make the new schema beside the old one, move one table after the other, and leave views with the old names until nobody uses them.',
      },
    ];
  },
};

function isNew({file, index}: Situation, name: string): boolean {
  return file.statements
    .slice(0, index)
    .some(({statement: {kind, node}}) => kind === 'CreateSchemaStmt' && text(node['schemaname']) === name);
}

export const proof = (): RuleProof => ({
  fires: [
    {name: 'a schema', history: 'CREATE SCHEMA shop', sql: 'ALTER SCHEMA shop «RENAME TO store»;'},
    {name: 'one that nobody knows', sql: 'alter schema "Shop" «rename to store»;'},
  ],
  silent: [
    {name: 'a schema of this file', sql: 'CREATE SCHEMA shop; ALTER SCHEMA shop RENAME TO store;'},
    {name: 'another owner', sql: 'ALTER SCHEMA shop OWNER TO app;'},
    {name: 'back again', direction: 'down', sql: 'ALTER SCHEMA store RENAME TO shop;'},
  ],
  claims: [{sql: 'ALTER SCHEMA other RENAME TO other2', does: 'nothing'}],
});
