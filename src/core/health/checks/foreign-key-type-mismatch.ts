import {written} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {enumerated} from '../../words.ts';
import {defineCheck} from '../check.ts';
import {
  keySubject,
  ownKeys,
  referencedWords,
  referringWords,
  type OwnKey,
} from '../design/foreign-key-words.ts';
import {largestOf} from '../design/integers.ts';
import type {Found} from '../finding.ts';
import {modelOf, type IndexModel} from '../indexes/model.ts';
import type {ForeignKeyRow} from '../parts/indexes.ts';
import {digits} from '../words.ts';

/** From so much of what the smaller type can name, the table that is referred to may outgrow it. */
const nearLimit = 0.1;

export const check = defineCheck({
  id: 'foreign-key-type-mismatch',
  area: 'design',
  title: 'Foreign keys of another type than what they refer to',
  needs: ['indexes'],
  page: {
    looks:
      'The types of each foreign key’s columns beside those that they refer to. Types that are compared by a cast, such as `numeric` with `integer`, are a warning; so is a smaller integer once the table that it refers to has a tenth of the rows that it can name. Other integers are information.',
    silent:
      'Another length or precision of one type, and `text` beside `character varying`, which are compared as they are. Copies that partitions have.',
    sources: ['https://www.postgresql.org/docs/current/sql-createtable.html', 'pg_constraint, pg_attribute'],
  },
  look({indexes}) {
    const model = modelOf(indexes);
    return ownKeys(indexes).flatMap(own => found(own, model));
  },
});

type Kind = 'narrower' | 'wider' | 'other';

type Column = ForeignKeyRow['columns'][number];

interface Difference {
  readonly column: Column;
  readonly referenced: Column;
  readonly kind: Kind;
}

function found(own: OwnKey, model: IndexModel): readonly Found[] {
  const {key, table} = own;
  const [first, ...others] = key.columns.flatMap((column, index): readonly Difference[] => {
    const referenced = key.referencedColumns[index];
    const kind = referenced && differenceOf(column.type, referenced.type);
    return referenced && kind ? [{column, referenced, kind}] : [];
  });
  if (!first) return [];
  const all = [first, ...others];
  const rows = model.tables.get(key.referencesOid)?.rows;
  const types = all.map(
    ({column, referenced}) => `${column.name} is ${column.type}, ${referenced.name} is ${referenced.type}`,
  );
  return [
    {
      severity: all.some(each => isPressing(each, rows)) ? 'warning' : 'information',
      subject: keySubject(own),
      what: `${referringWords(own)} has another type than ${referencedWords(key)}, which it refers to`,
      why: `${enumerated(types)}. ${whys[first.kind]}`,
      fix: 'Give both columns one type. ALTER COLUMN … TYPE rewrites a table while nobody can use it, so a large one is better given a second column that is filled in batches.',
      evidence: rows === undefined ? [] : [`${key.referencesTable} has about ${digits(rows)} rows.`],
      actions: [
        {
          kind: 'show-sql',
          title: 'Show how to change the type',
          sql: all
            .map(
              ({column, referenced}) =>
                `ALTER TABLE ${written(table)} ALTER COLUMN ${quoteWhereNeeded(column.name)} TYPE ${referenced.type};`,
            )
            .join('\n'),
        },
      ],
    },
  ];
}

const whys: Readonly<Record<Kind, string>> = {
  narrower:
    'Rows whose key is beyond what the smaller type holds cannot be referred to, and that shows only on the day when there are such rows.',
  wider:
    'It takes more room than it can use, and says to whoever reads it that the keys are larger than they are.',
  other:
    'One side is cast for each comparison, so joins and the checks of the key may not use an index, and what is equal may depend on the cast.',
};

function isPressing({column, kind}: Difference, rows: number | undefined): boolean {
  if (kind === 'other') return true;
  const limit = largestOf(column.type);
  return kind === 'narrower' && limit !== undefined && (rows ?? 0) >= nearLimit * limit;
}

const texts: ReadonlySet<string> = new Set(['text', 'character varying']);

function differenceOf(type: string, referenced: string): Kind | undefined {
  const [own, other] = [withoutModifier(type), withoutModifier(referenced)];
  if (own === other || (texts.has(own) && texts.has(other))) return undefined;
  const [size, otherSize] = [largestOf(own), largestOf(other)];
  if (size === undefined || otherSize === undefined) return 'other';
  return size < otherSize ? 'narrower' : 'wider';
}

/** `character varying(20)` and `timestamp(3) with time zone` have it in different places. */
function withoutModifier(type: string): string {
  return type.replace(/\(\d+(?:,-?\d+)?\)/, '');
}
