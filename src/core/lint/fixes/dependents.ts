import {field, list, names, relationOf} from '../../sql/objects.ts';
import type {Step} from '../remedy.ts';
import type {LintStatement} from '../statement.ts';

/**
 * Whether a statement behind another cannot run before what takes the other's place. In doubt it cannot.
 * @param steps what runs later than it
 */
export function dependsOn(later: LintStatement, statement: LintStatement, steps: readonly Step[]): boolean {
  const words = new Set(later.words.map(({text}) => plain(text)));
  if (madeBy(steps).some(name => words.has(name))) return true;
  const table = relationOf(statement.node['relation'])?.name.toLowerCase();
  if (table === undefined) return mentions(statement, words);
  // What rows there are, and what is in them, matters to whatever comes behind.
  const isData = ['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'].includes(statement.kind);
  return words.has(table) && (isData || !isIndifferent(later, makesUnique(statement, steps)));
}

/** Without a table of its own, what it names counts. */
function mentions(statement: LintStatement, words: ReadonlySet<string>): boolean {
  const named = list(statement.node['objects']).flatMap(object => names(field(object, 'List')['items']));
  return named.length === 0 || named.some(name => words.has(plain(name)));
}

function madeBy(steps: readonly Step[]): readonly string[] {
  const made =
    /\b(?:CONSTRAINT|INDEX(?:\s+CONCURRENTLY)?(?:\s+IF(?:\s+NOT)?\s+EXISTS)?)\s+((?!CONCURRENTLY|IF|ON|NOT)(?:"(?:[^"]|"")+"|[\w.]+))/gi;
  return steps.flatMap(({sql}) =>
    [...sql.matchAll(made)].map(([, name = '']) => plain(name.split('.').at(-1) ?? '')),
  );
}

function plain(word: string): string {
  return word.replaceAll('"', '').toLowerCase();
}

function makesUnique(statement: LintStatement, steps: readonly Step[]): boolean {
  return statement.node['unique'] === true || steps.some(({sql}) => /\b(?:UNIQUE|PRIMARY KEY)\b/i.test(sql));
}

const additions = new Set([
  'AT_AddColumn',
  'AT_ColumnDefault',
  'AT_SetNotNull',
  'AT_DropNotNull',
  'AT_ValidateConstraint',
  'AT_SetStatistics',
]);

/** Statements that name the table, and to which its other indexes and constraints are all the same. */
function isIndifferent({kind, actions, words}: LintStatement, isUnique: boolean): boolean {
  if (isUnique && words.some(({text}) => text === 'REFERENCES' || text === 'CONFLICT')) return false;
  switch (kind) {
    case 'IndexStmt':
    case 'InsertStmt':
    case 'UpdateStmt':
    case 'DeleteStmt':
    case 'MergeStmt':
    case 'SelectStmt':
    case 'CreateStmt':
    case 'CommentStmt':
    case 'GrantStmt':
    case 'CreatePolicyStmt':
    case 'CreateTrigStmt':
    case 'ViewStmt':
      return true;
    case 'AlterTableStmt':
      return actions.every(({subtype}) => additions.has(subtype) || subtype === 'AT_AddConstraint');
    default:
      return false;
  }
}
