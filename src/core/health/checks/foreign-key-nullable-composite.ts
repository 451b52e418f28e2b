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
import {replaceForeignKey} from '../design/replace-foreign-key.ts';
import type {Action, Found} from '../finding.ts';

export const check = defineCheck({
  id: 'foreign-key-nullable-composite',
  area: 'design',
  title: 'Foreign keys of several columns that a NULL switches off',
  needs: ['indexes'],
  page: {
    looks:
      'Foreign keys over several columns with `MATCH SIMPLE`, the default, of which two or more columns may be NULL.',
    silent:
      'With only one column that may be NULL, its NULL says that the row refers to nothing, which is usual for tenant and number. `MATCH FULL` refuses half a key, and so may a CHECK constraint over the same columns: keys with one are left out.',
    sources: [
      'https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK',
      'pg_constraint.confmatchtype',
    ],
  },
  look({indexes}, context) {
    const together = context.part('design')?.checkedTogether ?? [];
    return ownKeys(indexes)
      .filter(({key}) => key.match === 'simple' && key.enforced && nullable(key).length > 1)
      .filter(({key, table}) => {
        const numbers = nullable(key).map(({column}) => column);
        return !together.some(
          ({tableOid, columns}) =>
            tableOid === table.oid && numbers.every(number => columns.includes(number)),
        );
      })
      .map(found);
  },
});

function nullable(key: OwnKey['key']): OwnKey['key']['columns'] {
  return key.columns.filter(column => column.nullable);
}

function found(own: OwnKey): Found {
  const {key, table} = own;
  const names = nullable(key).map(({name}) => quoteWhereNeeded(name));
  return {
    severity: 'information',
    subject: keySubject(own),
    what: `A single NULL in ${referringWords(own)} switches its foreign key off`,
    why: `${enumerated(names)} may be NULL. With MATCH SIMPLE a row with NULL in any column of the key is not checked at all, so half a key can name a row of ${referencedWords(key)} that does not exist.`,
    fix: 'Make the columns NOT NULL, or let a CHECK constraint ask that all or none are NULL, or declare the key with MATCH FULL, which does the same.',
    evidence: ['Whether there are such rows was not counted: the query reads the whole table.'],
    actions: [
      ...fullMatch(own),
      {
        kind: 'show-sql',
        title: 'Show how to find and refuse half keys',
        sql: [
          `SELECT count(*) FROM ${written(table)} WHERE num_nulls(${names.join(', ')}) BETWEEN 1 AND ${names.length - 1};`,
          '',
          `ALTER TABLE ${written(table)} ADD CHECK (num_nulls(${names.join(', ')}) IN (0, ${names.length})) NOT VALID;`,
        ].join('\n'),
      },
    ],
  };
}

/** With a column that is NOT NULL, MATCH FULL would ask for all of them; and it sets all of them NULL, or none. */
function fullMatch(own: OwnKey): readonly Action[] {
  const {key} = own;
  const isFit = nullable(key).length === key.columns.length && key.deleteSets === undefined;
  return isFit ? replaceForeignKey(own, `Let ${key.name} refuse half keys`, {match: 'full'}) : [];
}
