/** @returns ` USING c::text::uuid` where PostgreSQL does not convert the column's values by itself. */
export function usingClause(column: string, before: string, after: string): string {
  const [was, is] = [baseOf(before), baseOf(after)];
  if (was === is || isAssigned(was, is)) return '';
  if (texts.has(was) || hasCast(was, is)) return ` USING ${column}::${after}`;
  return ` USING ${column}::text::${after}`;
}

/** @returns what a change of type takes from the values without an error, in a sentence; undefined when nothing. */
export function lossOfType(column: string, before: string, after: string): string | undefined {
  const [was, is] = [baseOf(before), baseOf(after)];
  const words = lossy.find(([from, to]) => from.includes(was) && to.includes(is))?.[2];
  if (words !== undefined) return `${words} in ${column}.`;
  const [scale, newScale] = [scaleOf(before), scaleOf(after)];
  if (was === 'numeric' && is === 'numeric' && newScale !== undefined && newScale < (scale ?? Infinity))
    return `Digits after the ${ordinal(newScale)} behind the point in ${column}.`;
  return undefined;
}

function ordinal(scale: number): string {
  return scale === 1 ? 'first' : `${scale}th`;
}

/** Whether the rows have to be written anew: not where the old values are good as they are. */
export function rewritesTable(before: string, after: string): boolean {
  const [was, is] = [baseOf(before), baseOf(after)];
  if (was === is && was === 'numeric') return !(after === 'numeric' || widens(before, after));
  if (was === is && was === 'character varying')
    return !(after === 'character varying' || widens(before, after));
  return !(['text', 'character varying'].includes(was) && (is === 'text' || after === 'character varying'));
}

function widens(before: string, after: string): boolean {
  const [[length, scale], [newLength, newScale]] = [modifiers(before), modifiers(after)];
  return length !== undefined && newLength !== undefined && newLength >= length && scale === newScale;
}

function modifiers(type: string): readonly number[] {
  return (/\(([\d,]+)\)/.exec(type)?.[1] ?? '').split(',').filter(Boolean).map(Number);
}

function scaleOf(type: string): number | undefined {
  const [precision, scale] = modifiers(type);
  return precision === undefined ? undefined : (scale ?? 0);
}

/** Without modifiers: `timestamp(3) without time zone[]` is `timestamp without time zone[]`. */
export function baseOf(type: string): string {
  return type.replace(/\([\d,]+\)/, '');
}

const texts = new Set(['text', 'character varying', 'character', 'name']);
const integers = ['smallint', 'integer', 'bigint'];
const numbers = [...integers, 'numeric', 'real', 'double precision'];
const timestamps = ['timestamp without time zone', 'timestamp with time zone'];

/** Pairs with a cast at assignment. Source: `\dC` of PostgreSQL 14 to 18. */
function isAssigned(was: string, is: string): boolean {
  if (was.endsWith('[]') && is.endsWith('[]'))
    return was === is || isAssigned(was.slice(0, -2), is.slice(0, -2));
  if (texts.has(is)) return !is.endsWith('[]');
  const both = (types: readonly string[]): boolean => types.includes(was) && types.includes(is);
  if (both(numbers) || both([...timestamps, 'date'])) return true;
  return (
    both(['json', 'jsonb']) ||
    both(['inet', 'cidr']) ||
    both(['macaddr', 'macaddr8']) ||
    both(['bit', 'bit varying']) ||
    (was === 'time without time zone' && ['interval', 'time with time zone'].includes(is)) ||
    (was === 'interval' && is === 'time without time zone') ||
    (timestamps.includes(was) && is === 'time without time zone')
  );
}

function hasCast(was: string, is: string): boolean {
  if (was === 'jsonb' && (numbers.includes(is) || is === 'boolean')) return true;
  return (was === 'boolean' && is === 'integer') || (was === 'integer' && is === 'boolean');
}

const lossy: readonly (readonly [readonly string[], readonly string[], string])[] = [
  [['numeric', 'real', 'double precision'], integers, 'Digits behind the point'],
  [['numeric', 'double precision'], ['real'], 'Digits that a real does not hold'],
  [['numeric'], ['double precision'], 'Digits that a double precision does not hold'],
  [timestamps, ['date'], 'The time of day'],
  [timestamps, ['time without time zone'], 'The date'],
  [['time with time zone'], ['time without time zone'], 'The time zone'],
  [['json'], ['jsonb'], 'Spaces, the order of keys, and keys given twice'],
];
