import {field, names, qualified, text, written, type QualifiedName} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {Remedy, Step} from '../remedy.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import type {Action} from '../statement.ts';
import {altered, type Altered} from './support/altered.ts';
import {backfillStep} from './support/backfill.ts';
import {columnParts, columnWithout, type ColumnPart} from './support/column-clause.ts';
import {notNullSteps} from './support/not-null-steps.ts';
import {short} from './support/relation-names.ts';
import {volatilityOf} from './support/volatility.ts';

export const rule: StatementRule = {
  id: 'volatile-default',
  severity: 'warning',
  title: 'A new column whose default is computed for each row',
  about: `Since PostgreSQL 11 a new column with a default costs nothing when the default is a constant or a stable
expression such as \`now()\`: the value is computed once and kept in the catalog. A volatile default, such as
\`random()\`, \`gen_random_uuid()\`, \`clock_timestamp()\` or \`nextval()\`, has another value for each row, so PostgreSQL
writes the whole table and all its indexes anew. All the time it holds an \`ACCESS EXCLUSIVE\` lock: nobody reads or
writes the table.

A domain with a CHECK or NOT NULL has the same effect, whatever the default is.

\`ALTER COLUMN … SET DEFAULT\` is about new rows only and rewrites nothing.`,
  kinds: ['AlterTableStmt'],
  check: situation => {
    const found = altered(situation, ['AT_AddColumn']);
    return found?.actions.flatMap(action => addedColumn(situation, found, action)) ?? [];
  },
};

type NumberedAction = Altered['actions'][number];

function addedColumn(situation: Situation, found: Altered, action: NumberedAction): readonly Draft[] {
  const parts = columnParts(situation.statement, action);
  const defaults = parts.filter(({node}) => node['contype'] === 'CONSTR_DEFAULT');
  const volatile = defaults.flatMap(part => volatileDefault(situation, found, action, parts, part));
  return volatile.length > 0 ? volatile : constrainedDomain(situation, found, action);
}

function volatileDefault(
  situation: Situation,
  {table, relation}: Altered,
  action: NumberedAction,
  parts: readonly ColumnPart[],
  part: ColumnPart,
): readonly Draft[] {
  const volatility = volatilityOf(part.node['raw_expr'], situation.before);
  if (volatility.kind === 'stable') return [];
  const isCertain = volatility.kind === 'volatile';
  return [
    {
      at: {start: part.start, end: part.end},
      what: isCertain
        ? `Rewrites ${short(table)} and blocks its readers and writers meanwhile`
        : `Rewrites ${short(table)}, unless ${volatility.by} is STABLE or IMMUTABLE`,
      why: `${volatility.by} ${isCertain ? 'is volatile: it' : 'may be volatile. A volatile function'} gives another value for each row, so the table and its indexes are written anew under an ACCESS EXCLUSIVE lock.`,
      fix: 'Add the column without a default, set the default for new rows, and fill the old rows in batches.',
      lock: {mode: 'ACCESS EXCLUSIVE', on: [table]},
      ...(isCertain ? {work: {kind: 'rewrite', of: [table]}} : {severity: 'information'}),
      remedies: isCertain ? [inThreeSteps(situation, {table, relation}, action, parts, part)] : [],
    },
  ];
}

