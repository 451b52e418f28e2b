import type {Direction} from '../../migrations/migration.ts';
import type {Dialect} from '../passages/mask.ts';
import {javascriptPassages} from '../passages/javascript.ts';
import {pythonPassages} from '../passages/python.ts';
import {fileNameOf, isJavascript, isProgram, isPython, passageAt, wholeOf} from './passage.ts';
import {outsideEdits, runsInTransaction} from './sql-programs.ts';
import type {Tool, ToolDocument} from './tool.ts';

const psql: Dialect = {psql: true, copiedRows: true, placeholders: ['template', 'colon']};

/**
 * Files that no other tool here is known to run: statements one after the other, as `psql` sends them, and programs that
 * send SQL through what Knex, TypeORM, Sequelize, Kysely or Django give them.
 */
export const sqlTool: Tool = {
  id: 'sql',
  name: 'psql',
  recognises: document =>
    /\.(?:sql|psql|pgsql)$/i.test(document.path) || (isProgram(document.path) && isMigration(document)),
  passages,
  outside: {how: 'marker', edits: document => outsideEdits(document)},
  isCut: true,
  undo: 'none',
};

function isMigration({path, text}: ToolDocument): boolean {
  if (isPython(path)) return /\bmigrations\.(?:Migration|RunSQL|RunPython)\b/.test(text);
  const calls = /\.raw\s*\(|queryRunner\.query\b|sequelize\.query\b|\bsql`|\.runSql\s*\(/.test(text);
  return calls && /\bexports\.up\b|\b(?:function|const|async)\s+up\b|^\s*up\s*[:(]/m.test(text);
}

function passages(document: ToolDocument): ReturnType<Tool['passages']> {
  const {path, text} = document;
  const transaction = runsInTransaction(document);
  if (isPython(path)) return pythonPassages(text, {transaction});
  if (isJavascript(path)) return javascriptPassages(text, {transaction: () => transaction});
  return [passageAt(text, wholeOf(text), directionOf(path), {sent: 'each', dialect: psql})];
}

const words = /(?:^|[._\-/\\])(?:down|undo|rollback|revert|downgrade)(?=[._\-/\\])/i;

function directionOf(path: string): Direction {
  const folder = path.split(/[/\\]/).at(-2) ?? '';
  return words.test(`${folder}/${fileNameOf(path)}`) ? 'down' : 'up';
}
