import {counted, enumerated, enumeratedInShort} from '../../words.ts';
import {defineCheck} from '../check.ts';
import {columnName} from '../design/column-name.ts';
import {notNullMigrations} from '../design/not-null.ts';
import type {Found} from '../finding.ts';
import {grouped} from '../../grouped.ts';
import type {NullableColumn} from '../parts/design.ts';
import {digits, shortName} from '../words.ts';

/** Rows of which ANALYZE reads all with the default statistics target. */
const sample = 30_000;

/** Tables with a finding of their own: a long list of what is merely tidy hides what matters. */
const each = 10;

const reasons = {
  default: 'has a default',
  unique: 'belongs to a unique key',
  'foreign-key': 'is a foreign key',
} as const;

export const check = defineCheck({
  id: 'column-never-null',
  area: 'design',
  title: 'Columns that could be NOT NULL',
  needs: ['design'],
  page: {
    looks:
      'Columns that may be NULL, of which the statistics of at least a thousand rows know no NULL, and that belong to a unique key, are a foreign key, or are a flag or a moment with a default. One finding for each of the ten largest tables, and one for all others.',
    silent:
      'Columns with a CHECK constraint of their own, generated columns, domains that are NOT NULL, partitions, and columns that this role may not read.',
    sources: ['https://www.postgresql.org/docs/current/ddl-constraints.html', 'pg_stats.null_frac'],
  },
  look({design}) {
    const largest = design.nullable.toSorted((a, b) => b.rows - a.rows);
    const tables = [...grouped(largest, ({schema, table}) => JSON.stringify([schema, table])).values()];
    return [...tables.slice(0, each).flatMap(found), ...others(tables.slice(each))];
  },
});

function found(columns: readonly NullableColumn[]): readonly Found[] {
  const [first] = columns;
  if (!first) return [];
  const {schema, table, rows} = first;
  const names = columns.map(({name}) => name);
  const title = `Make ${enumeratedInShort(names)} of ${table} NOT NULL`;
  return [
    {
      severity: 'information',
      subject:
        columns.length === 1
          ? {kind: 'column', schema, table, name: first.name}
          : {kind: 'table', schema, name: table},
      what: `${enumeratedInShort(names)} of ${shortName({schema, name: table})} may be NULL and never ${names.length === 1 ? 'is' : 'are'}`,
      why: `${enumeratedInShort(columns.map(({name, reason}) => `${name} ${reasons[reason]}`))}. Every query and program has to reckon with a NULL that is not meant, and NOT IN and outer joins are planned worse.`,
      fix: 'Make them NOT NULL where that is what is meant: a CHECK constraint that is validated first spares the scan under an ACCESS EXCLUSIVE lock.',
      evidence: [
        rows <= sample
          ? `The last ANALYZE saw all of about ${digits(rows)} rows.`
          : `The last ANALYZE saw a sample of about ${digits(rows)} rows, so there may be a few NULLs; validating finds them.`,
      ],
      actions: [{kind: 'migration', title, migrations: notNullMigrations({schema, name: table}, names)}],
    },
  ];
}

function others(tables: readonly (readonly NullableColumn[])[]): readonly Found[] {
  const columns = tables.flat();
  if (columns.length === 0) return [];
  return [
    {
      severity: 'information',
      what: `${counted(columns.length, 'column')} of ${counted(tables.length, 'other table')} may be NULL and never ${columns.length === 1 ? 'is' : 'are'}`,
      why: 'Every query and program has to reckon with a NULL that is not meant.',
      fix: 'Make them NOT NULL where that is what is meant.',
      evidence: [`They are ${enumerated(columns.map(columnName))}.`],
      actions: [],
    },
  ];
}