/** What is unique or generated needs more thought than three steps. */
function inThreeSteps(
  {statement}: Situation,
  {table, relation}: Pick<Altered, 'table' | 'relation'>,
  action: NumberedAction,
  parts: readonly ColumnPart[],
  part: ColumnPart,
): Remedy {
  const column = text(field(action.node['def'], 'ColumnDef')['colname']) ?? '';
  const name = quoteWhereNeeded(column);
  const notNull = parts.filter(({node}) => node['contype'] === 'CONSTR_NOTNULL');
  const value = statement.sql.slice(part.start, part.end).replace(/^(?:CONSTRAINT\s+\S+\s+)?DEFAULT\s+/i, '');
  const steps: readonly Step[] = [
    {
      sql: `ALTER TABLE ${written(table)} ADD COLUMN ${columnWithout(statement, action, [part, ...notNull])}`,
      how: 'any',
      title: `add ${column}`,
      undo: `ALTER TABLE ${written(table)} DROP COLUMN ${name}`,
    },
    {
      sql: `ALTER TABLE ${written(table)} ALTER COLUMN ${name} SET DEFAULT ${value}`,
      how: 'any',
      title: `set the default of ${column}`,
      undo: `ALTER TABLE ${written(table)} ALTER COLUMN ${name} DROP DEFAULT`,
    },
    backfillStep({
      table,
      relation,
      set: `${name} = ${value}`,
      where: `${name} IS NULL`,
      title: `fill ${column}`,
    }),
    ...(notNull.length > 0 ? notNullSteps(table, column) : []),
  ];
  return {
    title: 'Add the column first, and fill it in batches',
    preferred: true,
    kind: 'action-steps',
    action: action.index,
    steps,
  };
}

function constrainedDomain(
  {statement, before}: Situation,
  {table}: Altered,
  action: Action,
): readonly Draft[] {
  const typeName = field(field(action.node['def'], 'ColumnDef'), 'typeName');
  const name: QualifiedName | undefined = qualified(names(typeName['names']));
  const type = name && before.type(name);
  if (type?.kind !== 'domain' || type.constrained !== true || Array.isArray(typeName['arrayBounds']))
    return [];
  return [
    {
      at: statement.nameAt(typeName['location']),
      what: `Rewrites ${short(table)} and blocks its readers and writers meanwhile`,
      why: `${short(type)} is a domain with a constraint. PostgreSQL computes and checks its value for each row, and writes the table and its indexes anew under an ACCESS EXCLUSIVE lock.`,
      fix: `Add the column with the type ${type.base} and a CHECK that is NOT VALID at first.`,
      lock: {mode: 'ACCESS EXCLUSIVE', on: [table]},
      work: {kind: 'rewrite', of: [table]},
    },
  ];
}

const rewritten =
  'AE orders, AE orders_at_idx, AE orders_code_idx, AE orders_pkey; rewrites orders; scans orders';
