import {defineCheck} from '../check.ts';
import type {Action, Found} from '../finding.ts';
import type {TableRow} from '../parts/tables.ts';
import {groupTables, sumOf, type TableGroup} from '../table-groups.ts';
import {setOptions} from '../table-options.ts';
import {digits, percent, sinceWords} from '../words.ts';

/** Fewer say little. */
const many = 20_000;
/** Share of the updates that left all indexes alone. */
const low = 0.5;
/** Share of the updates whose new row found no room on its page. */
const moved = 0.3;
/** A table that fits into few pages has no choice of pages. */
const large = 10 * 1024 ** 2;

export const check = defineCheck({
  id: 'hot-updates-low',
  area: 'tables',
  title: 'Updates that write every index',
  page: {
    looks:
      'A table was updated 20,000 times and more, and less than half of that was HOT. From PostgreSQL 16 it says whether pages are full, which a lower fillfactor helps against, or an indexed column is updated.',
    silent: 'Tables of less than 10 MB, and a fillfactor that was lowered already where pages are full.',
    sources: [
      'https://www.postgresql.org/docs/current/storage-hot.html',
      '`pg_stat_all_tables.n_tup_hot_upd`, from 16 `n_tup_newpage_upd`',
    ],
  },
  needs: ['tables'],
  look({tables}, {now}) {
    const since = sinceWords(tables.since, now);
    return groupTables(tables.rows.filter(writesIndexes)).map(group => findingOf(group, since));
  },
});

function writesIndexes({updated, hotUpdated, kind, heapBytes}: TableRow): boolean {
  return kind === 'table' && heapBytes >= large && updated >= many && hotUpdated < low * updated;
}

function findingOf(group: TableGroup, since: string): Found {
  const {rows, title, subject} = group;
  const updated = sumOf(group, row => row.updated);
  const hot = sumOf(group, row => row.hotUpdated);
  const counted = rows.every(row => row.newPageUpdated !== undefined);
  const elsewhere = sumOf(group, row => row.newPageUpdated ?? 0);
  const full = counted ? elsewhere >= moved * updated : undefined;
  const lowered = rows.filter(({fillfactor}) => fillfactor >= 90);
  return {
    severity: 'information',
    subject,
    what: `${percent(1 - hot / updated)} of the updates of ${title} write all its indexes`,
    why: `An update that changes no indexed column and finds room on the page of the row leaves the indexes alone (HOT). ${causes[String(full)] ?? ''}`,
    fix:
      full === false
        ? 'Look at which index holds a column that is updated often, such as a status or a time of change, and drop it if it is of little use.'
        : 'Lower the fillfactor, so that new pages keep room for new versions of their rows. It takes effect as pages are written again, or at once after the table was rewritten. Where an indexed column is updated, it does not help.',
    evidence: [
      `${digits(updated)} updates, ${digits(hot)} of them HOT${counted ? `, ${digits(elsewhere)} to another page` : ''}; fillfactor is ${rows[0].fillfactor}.`,
      since,
    ],
    actions: full === false || lowered.length === 0 ? [] : [lower(lowered, title)],
  };
}

const causes: Readonly<Record<string, string>> = {
  true: 'Here the pages are full: the new version goes to another page.',
  false: 'Here most found room on their page, so they change a column that an index holds.',
  undefined: 'Which of the two it is, this version of PostgreSQL does not count.',
};

function lower(rows: readonly TableRow[], title: string): Action {
  const changes = rows.map(row => setOptions(row, {fillfactor: '85'}));
  return {
    kind: 'migration',
    title: `Keep room on the pages of ${title}`,
    migrations: [
      {
        title: `fillfactor of ${title}`,
        up: changes.map(({up}) => up).join('\n'),
        down: changes.map(({down}) => down).join('\n'),
      },
    ],
  };
}
