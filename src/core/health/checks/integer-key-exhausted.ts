import {defineCheck} from '../check.ts';
import {columnName} from '../design/column-name.ts';
import {largestOf, severityOfUse, usedForError, usedForWarning} from '../design/integers.ts';
import {widenColumn} from '../design/widen-column.ts';
import type {Found} from '../finding.ts';
import type {SmallKey} from '../parts/design.ts';
import {digits, percent} from '../words.ts';

/** Values that begin so far below zero are spread over the whole type, as hashes are, and do not grow towards its end. */
const spreadBelow = -0.1;

export const check = defineCheck({
  id: 'integer-key-exhausted',
  area: 'design',
  title: 'Integer keys that run out of values',
  needs: ['design'],
  page: {
    looks: `The largest value, as of the planner's statistics, in columns of the types \`smallint\` and \`integer\` that belong to a primary key, a unique key or a foreign key to a larger column, and whose numbers come from no sequence that this role can read. From ${percent(usedForWarning)} of what the type holds it is a warning, from ${percent(usedForError)} an error.`,
    silent:
      'Values that reach far below zero are spread over the whole type, as hashes are, and are no counter. Columns with a sequence of their own are told by `sequence-exhausted`, and a foreign key to a column of the same type by that column.',
    sources: ['https://www.postgresql.org/docs/current/datatype-numeric.html', 'pg_stats'],
  },
  look: ({design}) => design.smallKeys.flatMap(found),
});

function found(key: SmallKey): readonly Found[] {
  const {references, type, largest, smallest} = key;
  const limit = largestOf(type) ?? Infinity;
  const share = largest / limit;
  const severity = severityOfUse(share);
  const isMirror = references !== undefined && references.type === type;
  if (!severity || isMirror || smallest < spreadBelow * limit) return [];
  const what = `${columnName(key)} has reached ${percent(Math.floor(share * 100) / 100)} of what ${type} holds`;
  const refers = references ? ` It refers to ${columnName(references)}, which is ${references.type}.` : '';
  return [
    {
      severity,
      subject: {kind: 'column', schema: key.schema, table: key.table, name: key.name},
      what,
      why: `Its largest value is about ${digits(largest)}, and ${type} ends at ${digits(limit)}.${refers} Rows with larger values are refused with “${type} out of range”.`,
      fix: 'Make the column and every column that refers to it bigint while there is time. ALTER COLUMN … TYPE rewrites a table while nobody can use it; a large one is better given a second column that is filled in batches and then takes the place of the first.',
      evidence: [
        'The largest value is as of the last ANALYZE, which reads a sample of a large table; there may be larger ones.',
      ],
      actions: [widenColumn(key)],
    },
  ];
}
