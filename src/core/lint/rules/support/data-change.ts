import {field, list, relationOf, type QualifiedName} from '../../../sql/objects.ts';
import type {SyntaxNode} from '../../../sql/parser.ts';
import type {Situation} from '../../rule.ts';
import {onceFor} from './once-for.ts';
import {reachOf, type Reach} from './reach.ts';

/** Rows that a statement, or a WITH inside of it, writes. */
export interface DataChange {
  readonly command: 'UPDATE' | 'DELETE' | 'INSERT';
  readonly name: QualifiedName;
  readonly reach: Reach;
  /** The `UpdateStmt`, `DeleteStmt`, `InsertStmt` or `MergeStmt`. */
  readonly node: SyntaxNode;
  /** It is the statement itself. */
  readonly isWhole: boolean;
}

const commands: Readonly<Record<string, DataChange['command']>> = {
  UpdateStmt: 'UPDATE',
  DeleteStmt: 'DELETE',
  InsertStmt: 'INSERT',
};

/** @returns none for rows of temporary tables, nor for what functions and DO blocks write */
export const dataChanges = onceFor(changesOf);

function changesOf(situation: Pick<Situation, 'statement' | 'before' | 'file'>): readonly DataChange[] {
  const {kind, node} = situation.statement;
  const inWith = list(field(node, 'withClause')['ctes']).flatMap(each => {
    const query = field(field(each, 'CommonTableExpr'), 'ctequery');
    return Object.keys(commands).flatMap(inner => change(inner, field(query, inner), false, situation));
  });
  return [
    ...inWith,
    ...(kind === 'MergeStmt' ? merged(node, situation) : change(kind, node, true, situation)),
  ];
}

/** Rows that have a partner; an INSERT of the others reads what it says. */
function merged(node: SyntaxNode, situation: Pick<Situation, 'before' | 'file'>): readonly DataChange[] {
  const name = relationOf(node['relation']);
  const changing = list(node['mergeWhenClauses'])
    .map(each => field(each, 'MergeWhenClause'))
    .filter(({commandType}) => commandType === 'CMD_UPDATE' || commandType === 'CMD_DELETE');
  const [first] = changing;
  if (!name || !first) return [];
  const joined = {...node, fromClause: [node['sourceRelation']], whereClause: node['joinCondition']};
  const reach = reachOf(joined, name, situation);
  const isNarrow = changing.every(({condition}) => condition !== undefined);
  return [
    {
      command: first['commandType'] === 'CMD_UPDATE' ? 'UPDATE' : 'DELETE',
      name,
      reach: isNarrow && reach === 'every' ? 'many' : reach,
      node,
      isWhole: true,
    },
  ];
}

function change(
  kind: string,
  node: SyntaxNode,
  isWhole: boolean,
  situation: Pick<Situation, 'before' | 'file'>,
): readonly DataChange[] {
  const command = commands[kind];
  const name = relationOf(node['relation']);
  if (!command || !name) return [];
  const reach = command === 'INSERT' ? ofInsert(node) : reachOf(node, name, situation);
  return [{command, name, reach, node, isWhole}];
}

/** Rows that the statement itself lists are few. */
function ofInsert(node: SyntaxNode): Reach {
  const query = field(field(node, 'selectStmt'), 'SelectStmt');
  if (query['valuesLists'] !== undefined || list(query['fromClause']).length === 0) return 'few';
  if (query['limitCount'] !== undefined) return 'few';
  return query['whereClause'] === undefined ? 'every' : 'some';
}

/** @returns what an INSERT, or a query, reads: the tables of its FROM, without those of subqueries */
export function tablesRead(query: SyntaxNode): readonly QualifiedName[] {
  return list(query['fromClause']).flatMap(item => tablesOf(item));
}

function tablesOf(item: SyntaxNode): readonly QualifiedName[] {
  const join = field(item, 'JoinExpr');
  const name = relationOf('RangeVar' in item ? item['RangeVar'] : undefined);
  return [
    ...(name ? [name] : []),
    ...('JoinExpr' in item ? [...tablesOf(field(join, 'larg')), ...tablesOf(field(join, 'rarg'))] : []),
  ];
}
