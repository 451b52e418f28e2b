import type {Gap, SchemaKind} from '../../core/schema/objects.ts';
import type {Row} from '../../core/session.ts';
import {text} from './values.ts';

const words: Readonly<Record<string, Gap>> = {
  'large objects': {words: 'Large objects are not compared.'},
  'mapping options': {
    kind: 'user mapping',
    words:
      'Options of some user mappings were not read: only a superuser or the owner of the server may see them.',
  },
  'mapping secrets': {
    kind: 'user mapping',
    words: 'Values in user mappings other than the user are not compared, because they may be secrets.',
  },
  tablespaces: {words: 'Tablespaces themselves are not compared, only which objects are in them.'},
  parameters: {words: 'Privileges on parameters (GRANT SET ON PARAMETER) are not compared.'},
};

/** @returns in words what this database has that is not in the snapshot */
export function toGaps(
  rows: readonly Row[],
  missing: readonly Missing[],
  hasSubscriptions: boolean,
): readonly Gap[] {
  const unread = missing.map(({kind, catalog}) => ({
    ...(kind === undefined ? {} : {kind}),
    words: `${sentenceStart(kind ?? 'Some details')} were not read: permission denied for ${catalog}.`,
  }));
  const there = rows.flatMap(row => (row['there'] === true ? (words[text(row['what'])] ?? []) : []));
  const secrets: readonly Gap[] = hasSubscriptions
    ? [
        {
          kind: 'subscription',
          words: 'Connection strings of subscriptions are not compared, because they may hold passwords.',
        },
      ]
    : [];
  return [...unread, ...there, ...secrets];
}

/** A list that was not asked for, because the role may not read the catalog. */
export interface Missing {
  readonly kind?: SchemaKind;
  readonly catalog: string;
}

function sentenceStart(kind: string): string {
  const plural = plurals[kind] ?? `${kind}s`;
  return plural.charAt(0).toUpperCase() + plural.slice(1);
}

const plurals: Readonly<Record<string, string>> = {
  'Some details': 'Some details',
  policy: 'policies',
  statistics: 'extended statistics',
  'operator class': 'operator classes',
  'operator family': 'operator families',
  'default privileges': 'default privileges',
  'text search dictionary': 'text search dictionaries',
};
