import {written} from '../../sql/objects.ts';
import {defineCheck} from '../check.ts';
import {columnName} from '../design/column-name.ts';
import {largestOf, severityOfUse, usedForError, usedForWarning} from '../design/integers.ts';
import {widenColumn} from '../design/widen-column.ts';
import type {Action, Found} from '../finding.ts';
import type {SequenceRow} from '../parts/design.ts';
import {digits, percent, shortName} from '../words.ts';

export const check = defineCheck({
  id: 'sequence-exhausted',
  area: 'design',
  title: 'Sequences that run out of numbers',
  needs: ['design'],
  page: {
    looks: `How far each sequence is from its last number: its own bound, or what the column that takes the numbers can hold, whichever comes first. Descending sequences are followed downwards. From ${percent(usedForWarning)} on it is a warning, from ${percent(usedForError)} on an error.`,
    silent:
      'A sequence that begins again (`CYCLE`) before its column is full never runs out. Sequences with more than 2^53 numbers are not looked at, unless they feed a smaller column: a million numbers in each second would last 285 years.',
    sources: [
      'https://www.postgresql.org/docs/current/sql-createsequence.html',
      'pg_sequence, pg_sequence_last_value(), pg_depend',
    ],
  },
  look: ({design}) => design.sequences.flatMap(found),
});

/** What the sequence can still give, and what ends it. */
interface Range {
  readonly share: number;
  readonly left: number;
  readonly end: number;
  /** The column is full before the sequence ends. */
  readonly byColumn: boolean;
}

function found(sequence: SequenceRow): readonly Found[] {
  const range = rangeOf(sequence);
  const severity = range && severityOfUse(range.share);
  if (!range || !severity || (sequence.cycle && !range.byColumn)) return [];
  const name = shortName(sequence);
  const {column, last = 0} = sequence;
  const taker = column ? `${columnName(column)} (${column.type})` : 'whoever asks it';
  return [
    {
      severity,
      subject: {kind: 'sequence', schema: sequence.schema, name: sequence.name},
      what: `${name} has used ${percent(Math.floor(range.share * 100) / 100)} of its numbers`,
      why: `It gives ${taker} numbers up to ${digits(range.end)}${range.byColumn ? ', where the column is full' : ''}. It is at ${digits(last)}, so ${digits(range.left)} are left. After them every INSERT that needs one fails.`,
      fix: fixOf(sequence, range),
      evidence: [`The last number is that of now; the sequence counts by ${digits(sequence.increment)}.`],
      actions: actionsOf(sequence, range),
    },
  ];
}

/** @returns undefined before the first number, and where the role may not see it */
function rangeOf({last, min, max, increment, column}: SequenceRow): Range | undefined {
  if (last === undefined) return undefined;
  const limit = column && largestOf(column.type);
  const step = Math.abs(increment);
  if (increment > 0) {
    const end = Math.min(max, limit ?? max);
    return {
      share: (last - min) / (end - min),
      left: Math.floor((end - last) / step),
      end,
      byColumn: end < max,
    };
  }
  const end = Math.max(min, limit === undefined ? min : -limit - 1);
  return {share: (max - last) / (max - end), left: Math.floor((last - end) / step), end, byColumn: end > min};
}

/** The sequence is smaller than its column, and so quickly made larger. */
function outgrown({type, column}: SequenceRow): boolean {
  return column !== undefined && type !== 'bigint' && (largestOf(column.type) ?? 0) > (largestOf(type) ?? 0);
}

function isOwnBound({type, max, min, increment}: SequenceRow): boolean {
  const limit = largestOf(type) ?? 0;
  return increment > 0 ? max < limit : min > -limit - 1;
}

function fixOf(sequence: SequenceRow, {byColumn}: Range): string {
  if (!byColumn && outgrown(sequence))
    return `Give the sequence the type of its column: ALTER SEQUENCE … AS ${sequence.column?.type ?? 'bigint'} changes one row of the catalog and rewrites nothing.`;
  if (!byColumn && isOwnBound(sequence))
    return 'Raise the bound of the sequence, after a look at who relies on it: ALTER SEQUENCE … NO MAXVALUE.';
  return 'Make the column, every column that refers to it, and the sequence bigint while there is time. ALTER COLUMN … TYPE rewrites a table while nobody can use it; a large one is better given a second column that is filled in batches and then takes the place of the first.';
}

function actionsOf(sequence: SequenceRow, range: Range): readonly Action[] {
  const name = written(sequence);
  const {column} = sequence;
  if (!range.byColumn && outgrown(sequence) && column !== undefined) {
    const title = `Make the sequence ${sequence.name} ${column.type}`;
    const up = `ALTER SEQUENCE ${name} AS ${column.type};`;
    return [
      {
        kind: 'migration',
        title,
        migrations: [{title, up, down: `ALTER SEQUENCE ${name} AS ${sequence.type};`}],
      },
    ];
  }
  if (!range.byColumn && isOwnBound(sequence)) {
    const bound = sequence.increment > 0 ? 'MAXVALUE' : 'MINVALUE';
    return [
      {kind: 'show-sql', title: 'Show how to raise the bound', sql: `ALTER SEQUENCE ${name} NO ${bound};`},
    ];
  }
  return column === undefined
    ? [{kind: 'show-sql', title: 'Show how to widen it', sql: `ALTER SEQUENCE ${name} AS bigint;`}]
    : [widenColumn(column, column.identity ? [] : [`ALTER SEQUENCE ${name} AS bigint;`])];
}
