import {field, written, type QualifiedName} from '../../../sql/objects.ts';
import {nodesOf} from '../../../explain/syntax-tree.ts';
import type {SyntaxNode} from '../../../sql/parser.ts';
import type {Span} from '../../../sql/positions.ts';
import type {LockMode} from '../../../rehearse/report.ts';
import type {Situation} from '../../rule.ts';
import {dataChanges, tablesRead} from './data-change.ts';
import {onceFor} from './once-for.ts';
import {commandAt, headAt} from './statement-places.ts';
import {takenBy, type TakenLock} from './taken-locks.ts';

/** Something that takes the longer the larger a table is that was there before. */
export interface LongWork {
  readonly at: Span;
  readonly table: QualifiedName;
  /** Of the statement itself; absent for rows. */
  readonly mode?: LockMode;
  /** What happens, behind “while”. */
  readonly words: string;
}

/** @returns the scans, builds and rewrites of schema changes, and many rows that are written or copied */
export const longWorkOf = onceFor(workDone);

function workDone(situation: Situation): readonly LongWork[] {
  const work = [underLocks, ofData, ofReads, ofCopies].flatMap(each => each(situation));
  return work.filter(({table}) => !situation.isHarmless(table));
}

function underLocks(situation: Situation): readonly LongWork[] {
  const {statement} = situation;
  return takenBy(situation)
    .filter(({work}) => work !== 'none')
    .map(lock => ({
      at: lock.action ?? headAt(statement, field(statement.node, 'relation')['location']),
      table: lock.name,
      mode: lock.mode,
      words: said(lock),
    }));
}

function said({work, name}: TakenLock): string {
  const table = written(name);
  switch (work) {
    case 'build':
      return `an index of ${table} is built`;
    case 'rewrite':
      return `${table} is rewritten`;
    case 'scan':
    case 'none':
      return `all rows of ${table} are checked`;
    default:
      return work satisfies never;
  }
}

const verbs = {UPDATE: 'updated', DELETE: 'deleted', INSERT: 'inserted'} as const;

function ofData(situation: Situation): readonly LongWork[] {
  return dataChanges(situation)
    .filter(({reach, command}) => command !== 'INSERT' && (reach === 'every' || reach === 'many'))
    .map(({name, node, command, isWhole}) => ({
      at: isWhole
        ? headAt(situation.statement, field(node, 'relation')['location'])
        : situation.statement.nameAt(field(node, 'relation')['location']),
      table: name,
      words: `rows of ${written(name)} are ${verbs[command]}`,
    }));
}

/** Rows that are looked for in the whole of another table. */
function ofReads(situation: Situation): readonly LongWork[] {
  return dataChanges(situation)
    .filter(({reach, isWhole, command}) => isWhole && command !== 'INSERT' && reach === 'some')
    .flatMap(({node}) =>
      nodesOf(field(node, 'whereClause')).flatMap(({kind, node: query}) =>
        kind === 'SelectStmt' && isUnlimited(query)
          ? tablesRead(query).map(table => ({
              at: headAt(situation.statement, field(node, 'relation')['location']),
              table,
              words: `rows of ${written(table)} are read`,
            }))
          : [],
      ),
    );
}

function isUnlimited(query: SyntaxNode): boolean {
  return query['whereClause'] === undefined && query['limitCount'] === undefined;
}

/** CREATE TABLE … AS, CREATE MATERIALIZED VIEW and INSERT … SELECT without a condition. */
function ofCopies({statement}: Situation): readonly LongWork[] {
  const {kind, node} = statement;
  const isEmpty = field(node, 'into')['skipData'] === true;
  const key = kind === 'InsertStmt' ? 'selectStmt' : 'query';
  if ((kind !== 'InsertStmt' && kind !== 'CreateTableAsStmt') || isEmpty) return [];
  const query = field(field(node, key), 'SelectStmt');
  if (!isUnlimited(query)) return [];
  return tablesRead(query).map(table => ({
    at: commandAt(statement),
    table,
    words: `rows of ${written(table)} are copied`,
  }));
}
