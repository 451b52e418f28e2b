import {field, list, relationOf, text, type QualifiedName} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {Span} from '../../sql/positions.ts';
import {enumerated} from '../../words.ts';
import type {Column, Made, Relation} from '../model/schema.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {printedType, serialType} from '../model/type-names.ts';
import {short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'if-not-exists-no-op',
  severity: 'warning',
  title: 'IF NOT EXISTS keeps something that looks different',
  about: `\`IF NOT EXISTS\` looks at the name only. A table, column or index of that name is kept as it is, whatever it looks
like, and the migration succeeds: the columns that it should have are missing, or have another type, and the first query
that needs them fails. PostgreSQL says so in a notice that most tools do not show.

Compared with what the earlier migrations make, and silent where that is the same.`,
  kinds: ['CreateStmt', 'IndexStmt', 'AlterTableStmt', 'CreateTableAsStmt'],
  check: situation => checks[situation.statement.kind]?.(situation) ?? [],
};

const checks: Readonly<Record<string, (situation: Situation) => readonly Draft[]>> = {
  CreateStmt: ofTable,
  CreateTableAsStmt: ofQuery,
  IndexStmt: ofIndex,
  AlterTableStmt: ({statement, before}) => {
    const name = relationOf(statement.node['relation']);
    const relation = name && before.relation(name);
    if (!name || !relation) return [];
    return statement.actions
      .filter(({subtype, node}) => subtype === 'AT_AddColumn' && node['missing_ok'] === true)
      .flatMap(action => ofColumn(statement, action, relation));
  },
};

function ofTable({statement, before}: Situation): readonly Draft[] {
  const {node} = statement;
  const name = relationOf(node['relation']);
  const relation = name && before.relation(name);
  if (node['if_not_exists'] !== true || !name || !relation?.complete || node['inhRelations']) return [];
  const elements = list(node['tableElts']);
  if (elements.some(each => 'TableLikeClause' in each)) return [];
  const columns = elements.flatMap(each => ('ColumnDef' in each ? [field(each, 'ColumnDef')] : []));
  // More columns than it asks for do no harm: later migrations have added them.
  const wrong = columns.flatMap(column => differenceOf(column, relation));
  if (wrong.length === 0) return [];
  return [
    {
      at: statement.find('IF NOT EXISTS') ?? statement.whole,
      what: `Does nothing: ${short(name)} is there already, ${enumerated(wrong.slice(0, 3))}`,
      ...common(relation.made, short(name)),
      remedies: [],
    },
  ];
}

/** A materialized view, or a table from a query, cannot be compared: only that it is there is known. */
function ofQuery({statement, before}: Situation): readonly Draft[] {
  const {node} = statement;
  const name = relationOf(field(node, 'into')['rel']);
  const relation = name && before.relation(name);
  if (node['if_not_exists'] !== true || !name || !relation) return [];
  return [
    {
      at: statement.find('IF NOT EXISTS') ?? statement.whole,
      severity: 'information',
      what: `Does nothing: ${short(name)} is there already`,
      ...common(relation.made, short(name)),
      remedies: [],
    },
  ];
}

function differenceOf(column: SyntaxNode, {columns}: Relation): readonly string[] {
  const name = text(column['colname']) ?? '';
  const known = columns.get(name);
  const shown = quoteWhereNeeded(name);
  if (!known) return [`without the column ${shown}`];
  const type = typeOf(column);
  return type !== '' && known.type !== '' && type !== known.type
    ? [`with ${shown} as ${known.type} and not ${type}`]
    : [];
}

function typeOf(column: SyntaxNode): string {
  const typeName = field(column, 'typeName');
  return 'names' in typeName ? (serialType(typeName) ?? printedType(typeName)) : '';
}

function ofColumn(
  statement: Situation['statement'],
  action: {readonly node: SyntaxNode} & Span,
  relation: Relation,
): readonly Draft[] {
  const column = field(action.node['def'], 'ColumnDef');
  const known = relation.columns.get(text(column['colname']) ?? '');
  const name = `${short({schema: relation.schema, name: relation.name})}.${quoteWhereNeeded(known?.name ?? '')}`;
  const wrong = known ? differences(column, known) : [];
  if (!known || wrong.length === 0) return [];
  return [
    {
      at: statement.find('IF NOT EXISTS', action) ?? {start: action.start, end: action.end},
      what: `Does nothing: ${name} is there already, ${enumerated(wrong)}`,
      ...common(known.made, name),
      remedies: [],
    },
  ];
}

function differences(column: SyntaxNode, known: Column): readonly string[] {
  const type = typeOf(column);
  const kinds = list(column['constraints']).map(each => field(each, 'Constraint')['contype']);
  const isNotNull = kinds.includes('CONSTR_NOTNULL') || kinds.includes('CONSTR_PRIMARY');
  return [
    ...(type !== '' && known.type !== '' && type !== known.type ? [`as ${known.type} and not ${type}`] : []),
    ...(isNotNull && !known.notNull ? ['without NOT NULL'] : []),
    ...(kinds.includes('CONSTR_DEFAULT') && known.default === undefined && known.generated === undefined
      ? ['without a default']
      : []),
  ];
}

