import type {QualifiedName} from '../../../sql/objects.ts';
import type {GivenColumns, Sources} from '../roles.ts';
import type {Reader} from './reader.ts';

/** Words that end the items of a list or of FROM. */
export const clauses = [
  'WHERE',
  'GROUP',
  'HAVING',
  'WINDOW',
  'ORDER',
  'LIMIT',
  'OFFSET',
  'FETCH',
  'FOR',
  'RETURNING',
] as const;

/** Words between two queries. */
export const sets = ['UNION', 'INTERSECT', 'EXCEPT'] as const;

const beginnings = new Set(['SELECT', 'WITH', 'VALUES', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'TABLE']);

/** @returns whether a query stands here, perhaps in parentheses */
export function queryBegins(reader: Reader): boolean {
  let ahead = 0;
  while (reader.wordAt(ahead) === '(') ahead += 1;
  return beginnings.has(reader.wordAt(ahead));
}

/** Names that WITH gives. */
export type Common = ReadonlyMap<string, GivenColumns>;

/** Names of WITH around a query are found through the scopes around it. */
interface WithCommon extends Sources {
  readonly common?: Common;
}

export function outerWith(outer: Sources | undefined, common: Common): WithCommon {
  return {sources: [], ...(outer ? {outer} : {}), common};
}

export function inherited(outer: Sources | undefined): Common {
  for (let at: WithCommon | undefined = outer; at; at = at.outer) if (at.common) return at.common;
  return new Map();
}

/** @returns the source of that name: what WITH gives, or a relation */
export function sourceNamed(name: QualifiedName, outer: Sources | undefined): QualifiedName | GivenColumns {
  return (name.schema === undefined ? inherited(outer).get(name.name) : undefined) ?? name;
}

/** Steps over `(a, b)` as names that are given here. */
export function columnNames(reader: Reader): readonly string[] {
  if (reader.word !== '(') return [];
  const end = reader.closing();
  const names = reader.tokens.slice(reader.at, end).flatMap(({isName, name}) => (isName ? [name] : []));
  reader.at = end;
  return names;
}
