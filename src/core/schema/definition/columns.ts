import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {Options} from '../attributes.ts';
import type {ObjectOf, SchemaSnapshot} from '../objects.ts';
import {parentName} from './names.ts';
import {foreignOptions, storageOptions} from './options.ts';
import {partsOf} from './parts.ts';

type Column = ObjectOf<'column'>;

/** @returns a column as CREATE TABLE and ADD COLUMN take it: `note text COLLATE "C" DEFAULT 'none' NOT NULL` */
export function columnClause(column: Column, snapshot: SchemaSnapshot): string {
  const {type, collation, compression, foreignOptions: options} = column.attributes;
  return [
    quoteWhereNeeded(column.name),
    type,
    compression === undefined ? '' : `COMPRESSION ${compression}`,
    options ? `OPTIONS (${foreignOptions(options)})` : '',
    collation === undefined ? '' : `COLLATE ${collation}`,
    valueClause(column),
    column.attributes.notNull && !hasNotNullConstraint(column, snapshot) ? 'NOT NULL' : '',
  ]
    .filter(word => word !== '')
    .join(' ');
}

/** @returns how the column gets its value: a default, an expression or a sequence; empty when it gets none. */
export function valueClause({attributes}: Column): string {
  const {default: value, generated, generatedKind, identity, identityOptions} = attributes;
  if (generated !== undefined)
    return `GENERATED ALWAYS AS ${inParentheses(generated)} ${(generatedKind ?? 'stored').toUpperCase()}`;
  if (identity !== undefined)
    return `GENERATED ${identity.toUpperCase()} AS IDENTITY${sequenceOptions(identityOptions)}`;
  return value === undefined ? '' : `DEFAULT ${value}`;
}

/** @returns what a new column needs besides its clause, without comment and privileges. */
export function columnSettings(column: Column): readonly string[] {
  const {storage, statistics, options} = column.attributes;
  const alter = `ALTER TABLE ${parentName(column)} ALTER COLUMN ${quoteWhereNeeded(column.name)}`;
  return [
    ...(storage === undefined ? [] : [`${alter} SET STORAGE ${storage.toUpperCase()}`]),
    ...(statistics === undefined ? [] : [`${alter} SET STATISTICS ${statistics}`]),
    ...(options ? [`${alter} SET (${storageOptions(options)})`] : []),
  ];
}

/** @returns ` (START WITH 10 CYCLE)`, or nothing when there are no options. */
export function sequenceOptions(options: Options = {}): string {
  const words = Object.entries(sequenceWords).flatMap(([name, word]) => {
    const value = options[name];
    if (value === undefined) return [];
    return name === 'cycle' ? [value === 'false' ? 'NO CYCLE' : 'CYCLE'] : [`${word} ${value}`];
  });
  return words.length === 0 ? '' : ` (${words.join(' ')})`;
}

const sequenceWords: Readonly<Record<string, string>> = {
  increment: 'INCREMENT BY',
  minvalue: 'MINVALUE',
  maxvalue: 'MAXVALUE',
  start: 'START WITH',
  cache: 'CACHE',
  cycle: 'CYCLE',
};

/** A constraint with a name of its own, NO INHERIT or NOT VALID makes the column NOT NULL by itself. */
function hasNotNullConstraint(column: Column, snapshot: SchemaSnapshot): boolean {
  return partsOf(snapshot, column.parent ?? '', 'constraint').some(
    ({attributes}) => attributes.type === 'not null' && attributes.columns?.[0] === column.name,
  );
}

function inParentheses(expression: string): string {
  return expression.startsWith('(') && expression.endsWith(')') && isOnePair(expression)
    ? expression
    : `(${expression})`;
}

/** `(a) + (b)` begins and ends with parentheses that do not belong together. */
function isOnePair(expression: string): boolean {
  let depth = 0;
  const inner = expression.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, text => '_'.repeat(text.length));
  for (let at = 0; at < inner.length - 1; at += 1) {
    if (inner[at] === '(') depth += 1;
    if (inner[at] === ')') depth -= 1;
    if (depth === 0) return false;
  }
  return true;
}
