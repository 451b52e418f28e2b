import {nodesOf} from '../../explain/syntax-tree.ts';
import {field, list, text} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import type {Span} from '../../sql/positions.ts';
import type {RuleProof, StatementRule} from '../rule.ts';
import type {LintStatement} from '../statement.ts';

/** A piece of syntax, and the first version that knows it. */
interface Piece {
  readonly since: number;
  readonly words: string;
  readonly at: Span;
}

export const rule: StatementRule = {
  id: 'newer-version',
  severity: 'error',
  title: 'The target is too old for the syntax',
  about: `What a newer PostgreSQL knows, an older one refuses, most often as a syntax error (42601). This is said only where a
connection is selected, whose version is known.

| since | what |
| --- | --- |
| 15 | \`NULLS NOT DISTINCT\`, \`ON DELETE SET NULL (column)\`, \`MERGE\`, \`SET ACCESS METHOD\`, \`security_invoker\` of a view |
| 16 | \`STORAGE\` in CREATE TABLE |
| 17 | \`SET EXPRESSION\`, \`RETURNING\` of \`MERGE\` |
| 18 | \`NOT NULL\` as a constraint of the table, columns that are generated \`VIRTUAL\`, \`WITHOUT OVERLAPS\`, \`PERIOD\` |`,
  kinds: ['IndexStmt', 'CreateStmt', 'AlterTableStmt', 'MergeStmt', 'ViewStmt'],
  check: ({statement, target}) => {
    const major = target?.major ?? Infinity;
    return piecesOf(statement)
      .filter(({since}) => since > major)
      .map(({since, words, at}) => ({
        at,
        what: `Fails on PostgreSQL ${major}, which does not know ${words}`,
        why: `${words} is known since PostgreSQL ${since}, and ${target?.name ?? 'the target'} has ${major}.`,
        fix: 'Do without it, or upgrade first.',
      }));
  },
};

function piecesOf(statement: LintStatement): readonly Piece[] {
  const {kind, node} = statement;
  const whole = statement.whole;
  switch (kind) {
    case 'IndexStmt':
      return node['nulls_not_distinct'] === true ? piece(statement, 15, 'NULLS NOT DISTINCT', whole) : [];
    case 'MergeStmt':
      return node['returningList'] === undefined && node['returningClause'] === undefined
        ? piece(statement, 15, 'MERGE', whole)
        : [...piece(statement, 15, 'MERGE', whole), ...piece(statement, 17, 'RETURNING', whole)];
    case 'ViewStmt':
      return list(node['options']).some(each => field(each, 'DefElem')['defname'] === 'security_invoker')
        ? piece(statement, 15, 'security_invoker', whole)
        : [];
    case 'CreateStmt':
      return list(node['tableElts']).flatMap(element => ofElement(statement, element));
    default:
      return statement.actions.flatMap(({subtype, node: action, start, end}) => {
        if (subtype === 'AT_SetExpression') return piece(statement, 17, 'SET EXPRESSION', {start, end});
        if (subtype === 'AT_SetAccessMethod') return piece(statement, 15, 'SET ACCESS METHOD', {start, end});
        return ofElement(statement, field(action, 'def'), {start, end});
      });
  }
}

function piece(statement: LintStatement, since: number, words: string, within: Span): readonly Piece[] {
  const at = statement.find(words, within);
  return at ? [{since, words, at}] : [];
}

function ofElement(statement: LintStatement, element: SyntaxNode, within?: Span): readonly Piece[] {
  const own = field(element, 'Constraint');
  const column = field(element, 'ColumnDef');
  const inColumn = {start: statement.at(column['location']), end: within?.end ?? statement.whole.end};
  return [
    ...(text(column['storage_name']) !== undefined && statement.kind === 'CreateStmt'
      ? piece(statement, 16, 'STORAGE', inColumn)
      : []),
    ...(own['contype'] === 'CONSTR_NOTNULL' ? ofConstraint(statement, own, 'NOT NULL') : []),
    ...nodesOf(element).flatMap(({kind, node}) =>
      kind === 'Constraint' ? ofConstraint(statement, node) : [],
    ),
  ];
}

function ofConstraint(statement: LintStatement, node: SyntaxNode, phrase?: string): readonly Piece[] {
  const from = {start: statement.at(node['location']), end: statement.whole.end};
  if (phrase !== undefined) return piece(statement, 18, phrase, from);
  const isVirtual = node['contype'] === 'CONSTR_GENERATED' && node['generated_kind'] === 'v';
  return [
    ...(node['nulls_not_distinct'] === true ? piece(statement, 15, 'NULLS NOT DISTINCT', from) : []),
    ...(list(node['fk_del_set_cols']).length > 0 ? deleting(statement, from) : []),
    ...(node['without_overlaps'] === true ? piece(statement, 18, 'WITHOUT OVERLAPS', from) : []),
    ...(node['fk_with_period'] === true ? piece(statement, 18, 'PERIOD', from) : []),
    ...(isVirtual ? virtualColumn(statement, from) : []),
  ];
}

