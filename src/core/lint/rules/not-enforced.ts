import {field, list, text} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import type {Span} from '../../sql/positions.ts';
import {clauseAt} from '../../schema/declare/clause.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import type {LintStatement} from '../statement.ts';

/** The first version that knows it. */
const since = 18;

export const rule: StatementRule = {
  id: 'not-enforced',
  severity: 'information',
  title: 'A constraint is declared, and nobody enforces it',
  about: `Since PostgreSQL 18 a CHECK or a foreign key can be \`NOT ENFORCED\`: it is written down, and neither new rows nor those
that are there are checked. It is a note to readers; whoever relies on it finds rows that break it. Older versions refuse
the words with SQLSTATE 42601.

To check new rows and leave those that are there, use \`NOT VALID\`. A foreign key that is not enforced can be enforced
later with \`ALTER CONSTRAINT … ENFORCED\`, which looks at all rows; a CHECK has to be dropped and added again.`,
  kinds: ['CreateStmt', 'AlterTableStmt'],
  direction: 'up',
  check: situation => placesIn(situation.statement).map(at => draft(situation, at)),
};

function draft({major, target}: Situation, at: Span): Draft {
  const isRefused = target !== undefined && major < since;
  return {
    at,
    what: isRefused
      ? `Fails on PostgreSQL ${major}, which knows no NOT ENFORCED`
      : 'The constraint is declared, and neither new rows nor those that are there are checked',
    why: isRefused
      ? 'NOT ENFORCED is new in PostgreSQL 18. Older versions refuse it with SQLSTATE 42601.'
      : 'A constraint that is NOT ENFORCED, which PostgreSQL knows since 18, is a note to readers: rows that break it are accepted.',
    fix: 'Use NOT VALID to check new rows and leave those that are there, or leave it out.',
    ...(isRefused ? {severity: 'error' as const} : {}),
  };
}

/** @returns where it says NOT ENFORCED, outside of expressions */
function placesIn(statement: LintStatement): readonly Span[] {
  if (statement.kind === 'CreateStmt')
    return list(statement.node['tableElts']).flatMap(element => ofElement(statement, element));
  return statement.actions.flatMap(action => {
    const {node, subtype} = action;
    if (subtype === 'AT_AlterConstraint') return ofAlter(statement, field(node, 'def'), action);
    return ofElement(statement, field(node, 'def'), action);
  });
}

function ofElement(statement: LintStatement, element: SyntaxNode, whole?: Span): readonly Span[] {
  const column = field(element, 'ColumnDef');
  const inline = list(column['constraints'])
    .map(each => field(each, 'Constraint'))
    .filter(each => each['contype'] === 'CONSTR_ATTR_NOT_ENFORCED')
    .flatMap(each => phraseFrom(statement, statement.at(each['location'])));
  const node = field(element, 'Constraint');
  const type = text(node['contype']) ?? '';
  const isOpen = ['CONSTR_CHECK', 'CONSTR_FOREIGN'].includes(type) && node['is_enforced'] !== true;
  if (!isOpen) return inline;
  const clause = whole ?? clauseAt(statement.sql, statement.at(node['location']), statement.whole.end);
  return [...inline, ...lastPhrase(statement, clause)];
}

function ofAlter(statement: LintStatement, def: SyntaxNode, action: Span): readonly Span[] {
  const constraint = field(def, 'ATAlterConstraint');
  const isOff = constraint['alterEnforceability'] === true && constraint['is_enforced'] !== true;
  return isOff ? lastPhrase(statement, action) : [];
}

function phraseFrom(statement: LintStatement, start: number): readonly Span[] {
  const found = statement.find('NOT ENFORCED', {start, end: statement.whole.end});
  return found ? [found] : [];
}

/** What stands before it may be an expression with a column of that name. */
function lastPhrase({words}: LintStatement, {start, end}: Span): readonly Span[] {
  const inside = words.filter(word => word.start >= start && word.end <= end);
  const last = inside.findLastIndex(
    ({text}, index) => text === 'ENFORCED' && inside[index - 1]?.text === 'NOT',
  );
  const [first, second] = [inside[last - 1], inside[last]];
  return first && second ? [{start: first.start, end: second.end}] : [];
}

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a CHECK of a table that is there',
      major: 18,
      sql: 'ALTER TABLE orders ADD CONSTRAINT k CHECK (NOT enforced) «NOT ENFORCED»;',
    },
    {
      name: 'of a new table',
      major: 18,
      sql: `CREATE TABLE t (a int CHECK (a > 0) «NOT ENFORCED», b int REFERENCES u «NOT ENFORCED» NOT NULL,
  CONSTRAINT k FOREIGN KEY (a) REFERENCES v «NOT ENFORCED», CHECK (b > 0));`,
    },
    {
      name: 'a constraint that was enforced',
      major: 18,
      sql: 'ALTER TABLE orders ALTER CONSTRAINT k «NOT ENFORCED»;',
    },
    {
      name: 'on a target that does not know it',
      major: 16,
      target: 'CREATE TABLE orders (id int)',
      sql: 'ALTER TABLE orders ADD CHECK (id > 0) «NOT ENFORCED»;',
    },
  ],
  silent: [
    {name: 'NOT VALID', sql: 'ALTER TABLE orders ADD CHECK (id > 0) NOT VALID;'},
    {
      name: 'a column of that name',
      sql: 'CREATE TABLE t (enforced boolean CHECK (NOT enforced));\nALTER TABLE t ADD CHECK (NOT enforced);',
    },
    {name: 'ENFORCED', major: 18, sql: 'ALTER TABLE orders ALTER CONSTRAINT k ENFORCED;'},
  ],
  claims: [
    {
      sql: "ALTER TABLE orders ADD CONSTRAINT k CHECK (note = 'no row has this') NOT ENFORCED",
      does: 'AE orders',
      from: 18,
    },
    {sql: 'ALTER TABLE orders ADD CONSTRAINT k CHECK (id > 0) NOT ENFORCED', does: {fails: '42601'}, to: 17},
    {
      setup: 'ALTER TABLE orders ADD CONSTRAINT k CHECK (id > 0) NOT ENFORCED',
      sql: 'ALTER TABLE orders ALTER CONSTRAINT k ENFORCED',
      does: {fails: '42809'},
      from: 18,
    },
  ],
});
