import {written, type QualifiedName} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {enumerated} from '../../words.ts';
import {wordsIn} from '../engine/words.ts';
import type {Index, Relation, SchemaModel} from '../model/schema.ts';
import type {Remedy} from '../remedy.ts';
import type {FileDraft, FileRule, RuleProof, Situation} from '../rule.ts';
import {besides, freeNameFor, step} from './support/alter-steps.ts';
import {foreignKeysOf, type ForeignKey} from './support/foreign-keys.ts';
import {relationNamed} from './support/relation-names.ts';

export const rule: FileRule = {
  id: 'foreign-key-without-index',
  severity: 'information',
  title: 'No index helps to find the rows that reference a row',
  about: `PostgreSQL makes an index for what a foreign key references, not for the key's own columns. Without one, each DELETE
in the referenced table, and each UPDATE of its key, reads the whole referencing table to see who still refers to the row.
A cascade does it once for each row. Joins from the referenced table have no index either.

An index helps whose first columns are those of the key, in any order: a primary key or a unique constraint as well, and
a partial one where it leaves out nothing but NULLs. It is no loss to do without where the referenced rows never go and
never change their key, such as a list of countries.`,
  direction: 'up',
  checkFile: (_file, situations) => {
    const last = situations.at(-1);
    const end = last?.last ?? last?.after;
    return end ? situations.flatMap((situation, at) => draftsOf(situation, at, end)) : [];
  },
};

function draftsOf(situation: Situation, statement: number, end: SchemaModel): readonly FileDraft[] {
  const {kind} = situation.statement;
  const name = relationNamed(situation.statement);
  if (!name || (kind !== 'CreateStmt' && kind !== 'AlterTableStmt')) return [];
  const relation = end.relation(nameIn(situation, name));
  if (!relation || relation.temporary || isSmall(situation, name)) return [];
  return foreignKeysOf(situation.statement)
    .filter(key => isThere(key, relation) && !isCovered(key.columns, relation))
    .map(key => draft(situation, name, key, statement));
}

/** `search_path` may be another in the end. */
function nameIn({after}: Situation, name: QualifiedName): QualifiedName {
  const {schema = after.schemaOf(name), name: own = name.name} = after.relation(name) ?? {};
  return {schema, name: own};
}

/** A new table may grow. */
function isSmall(situation: Situation, name: QualifiedName): boolean {
  const isMade = situation.statement.kind === 'CreateStmt' || situation.isNew(name);
  return !isMade && situation.isHarmless(name);
}

function isThere({columns}: ForeignKey, relation: Relation): boolean {
  return [...relation.constraints.values()].some(
    ({kind, columns: own}) => kind === 'foreign key' && own.join('\0') === columns.join('\0'),
  );
}

function isCovered(columns: readonly string[], {indexes}: Relation): boolean {
  return [...indexes.values()].some(
    index => index.valid !== false && isOfAllRows(index, columns) && leads(index, columns),
  );
}

function leads({keys, method, unique}: Index, columns: readonly string[]): boolean {
  if (method !== 'btree' && !(method === 'hash' && columns.length === 1)) return false;
  const first = keys.slice(0, columns.length);
  // Of the columns that it makes unique there is one row at most to look at.
  const isExact = unique && keys.length > 0 && keys.every(key => columns.includes(key));
  return isExact || columns.every(column => first.includes(column));
}

/** NULLs reference nothing. */
function isOfAllRows({where}: Index, columns: readonly string[]): boolean {
  if (where === undefined) return true;
  const said = wordsIn(where)
    .map(({text}) => text.toUpperCase())
    .filter(word => word !== '(' && word !== ')')
    .join(' ');
  return said
    .split(' AND ')
    .every(part =>
      columns.some(column =>
        [column, `"${column}"`].some(each => part === `${each.toUpperCase()} IS NOT NULL`),
      ),
    );
}

function draft(
  situation: Situation,
  name: QualifiedName,
  {columns, other, at}: ForeignKey,
  statement: number,
): FileDraft {
  return {
    statement,
    at,
    what: `No index on ${written(name)} (${columns.join(', ')}): each DELETE from ${written(other)} reads the whole table`,
    why: `To delete a row of ${written(other)}, or to change its key, PostgreSQL looks for rows of ${written(name)} that reference it, and no index begins with ${enumerated(columns)}.`,
    fix: 'Add an index on the columns of the foreign key, unless the referenced rows never go.',
    remedies: [remedyOf(situation, name, columns)],
  };
}

