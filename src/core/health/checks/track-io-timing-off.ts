import {defineCheck} from '../check.ts';
import {aboutSetting} from '../settings/change.ts';
import {settingOf} from '../settings/value.ts';

export const check = defineCheck({
  id: 'track-io-timing-off',
  area: 'settings',
  title: 'Nobody measures how long reading from disk takes',
  page: {
    looks: '`track_io_timing` is `off`.',
    silent: 'On standbys it is told as well: they have settings of their own.',
    sources: [
      'https://www.postgresql.org/docs/current/runtime-config-statistics.html#GUC-TRACK-IO-TIMING',
      'https://www.postgresql.org/docs/current/pgtesttiming.html',
      '`pg_settings`',
    ],
  },
  needs: ['settings'],
  look({settings}) {
    const row = settingOf(settings, 'track_io_timing');
    if (row?.value !== 'off') return [];
    return [
      aboutSetting(row, {
        severity: 'information',
        what: 'track_io_timing is off: nobody can tell what waits for the disk',
        why: 'Plans, pg_stat_statements, pg_stat_database and the log of autovacuum then count blocks and no time. A block from the system’s cache and one from a slow disk look alike.',
        fix: 'Set track_io_timing to on. It reads the clock twice for each block; run pg_test_timing on the server first, and leave it off where a loop takes more than 100 ns on average.',
        to: 'on',
      }),
    ];
  },
});
