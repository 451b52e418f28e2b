import {defineCheck} from '../check.ts';
import {aboutSetting} from '../settings/change.ts';
import {settingOf} from '../settings/value.ts';
import {digits, sinceWords} from '../words.ts';

const day = 86_400_000;
/** Each takes away the twentieth of the statements that was used least: more than one a day, and figures of a week lie. */
const often = 1;

export const check = defineCheck({
  id: 'statements-evicted',
  area: 'queries',
  title: 'pg_stat_statements forgets statements',
  page: {
    looks:
      'There were more different statements than `pg_stat_statements.max`, so that those used least were forgotten more than once a day.',
    silent: 'Versions of the extension before 1.9, which do not count it.',
    sources: [
      'https://www.postgresql.org/docs/current/pgstatstatements.html#PGSTATSTATEMENTS-PG-STAT-STATEMENTS-INFO',
      '`pg_stat_statements_info.dealloc`',
    ],
  },
  needs: ['statements', 'settings'],
  look({statements, settings}, {now}) {
    const {deallocations = 0, resetAt, max} = statements;
    const row = settingOf(settings, 'pg_stat_statements.max');
    if (deallocations === 0 || resetAt === undefined || row === undefined) return [];
    const days = Math.max(1, (now - resetAt) / day);
    if (deallocations / days <= often) return [];
    return [
      aboutSetting(row, {
        severity: 'information',
        what: `pg_stat_statements forgot statements ${digits(deallocations)} times`,
        why: `It keeps ${digits(max)} statements of all databases, and forgets a twentieth of them, those used least, when one more comes. What runs seldom and long is not seen, and totals are too low.`,
        fix: 'Look for statements that differ only in what is no constant: lists of different length (before PostgreSQL 18), names of temporary tables or of schemas, comments in hundreds of forms. Have them sent alike, or raise pg_stat_statements.max.',
        to: String(Math.min(50_000, max * 2)),
        evidence: [sinceWords(resetAt, now)],
      }),
    ];
  },
});