function ofIndex({statement, before}: Situation): readonly Draft[] {
  const {node} = statement;
  const name = text(node['idxname']);
  const table = relationOf(node['relation']);
  if (node['if_not_exists'] !== true || name === undefined || !table) return [];
  const known = before.index({schema: before.schemaOf(table), name});
  const wrong = known && indexDifference(statement, table, known, before.schemaOf(table));
  if (!known || wrong === undefined) return [];
  return [
    {
      at: statement.find('IF NOT EXISTS') ?? statement.whole,
      what: `Does nothing: the index ${quoteWhereNeeded(name)} is there already, ${wrong}`,
      ...common(known.index.made, quoteWhereNeeded(name)),
      remedies: [],
    },
  ];
}

type KnownIndex = NonNullable<ReturnType<Situation['before']['index']>>;

/** Expressions can be written in many ways: only plain columns are compared. */
function indexDifference(
  {node}: Situation['statement'],
  table: QualifiedName,
  {index, relation}: KnownIndex,
  schema: string,
): string | undefined {
  if (relation.name !== table.name || relation.schema !== schema) return `on ${short(relation)}`;
  const keys = list(node['indexParams']).map(each => text(field(each, 'IndexElem')['name']));
  const isPlain = keys.every(key => key !== undefined) && index.keys.every(key => !key.startsWith('('));
  if (isPlain && keys.join('\0') !== index.keys.join('\0'))
    return `on (${index.keys.map(quoteWhereNeeded).join(', ')})`;
  if ((node['unique'] === true) !== index.unique) return index.unique ? 'and unique' : 'and not unique';
  if ((node['whereClause'] === undefined) !== (index.where === undefined))
    return index.where === undefined ? 'without WHERE' : `with WHERE ${index.where}`;
  return undefined;
}

function common(made: Made | undefined, name: string): Pick<Draft, 'why' | 'fix' | 'related'> {
  return {
    why: 'IF NOT EXISTS looks at the name only and keeps what is there, with a notice that hardly anybody sees.',
    fix: `Change ${name} as it should be, or take another name.`,
    related: made ? [{path: made.path, start: made.start, end: made.end, words: `${name} is made here`}] : [],
  };
}

const orders =
  'CREATE TABLE orders (id bigint PRIMARY KEY, note text); CREATE INDEX orders_idx ON orders (note)';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a table without a column',
      history: orders,
      sql: 'CREATE TABLE «IF NOT EXISTS» orders (id bigint PRIMARY KEY, note text, total int);',
    },
    {
      name: 'a column of another type',
      history: orders,
      sql: 'ALTER TABLE orders ADD COLUMN «IF NOT EXISTS» note varchar(20) NOT NULL;',
    },
    {
      name: 'an index on something else',
      history: orders,
      sql: 'CREATE INDEX «IF NOT EXISTS» orders_idx ON orders (note, id);',
    },
    {
      name: 'an index that is not unique',
      history: orders,
      sql: 'CREATE UNIQUE INDEX «IF NOT EXISTS» orders_idx ON orders (note);',
    },
    {
      name: 'made in the same file',
      sql: 'CREATE TABLE a (id int);\nCREATE TABLE «IF NOT EXISTS» a (id int, b int);',
    },
  ],
  silent: [
    {
      name: 'the same',
      history: orders,
      sql: 'CREATE TABLE IF NOT EXISTS orders (id int8 PRIMARY KEY, note text);\nCREATE INDEX IF NOT EXISTS orders_idx ON orders (note);\nALTER TABLE orders ADD COLUMN IF NOT EXISTS note text;',
    },
    {
      name: 'it has got more columns since',
      history: orders,
      sql: 'CREATE TABLE IF NOT EXISTS orders (id bigint PRIMARY KEY);',
    },
    {name: 'not there', history: orders, sql: 'CREATE TABLE IF NOT EXISTS items (id int);'},
    {
      name: 'not there any more',
      history: `${orders}; DROP TABLE orders`,
      sql: 'CREATE TABLE IF NOT EXISTS orders (id int);',
    },
    {
      name: 'without IF NOT EXISTS, which fails',
      history: orders,
      sql: 'CREATE TABLE orders (id int);',
    },
    {
      name: 'another schema',
      history: orders,
      sql: 'CREATE TABLE IF NOT EXISTS shop.orders (id int);',
    },
  ],
  claims: [
    {sql: 'CREATE TABLE IF NOT EXISTS orders (id int)', does: 'nothing'},
    {sql: 'ALTER TABLE orders ADD COLUMN IF NOT EXISTS note int', does: 'AE orders'},
  ],
});
