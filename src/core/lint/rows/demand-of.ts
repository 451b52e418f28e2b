import {field, relationOf, text} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import type {Span} from '../../sql/positions.ts';
import {inWords} from '../fixes/text.ts';
import type {Situation} from '../rule.ts';
import {addedConstraints} from '../rules/support/added-constraints.ts';
import {onceFor} from '../rules/support/once-for.ts';
import {isSameName, relationNamed, short} from '../rules/support/relation-names.ts';
import type {WatchedSituation} from '../situations.ts';
import type {Action} from '../statement.ts';
import {askedTable, type AskedTable} from './asked-table.ts';
import {notNull, ofAdded, ofValidated} from './of-constraints.ts';
import {ofDomain} from './of-domain.ts';
import {ofIndex} from './of-index.ts';
import {ofTypeChange} from './of-type-change.ts';
import type {PlacedQuestion, RowsDemand, RowsQuestion} from './rows-question.ts';

const demanding: ReadonlySet<string> = new Set(['AlterTableStmt', 'IndexStmt', 'AlterDomainStmt']);

/** @returns what a statement demands of rows, the same value whenever it is asked; nothing for one that never does */
export function demandOf(situation: WatchedSituation): RowsDemand | undefined {
  if (!demanding.has(situation.statement.kind)) return undefined;
  return demanded(situation);
}

/** The questions are formed when they are read: of many statements nobody asks. */
const demanded = onceFor((situation: WatchedSituation): RowsDemand => {
  let questions: readonly PlacedQuestion[] | undefined;
  let changed: readonly string[] | undefined;
  return {
    statement: situation.statement.sql,
    get questions() {
      return (questions ??= inDocument(situation));
    },
    get changedBefore() {
      return (changed ??= changedBefore(situation));
    },
  };
});

/** What a template puts into a statement nobody knows. */
function inDocument(situation: WatchedSituation): readonly PlacedQuestion[] {
  const {statement, site} = situation;
  if (inWords(statement.sql, site.placed.passage) !== statement.sql) return [];
  return placedQuestions(situation).flatMap(([{start, end}, asked]) =>
    asked.map(each => ({...each, ...site.toDocument(start, end)})),
  );
}

type Asked = readonly (readonly [at: Span, questions: readonly RowsQuestion[]])[];

function placedQuestions(situation: Situation): Asked {
  const {statement} = situation;
  switch (statement.kind) {
    case 'AlterTableStmt':
      return ofActions(situation);
    case 'IndexStmt': {
      const table = tableOf(situation);
      return table ? [[statement.whole, ofIndex(situation, table)]] : [];
    }
    case 'AlterDomainStmt':
      return [[statement.whole, ofDomain(situation)]];
    default:
      return [];
  }
}

function tableOf(situation: Situation): AskedTable | undefined {
  const {node} = situation.statement;
  const name = relationNamed(situation.statement);
  const isTable = (node['objtype'] ?? 'OBJECT_TABLE') === 'OBJECT_TABLE';
  return name && isTable ? askedTable(situation, name, field(node, 'relation')['inh'] !== true) : undefined;
}

function ofActions(situation: Situation): Asked {
  const table = tableOf(situation);
  if (!table) return [];
  const {statement} = situation;
  const added = addedConstraints(
    statement,
    'CONSTR_NOTNULL',
    'CONSTR_CHECK',
    'CONSTR_FOREIGN',
    'CONSTR_PRIMARY',
    'CONSTR_UNIQUE',
  ).map(each => [each.at, ofAdded(situation, table, each)] as const);
  const others = statement.actions.map(action => [action, ofAction(situation, table, action)] as const);
  return [...others, ...added];
}

function ofAction(situation: Situation, table: AskedTable, action: Action): readonly RowsQuestion[] {
  const name = text(action.node['name']);
  if (name === undefined) return [];
  switch (action.subtype) {
    case 'AT_SetNotNull':
      return [notNull(table, name)];
    case 'AT_ValidateConstraint':
      return ofValidated(situation, table, name);
    case 'AT_AlterColumnType':
      return ofTypeChange(situation, table, action);
    default:
      return [];
  }
}

const changing: ReadonlySet<string> = new Set(['UpdateStmt', 'DeleteStmt', 'InsertStmt', 'MergeStmt']);

/** A backfill in the same file mends rows that offend today. */
function changedBefore({file, index, before, statement}: Situation): readonly string[] {
  const own = relationNamed(statement);
  if (!own) return [];
  const changes = ({kind, node}: {readonly kind: string; readonly node: SyntaxNode}): boolean => {
    const other = changing.has(kind) ? relationOf(node['relation']) : undefined;
    return other !== undefined && isSameName(before, other, own);
  };
  const isChanged = file.statements.slice(0, index).some(({statement: earlier}) => changes(earlier));
  return isChanged ? [short(own)] : [];
}
