import {formatBytes} from '../../catalog/format.ts';
import {enumeratedInShort} from '../../words.ts';
import {defineCheck} from '../check.ts';
import type {Found} from '../finding.ts';
import {modelOf} from '../indexes/model.ts';
import {countedDays, counterEvidence, entriesWritten} from '../indexes/words.ts';
import type {IndexedTable, IndexesPart, IndexRow} from '../parts/indexes.ts';
import {digits, percent, shortName} from '../words.ts';

/** With so many, most of what a row's write costs is the indexes'. */
const leastIndexes = 8;
/** Of a day: fewer writes are no load, however many indexes there are. */
const writesPerDay = 10_000;
/** After a week a table that was only loaded, and is read since, has more scans than writes. */
const leastDays = 7;

export const check = defineCheck({
  id: 'too-many-indexes',
  area: 'indexes',
  title: 'Tables that are written much and have many indexes',
  needs: ['indexes'],
  page: {
    looks: `Tables with ${leastIndexes} valid indexes or more, to which more entries were written than scans read them: at least ${digits(writesPerDay)} rows a day inserted or updated in a way that is not HOT, for ${leastDays} days, and more entries in all indexes than scans of all of them.`,
    silent:
      'Tables that are read more than written, and partitions, which are told once at the partitioned table. Which of the indexes can go is told by `index-unused`, `index-redundant` and `index-rarely-used`.',
    sources: [
      'https://www.postgresql.org/docs/current/indexes-intro.html',
      'https://www.postgresql.org/docs/current/storage-hot.html',
      'pg_stat_all_tables, pg_stat_all_indexes',
    ],
  },
  look({indexes: part}, {now}) {
    const {ofTable} = modelOf(part);
    const days = countedDays(part, now) ?? 0;
    if (part.countersOff === true || days < leastDays) return [];
    return part.tables.flatMap(table => {
      const own = (ofTable.get(table.oid) ?? []).filter(({valid}) => valid);
      return table.parent === undefined && isHot(table, own, days) ? [found(part, table, own, now)] : [];
    });
  },
});

function isHot(table: IndexedTable, own: readonly IndexRow[], days: number): boolean {
  const writes = entriesWritten(table);
  return (
    own.length >= leastIndexes && writes >= writesPerDay * days && writes * own.length > table.indexScans
  );
}

function found(part: IndexesPart, table: IndexedTable, own: readonly IndexRow[], now: number): Found {
  const bytes = own.reduce((sum, index) => sum + index.bytes, 0);
  const writes = entriesWritten(table);
  const {updated, hotUpdated, schema, name} = table;
  const least = own
    .filter(({unique, constraint}) => !unique && constraint === undefined)
    .toSorted((a, b) => a.scans - b.scans || b.bytes - a.bytes);
  return {
    severity: 'information',
    subject: {kind: 'table', schema, name},
    what: `${shortName(table)} has ${own.length} indexes and is written more than they are read`,
    why: `Each new row makes ${own.length} entries: ${digits(writes)} writes made ${digits(writes * own.length)}, for ${digits(table.indexScans)} scans. Each entry is written to the WAL, and an update that changes an indexed column cannot be HOT.`,
    fix: 'Drop the indexes that are used least, and join those that begin alike into one.',
    evidence: [
      ...(least.length === 0
        ? []
        : [
            `Used least: ${enumeratedInShort(least.map(each => `${each.name} (${digits(each.scans)} scans)`))}.`,
          ]),
      `The indexes take ${formatBytes(bytes)}, the table ${formatBytes(table.bytes)}.`,
      ...(updated > 0
        ? [`${percent(hotUpdated / updated)} of the updates were HOT, which leave indexes alone.`]
        : []),
      ...counterEvidence(part, now),
    ],
    actions: [{kind: 'show-indexes', table: {schema, name}}],
  };
}