function remedyOf(situation: Situation, name: QualifiedName, columns: readonly string[]): Remedy {
  const {statement} = situation;
  const index = freeNameFor({before: situation.after}, name, columns, 'idx');
  const keys = columns.map(quoteWhereNeeded).join(', ');
  const title = 'Add an index for the foreign key';
  const build = (how: string): string =>
    `CREATE INDEX ${how}${quoteWhereNeeded(index)} ON ${written(name)} (${keys})`;
  if (statement.kind === 'CreateStmt' || situation.isNew(name)) return {kind: 'after', title, sql: build('')};
  const {schema} = name;
  const undo = `DROP INDEX CONCURRENTLY IF EXISTS ${besides(name, {...(schema === undefined ? {} : {schema}), name: index})}`;
  return {
    kind: 'steps',
    title,
    steps: [
      step(statement.sql, 'add foreign key'),
      step(build('CONCURRENTLY '), `create index ${index}`, {how: 'alone', undo}),
    ],
  };
}

const customers = 'CREATE TABLE customers (id int PRIMARY KEY, UNIQUE (id))';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'of a new table',
      history: customers,
      sql: 'CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL «REFERENCES customers» (id) ON DELETE CASCADE);',
      fixed: `CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers (id) ON DELETE CASCADE);
CREATE INDEX orders_customer_id_idx ON orders (customer_id);`,
    },
    {
      name: 'of a table that is there',
      history: `${customers}; CREATE TABLE orders (id int PRIMARY KEY, customer_id int)`,
      sql: 'ALTER TABLE orders ADD CONSTRAINT k «FOREIGN KEY (customer_id)» REFERENCES customers NOT VALID;',
    },
    {
      name: 'with an index in which the column is not the first',
      history: customers,
      sql: `CREATE TABLE orders (id int, customer_id int, «FOREIGN KEY (customer_id)» REFERENCES customers, PRIMARY KEY (id, customer_id));`,
    },
    {
      name: 'of two columns, of which an index has one',
      history: 'CREATE TABLE parts (tenant int, id int, PRIMARY KEY (tenant, id))',
      sql: `CREATE TABLE uses (tenant int, id int, part int, PRIMARY KEY (tenant, id), «FOREIGN KEY (tenant, part)» REFERENCES parts);`,
    },
    {
      name: 'with an index on some of the rows',
      history: customers,
      sql: `CREATE TABLE orders (id int, open boolean, customer_id int «REFERENCES customers»);
CREATE INDEX ON orders (customer_id) WHERE open;`,
    },
  ],
  silent: [
    {
      name: 'with an index later in the file',
      history: customers,
      sql: `CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers);
CREATE INDEX ON orders (customer_id, id);`,
    },
    {
      name: 'with an index of a later migration',
      history: `${customers}; CREATE TABLE orders (id int, customer_id int)`,
      sql: 'ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;',
      later: 'CREATE INDEX CONCURRENTLY ON orders (customer_id)',
    },
    {
      name: 'with an index of an earlier migration',
      history: `${customers}; CREATE TABLE orders (id int, customer_id int); CREATE INDEX ON orders (customer_id)`,
      sql: 'ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;',
    },
    {
      name: 'that is the primary key, or its beginning',
      history: customers,
      sql: `CREATE TABLE details (id int PRIMARY KEY REFERENCES customers);
CREATE TABLE lines (customer_id int REFERENCES customers, line int, PRIMARY KEY (customer_id, line));`,
    },
    {
      name: 'of two columns, in another order',
      history: 'CREATE TABLE parts (tenant int, id int, PRIMARY KEY (tenant, id))',
      sql: `CREATE TABLE uses (tenant int, part int, FOREIGN KEY (tenant, part) REFERENCES parts);
CREATE INDEX ON uses (part, tenant);`,
    },
    {
      name: 'of two columns, of which one is unique',
      history: 'CREATE TABLE parts (tenant int, id int, PRIMARY KEY (tenant, id))',
      sql: 'CREATE TABLE uses (tenant int, part int UNIQUE, FOREIGN KEY (tenant, part) REFERENCES parts);',
    },
    {
      name: 'with an index that leaves out NULLs',
      history: customers,
      sql: `CREATE TABLE orders (id int, customer_id int REFERENCES customers);
CREATE INDEX ON orders (customer_id) WHERE (customer_id IS NOT NULL);`,
    },
    {
      name: 'that the file drops again',
      history: customers,
      sql: `CREATE TABLE t (id int, customer_id int REFERENCES customers);
DROP TABLE t;`,
    },
    {
      name: 'of a temporary table',
      history: customers,
      sql: 'CREATE TEMP TABLE t (customer_id int);',
    },
  ],
  claims: [{sql: 'DELETE FROM orders WHERE id = 7', does: 'RS items, RX orders; scans items'}],
});
