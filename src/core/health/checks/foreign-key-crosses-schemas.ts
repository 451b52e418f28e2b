import {counted, enumeratedInShort} from '../../words.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {defineCheck} from '../check.ts';
import {
  keySubject,
  ownKeys,
  referencedWords,
  referringWords,
  type OwnKey,
} from '../design/foreign-key-words.ts';
import {replaceForeignKey} from '../design/replace-foreign-key.ts';
import type {Found} from '../finding.ts';
import {grouped} from '../../grouped.ts';
import type {IndexedTable} from '../parts/indexes.ts';

export const check = defineCheck({
  id: 'foreign-key-crosses-schemas',
  area: 'design',
  title: 'Foreign keys from one schema to another',
  needs: ['indexes'],
  page: {
    looks:
      'Foreign keys that refer to a table of another schema, one finding for each two schemas. When the schema has a table of that name itself, as copies of a schema for each tenant have, the key most likely means that one, and it is a warning of its own.',
    silent: 'Keys within one schema, and the copies that partitions have.',
    sources: ['https://www.postgresql.org/docs/current/ddl-schemas.html', 'pg_constraint'],
  },
  look({indexes}) {
    const names = new Set(indexes.tables.map(nameKey));
    const crossing = ownKeys(indexes).filter(({key, table}) => key.referencesSchema !== table.schema);
    const isStray = ({key, table}: OwnKey): boolean =>
      names.has(nameKey({schema: table.schema, name: key.referencesTable}));
    const pairs = grouped(
      crossing.filter(own => !isStray(own)),
      ({key, table}) => nameKey({schema: table.schema, name: key.referencesSchema}),
    );
    return [...crossing.filter(isStray).map(stray), ...[...pairs.values()].flatMap(pair)];
  },
});

function nameKey({schema, name}: Pick<IndexedTable, 'schema' | 'name'>): string {
  return JSON.stringify([schema, name]);
}

function stray(own: OwnKey): Found {
  const {key, table} = own;
  return {
    severity: 'warning',
    subject: keySubject(own),
    what: `${referringWords(own)} refers to ${referencedWords(key)} of the schema ${quoteWhereNeeded(key.referencesSchema)}, although its own schema has such a table`,
    why: `Rows of one copy of the schema depend on rows of another. That happens when a key is added with an unqualified name and another search_path, and it shows when one copy is dropped, restored or moved.`,
    fix: `Let the key refer to ${quoteWhereNeeded(table.schema)}.${quoteWhereNeeded(key.referencesTable)}, if that is what is meant.`,
    evidence: [`Both schemas have a table ${key.referencesTable}.`],
    actions: replaceForeignKey(own, `Let ${key.name} refer to the table of its own schema`, {
      referencesSchema: table.schema,
    }),
  };
}

function pair(keys: readonly OwnKey[]): readonly Found[] {
  const [first] = keys;
  if (!first) return [];
  const {key, table} = first;
  return [
    {
      severity: 'information',
      ...(keys.length === 1 ? {subject: keySubject(first)} : {}),
      what: `${counted(keys.length, 'foreign key')} of the schema ${quoteWhereNeeded(table.schema)} ${keys.length === 1 ? 'leads' : 'lead'} to ${quoteWhereNeeded(key.referencesSchema)}`,
      why: 'The two schemas can no longer be dumped, restored, dropped or given to different owners on their own, and deleting a row of one asks the tables of the other.',
      fix: 'Keep them where the schemas belong together. Where they do not, hold the key’s value without the constraint, or move the table.',
      evidence: [`They are ${enumeratedInShort(keys.map(own => `${own.key.name} of ${own.table.name}`))}.`],
      actions: [],
    },
  ];
}