/** The word may be absent: it is what PostgreSQL 18 takes a generated column for. */
function virtualColumn(statement: LintStatement, from: Span): readonly Piece[] {
  const ends = statement.words.filter(({start, text}) => start >= from.start && text === 'VIRTUAL');
  const at = ends.find(({start}) => !isBehindComma(statement, from.start, start));
  return at
    ? [{since: 18, words: 'VIRTUAL columns', at: {start: at.start, end: at.end}}]
    : piece(statement, 18, 'GENERATED ALWAYS AS', from).map(each => ({...each, words: 'VIRTUAL columns'}));
}

/** Whether it belongs to another column. */
function isBehindComma({words}: LintStatement, from: number, to: number): boolean {
  let depth = 0;
  for (const {start, text} of words) {
    if (start < from || start >= to) continue;
    depth += text === '(' ? 1 : text === ')' ? -1 : 0;
    if (depth <= 0 && text === ',') return true;
  }
  return false;
}

function deleting(statement: LintStatement, from: Span): readonly Piece[] {
  return piece(statement, 15, 'ON DELETE', from).map(each => ({
    ...each,
    words: 'ON DELETE SET … with a list of columns',
  }));
}

const target = 'CREATE TABLE orders (id int PRIMARY KEY, code text, a int, b int)';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'NULLS NOT DISTINCT on 14',
      target,
      major: 14,
      sql: 'CREATE UNIQUE INDEX CONCURRENTLY i ON orders (code) «NULLS NOT DISTINCT»;\nALTER TABLE orders ADD UNIQUE «NULLS NOT DISTINCT» (code);',
    },
    {
      name: 'MERGE on 14 and its RETURNING on 16',
      target,
      major: 16,
      sql: 'MERGE INTO orders USING new n ON orders.id = n.id WHEN MATCHED THEN DELETE «RETURNING» orders.id;',
    },
    {
      name: 'a new table on 14',
      target,
      major: 14,
      sql: `CREATE TABLE t (a int «STORAGE» plain, b int «GENERATED ALWAYS AS» (a * 2), c int GENERATED ALWAYS AS (coalesce(a, b)) «VIRTUAL»,
  FOREIGN KEY (a) REFERENCES orders «ON DELETE» SET NULL (a), CONSTRAINT n «NOT NULL» a);`,
    },
    {
      name: 'NOT NULL that is NOT VALID on 17',
      target,
      major: 17,
      sql: 'ALTER TABLE orders ADD CONSTRAINT n «NOT NULL» code NOT VALID;',
    },
    {
      name: 'a view with the rights of its user on 14',
      target,
      major: 14,
      sql: 'CREATE VIEW v WITH («security_invoker» = true) AS SELECT 1;',
    },
  ],
  silent: [
    {
      name: 'a target that knows it',
      target,
      major: 18,
      sql: 'CREATE TABLE t (a int NOT NULL, b int GENERATED ALWAYS AS (a) VIRTUAL, CONSTRAINT n NOT NULL b);',
    },
    {name: 'no target', major: 14, sql: 'CREATE UNIQUE INDEX i ON orders (code) NULLS NOT DISTINCT;'},
    {
      name: 'what 14 knows',
      target,
      major: 14,
      sql: `CREATE TABLE t (a int NOT NULL, b int GENERATED ALWAYS AS (a * 2) STORED, merge int,
  FOREIGN KEY (a) REFERENCES orders ON DELETE SET NULL);`,
    },
  ],
  claims: [
    {sql: 'CREATE UNIQUE INDEX i ON orders (note) NULLS NOT DISTINCT', does: {fails: '42601'}, to: 14},
    {
      sql: 'CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES orders ON DELETE SET NULL (a))',
      does: {fails: '42601'},
      to: 14,
    },
    {
      sql: 'CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES orders ON DELETE SET NULL (a))',
      does: 'SRE orders',
      from: 15,
    },
    {
      sql: 'MERGE INTO orders o USING customers c ON o.id = c.id WHEN MATCHED THEN DELETE',
      does: {fails: '42601'},
      to: 14,
    },
    {
      sql: 'MERGE INTO orders o USING customers c ON o.id = c.id WHEN MATCHED THEN DELETE RETURNING o.id',
      does: {fails: '42601'},
      to: 16,
    },
    {sql: 'ALTER TABLE orders SET ACCESS METHOD heap', does: {fails: '42601'}, to: 14},
    {sql: 'CREATE VIEW v WITH (security_invoker = true) AS SELECT 1', does: {fails: '22023'}, to: 14},
    {sql: 'CREATE TABLE t (a int STORAGE plain)', does: {fails: '42601'}, to: 15},
    {
      setup: 'CREATE TABLE g (a int, b int GENERATED ALWAYS AS (a) STORED)',
      sql: 'ALTER TABLE g ALTER b SET EXPRESSION AS (a + 1)',
      does: {fails: '42601'},
      to: 16,
    },
    {sql: 'CREATE TABLE t (a int, CONSTRAINT n NOT NULL a)', does: {fails: '42601'}, to: 17},
    {sql: 'CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a) VIRTUAL)', does: {fails: '42601'}, to: 17},
    {
      sql: 'CREATE TABLE t (a int4range, b int4range, PRIMARY KEY (a, b WITHOUT OVERLAPS))',
      does: {fails: '42601'},
      to: 17,
    },
  ],
});
