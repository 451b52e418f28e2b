import type {FileRange} from '../migrations/plan.ts';
import type {ObjectIdentity} from '../schema/objects.ts';
import {mentions} from '../sql/locate.ts';
import type {Span} from '../sql/positions.ts';
import {firstLineOf, rangesIn} from './ranges.ts';
import type {MigrationScript} from './script.ts';

/** Finds the statement of a file that something comes from. */
export type Blame = (object: Pick<ObjectIdentity, 'name' | 'parent'>) => FileRange | undefined;

/**
 * @param statements spans of `script.sql`
 * @returns what finds for an object the last statement that names it; or else its parent; or else the first line.
 * Nothing in a file that is not there
 */
export function blameIn({path, sql}: MigrationScript, statements: readonly Span[]): Blame {
  if (path === undefined) return () => undefined;
  const rangeOf = rangesIn(path, sql);
  const texts = statements.map(span => ({span, text: sql.slice(span.start, span.end)}));
  const naming = (name: string | undefined): Span | undefined =>
    name === undefined ? undefined : texts.findLast(({text}) => mentions(text, name))?.span;
  return ({name, parent}) => rangeOf(naming(name) ?? naming(lastName(parent)) ?? firstLineOf(sql));
}

/** The name at the end of a key: `table public.orders` names `orders`. */
function lastName(key: string | undefined): string | undefined {
  const name = /(?:"((?:[^"]|"")*)"|([^."\s]+))$/.exec(key ?? '');
  return name?.[1]?.replaceAll('""', '"') ?? name?.[2];
}
