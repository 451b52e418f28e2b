import {formatBytes} from '../../catalog/format.ts';
import {written} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {defineCheck} from '../check.ts';
import type {Action, Found} from '../finding.ts';
import type {TableWithoutKey} from '../parts/design.ts';
import {digits, shortName} from '../words.ts';

/** Below it, duplicates are found and removed by hand. */
const manyRows = 1000;

export const check = defineCheck({
  id: 'table-without-key',
  area: 'design',
  title: 'Tables without a primary key',
  needs: ['design'],
  page: {
    looks: `Tables and partitioned tables without a primary key: an error when a publication sends their UPDATE and DELETE, which then fail; a warning from ${digits(manyRows)} rows on.`,
    silent:
      'A unique index over columns that are NOT NULL names rows nearly as well, so that is told as information only. Partitions are their parent’s matter; temporary tables and those of extensions are left out.',
    sources: [
      'https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-PRIMARY-KEYS',
      'https://www.postgresql.org/docs/current/logical-replication-publication.html',
      'pg_index, pg_publication, pg_publication_rel, pg_publication_namespace (15)',
    ],
  },
  look: ({design}) => design.withoutKey.map(found),
});

function found(table: TableWithoutKey): Found {
  const {schema, name, published, uniqueIndex, uniqueDefinition, rows, bytes} = table;
  return {
    severity: severityOf(table),
    subject: {kind: 'table', schema, name},
    what: `${shortName(table)} has no primary key${published ? ', and is published: its UPDATE and DELETE fail' : ''}`,
    why: published
      ? 'Logical replication names rows by the replica identity, which is the primary key unless told otherwise. Without one the server refuses UPDATE and DELETE.'
      : `Nothing keeps two rows from being the same${uniqueIndex === undefined ? '' : ` but the unique index ${uniqueIndex}`}, tools cannot name a row to change it, foreign keys need columns to refer to, and logical replication refuses UPDATE and DELETE.`,
    fix:
      uniqueIndex === undefined || uniqueDefinition === undefined
        ? 'Make the columns that name a row the primary key, or add an identity column.'
        : `Make the unique index ${uniqueIndex} the primary key, which rewrites and reads nothing.`,
    evidence: [
      rows === undefined
        ? 'The table was never analyzed, so the number of its rows is not known.'
        : `About ${digits(rows)} rows in ${formatBytes(bytes)} as of the last VACUUM or ANALYZE.`,
    ],
    actions: actionsOf(table),
  };
}

function severityOf({published, uniqueIndex, rows = 0}: TableWithoutKey): Found['severity'] {
  if (published) return 'error';
  return uniqueIndex === undefined && rows >= manyRows ? 'warning' : 'information';
}

function actionsOf(table: TableWithoutKey): readonly Action[] {
  const {published, uniqueIndex, uniqueDefinition} = table;
  const on = `ALTER TABLE ${written(table)}`;
  const until: Action = {
    kind: 'show-sql',
    title: 'Show how to replicate it as it is',
    sql: `-- Writes the whole old row into the WAL for each UPDATE and DELETE.\n${on} REPLICA IDENTITY FULL;`,
  };
  const more = published ? [until] : [];
  if (uniqueIndex !== undefined && uniqueDefinition !== undefined) {
    const index = quoteWhereNeeded(uniqueIndex);
    const title = `Make ${uniqueIndex} the primary key of ${table.name}`;
    const up = `${on} ADD CONSTRAINT ${index} PRIMARY KEY USING INDEX ${index};`;
    const down = `-- The index goes with the constraint.\n${on} DROP CONSTRAINT ${index};\n${uniqueDefinition};`;
    return [{kind: 'migration', title, migrations: [{title, up, down}]}, ...more];
  }
  const sql = `-- Where columns name a row already:\n${on} ADD PRIMARY KEY (…);\n\n-- Otherwise a number of its own, which rewrites the table while nobody can use it:\n${on} ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;`;
  return [{kind: 'show-sql', title: 'Show how to add a primary key', sql}, ...more];
}