const orders = 'CREATE TABLE orders (id int PRIMARY KEY)';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a random number for each row',
      history: orders,
      sql: 'ALTER TABLE orders ADD COLUMN note text, ADD COLUMN n float «DEFAULT random()» NOT NULL;',
    },
    {
      name: 'within a larger expression',
      sql: "ALTER TABLE orders ADD k text «DEFAULT 'k' || md5(random()::text)»;",
    },
    {
      name: 'a time of its own for each row',
      sql: 'ALTER TABLE orders ADD seen timestamptz «DEFAULT clock_timestamp()»;',
    },
    {name: 'a key', sql: 'ALTER TABLE orders ADD key uuid NOT NULL «DEFAULT gen_random_uuid()» UNIQUE;'},
    {
      name: 'an extension in a schema',
      sql: 'ALTER TABLE orders ADD key uuid «DEFAULT extensions.uuid_generate_v4()»;',
    },
    {
      name: 'a function of the project that is not declared',
      history: "CREATE FUNCTION short_id() RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'",
      sql: 'ALTER TABLE orders ADD key text «DEFAULT short_id()»;',
    },
    {name: 'a function that nobody knows', sql: 'ALTER TABLE orders ADD key text «DEFAULT app.short_id()»;'},
    {
      name: 'a function in SQL that is not declared',
      history: "CREATE FUNCTION tenant() RETURNS text LANGUAGE sql AS 'SELECT 1'",
      sql: 'ALTER TABLE orders ADD tenant text «DEFAULT tenant()»;',
    },
    {
      name: 'a domain that is checked',
      history: 'CREATE DOMAIN positive AS int CHECK (VALUE > 0)',
      sql: 'ALTER TABLE orders ADD n «positive»;',
    },
  ],
  silent: [
    {
      name: 'a constant',
      sql: "ALTER TABLE orders ADD n int NOT NULL DEFAULT 7, ADD t text DEFAULT lower('X');",
    },
    {name: 'the time of the transaction', sql: 'ALTER TABLE orders ADD at timestamptz DEFAULT now();'},
    {name: 'today', sql: 'ALTER TABLE orders ADD at date DEFAULT current_date;'},
    {name: 'the id of the transaction', sql: 'ALTER TABLE orders ADD x bigint DEFAULT txid_current();'},
    {
      name: 'for new rows only',
      sql: 'ALTER TABLE orders ADD k uuid; ALTER TABLE orders ALTER k SET DEFAULT gen_random_uuid();',
    },
    {
      name: 'a new table',
      sql: 'CREATE TABLE t (id int); ALTER TABLE t ADD k uuid DEFAULT gen_random_uuid();',
    },
    {
      name: 'a small table',
      history: orders,
      rows: {orders: 12},
      sql: 'ALTER TABLE orders ADD k uuid DEFAULT gen_random_uuid();',
    },
    {
      name: 'a function that is declared stable',
      history: "CREATE FUNCTION tenant() RETURNS text STABLE LANGUAGE sql AS 'SELECT 1'",
      sql: 'ALTER TABLE orders ADD tenant text DEFAULT tenant();',
    },
    {
      name: 'a domain without a check',
      history: 'CREATE DOMAIN n AS int DEFAULT 1',
      sql: 'ALTER TABLE orders ADD n n;',
    },
  ],
  claims: [
    {sql: 'ALTER TABLE orders ADD c float DEFAULT random()', does: rewritten},
    {sql: 'ALTER TABLE orders ADD c uuid DEFAULT gen_random_uuid()', does: rewritten},
    {sql: 'ALTER TABLE orders ADD c uuid DEFAULT uuidv7()', does: rewritten, from: 18},
    {sql: 'ALTER TABLE orders ADD c timestamptz DEFAULT clock_timestamp()', does: rewritten},
    {sql: 'ALTER TABLE orders ADD c text DEFAULT timeofday()', does: rewritten},
    {sql: 'ALTER TABLE orders ADD c text DEFAULT md5(random()::text)', does: rewritten},
    {
      sql: "ALTER TABLE orders ADD c bigint DEFAULT nextval('numbers')",
      does: 'AE orders, AE orders_at_idx, AE orders_code_idx, AE orders_pkey, RX numbers; rewrites orders; scans orders',
    },
    {sql: 'ALTER TABLE orders ADD c timestamptz DEFAULT now()', does: 'AE orders'},
    {sql: 'ALTER TABLE orders ADD c timestamptz DEFAULT statement_timestamp()', does: 'AE orders'},
    {sql: 'ALTER TABLE orders ADD c bigint DEFAULT txid_current()', does: 'AE orders'},
    {sql: 'ALTER TABLE orders ADD c xid8 DEFAULT pg_current_xact_id()', does: 'AE orders'},
    {sql: 'ALTER TABLE orders ADD c float, ALTER c SET DEFAULT random()', does: 'AE orders'},
    {
      setup: "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'",
      sql: 'ALTER TABLE orders ADD c int DEFAULT f()',
      does: rewritten,
    },
    {
      setup: "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql STABLE AS 'BEGIN RETURN 1; END'",
      sql: 'ALTER TABLE orders ADD c int DEFAULT f()',
      does: 'AE orders',
    },
    {
      setup: "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
      sql: 'ALTER TABLE orders ADD c int DEFAULT f()',
      does: 'AE orders',
    },
    {
      setup: 'CREATE DOMAIN d AS int CHECK (VALUE > 0)',
      sql: 'ALTER TABLE orders ADD c d DEFAULT 1',
      does: rewritten,
    },
    {setup: 'CREATE DOMAIN d AS int DEFAULT 1', sql: 'ALTER TABLE orders ADD c d', does: 'AE orders'},
  ],
});
