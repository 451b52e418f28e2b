import {formatBytes} from '../../catalog/format.ts';
import {defineCheck} from '../check.ts';
import type {Action, Found} from '../finding.ts';
import type {SettingsPart} from '../parts/settings.ts';
import type {TableRow} from '../parts/tables.ts';
import {aboutSetting} from '../settings/change.ts';
import {settingOf} from '../settings/value.ts';
import {groupTables, sumOf, type TableGroup} from '../table-groups.ts';
import {digits, sqlName} from '../words.ts';

/** A smaller table is read whole all the same. */
const noticeable = 10 * 1024 ** 2;

export const check = defineCheck({
  id: 'autovacuum-off',
  area: 'vacuum',
  title: 'Autovacuum is switched off',
  page: {
    looks:
      '`autovacuum` or `track_counts` is off for the server, which is an error, or `autovacuum_enabled` is off for a table: a warning from 10 MB on, information below.',
    silent: 'Tables where it is off for TOAST as a consequence of the table itself.',
    sources: [
      'https://www.postgresql.org/docs/current/routine-vacuuming.html#AUTOVACUUM',
      'https://www.postgresql.org/docs/current/sql-createtable.html#RELOPTION-AUTOVACUUM-ENABLED',
      '`pg_settings`, `pg_class.reloptions`',
    ],
  },
  needs: ['tables'],
  look({tables}, context) {
    // A standby is vacuumed by its primary.
    if (context.part('server')?.standby === true) return [];
    const off = tables.rows.filter(({autovacuum}) => !autovacuum);
    const tops = off.filter(({main}) => main === undefined || !includes(off, main));
    const settings = context.part('settings');
    return [...(settings === undefined ? [] : ofServer(settings)), ...groupTables(tops).map(ofGroup)];
  },
});

function includes(rows: readonly TableRow[], main: NonNullable<TableRow['main']>): boolean {
  return rows.some(({schema, name}) => schema === main.schema && name === main.name);
}

function ofServer(settings: SettingsPart): readonly Found[] {
  return ['autovacuum', 'track_counts'].flatMap(name => {
    const row = settingOf(settings, name);
    if (row?.value !== 'off') return [];
    return [
      aboutSetting(row, {
        severity: 'error',
        what: `${name} is off: nothing is vacuumed or analyzed by itself`,
        why: 'Dead rows stay, tables and indexes grow, plans are made with old statistics. Only a VACUUM against wrap-around is still started, late and all at once.',
        fix: 'Switch it on. Where it was too busy at a bad time, raise autovacuum_vacuum_cost_delay or give the tables thresholds of their own instead.',
        to: 'on',
      }),
    ];
  });
}

function ofGroup(group: TableGroup): Found {
  const {rows, title, subject} = group;
  const bytes = sumOf(group, row => row.bytes);
  return {
    severity: bytes >= noticeable ? 'warning' : 'information',
    subject,
    what: `Autovacuum is off for ${title}`,
    why: 'Dead rows stay and statistics age until somebody runs VACUUM and ANALYZE. A VACUUM against wrap-around comes all the same, late and with everything to do.',
    fix: 'Switch it on again. For a table that is emptied and filled as a whole, run ANALYZE after it is filled.',
    evidence: [
      `${formatBytes(bytes)} and ${digits(sumOf(group, ({dead}) => dead))} dead rows; ${digits(sumOf(group, row => row.modifiedSinceAnalyze))} rows changed since the last ANALYZE.`,
    ],
    actions: [reset(rows, title), {kind: 'maintain', command: 'vacuum', object: nameOf(rows[0])}],
  };
}

function nameOf(row: TableRow): NonNullable<TableRow['main']> {
  const {schema, name} = row.main ?? row;
  return {schema, name};
}

function reset(rows: readonly TableRow[], title: string): Action {
  const each = (change: (option: string) => string): string =>
    rows
      .map(
        row =>
          `ALTER TABLE ${sqlName(nameOf(row))} ${change(row.main ? 'toast.autovacuum_enabled' : 'autovacuum_enabled')};`,
      )
      .join('\n');
  return {
    kind: 'migration',
    title: `Switch autovacuum on for ${title}`,
    migrations: [
      {
        title: `switch autovacuum on for ${title}`,
        up: each(option => `RESET (${option})`),
        down: each(option => `SET (${option} = off)`),
      },
    ],
  };
}
