import {defineCheck} from '../check.ts';
import {aboutSetting} from '../settings/change.ts';
import {settingOf} from '../settings/value.ts';

export const check = defineCheck({
  id: 'fsync-off',
  area: 'settings',
  title: 'The server does not wait for its disks',
  page: {
    looks: '`fsync` is `off`.',
    silent:
      'Never while it is off. A server that can be made again from elsewhere may run so: switch this check off for it.',
    sources: ['https://www.postgresql.org/docs/current/runtime-config-wal.html#GUC-FSYNC', '`pg_settings`'],
  },
  needs: ['settings'],
  look({settings}) {
    const row = settingOf(settings, 'fsync');
    if (row?.value !== 'off') return [];
    return [
      aboutSetting(row, {
        severity: 'error',
        what: 'fsync is off: a power failure can destroy the whole cluster',
        why: 'The server does not make sure that what it wrote is on the disk. After a crash of the operating system, data files and WAL can contradict each other, and only a backup helps.',
        fix: 'Set fsync to on. Where the last transactions may be lost for speed, set synchronous_commit to off instead: it loses, and never corrupts.',
        to: 'on',
      }),
    ];
  },
});
