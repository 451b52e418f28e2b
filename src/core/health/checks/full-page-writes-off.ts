import {defineCheck} from '../check.ts';
import {aboutSetting} from '../settings/change.ts';
import {settingOf} from '../settings/value.ts';

export const check = defineCheck({
  id: 'full-page-writes-off',
  area: 'settings',
  title: 'Pages that are torn by a crash cannot be repaired',
  page: {
    looks: '`full_page_writes` is `off`.',
    silent:
      'Never while it is off. A file system that writes pages of 8 kB whole or not at all, such as ZFS, does without: switch this check off for such a server.',
    sources: [
      'https://www.postgresql.org/docs/current/runtime-config-wal.html#GUC-FULL-PAGE-WRITES',
      '`pg_settings`',
    ],
  },
  needs: ['settings'],
  look({settings}) {
    const row = settingOf(settings, 'full_page_writes');
    if (row?.value !== 'off') return [];
    return [
      aboutSetting(row, {
        severity: 'warning',
        what: 'full_page_writes is off: a crash can leave pages that are half old and half new',
        why: 'A page is 8 kB and disks write smaller pieces. Without its image in the WAL, a page that was being written during a crash of the system stays corrupted, and possibly nobody notices.',
        fix: 'Set full_page_writes to on, unless the file system writes pages whole, as ZFS does. wal_compression makes the images smaller.',
        to: 'on',
      }),
    ];
  },
});
