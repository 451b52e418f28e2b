import {defineCheck} from '../check.ts';
import {aboutSetting, overridesOf, overrideWords} from '../settings/change.ts';
import {settingOf} from '../settings/value.ts';

export const check = defineCheck({
  id: 'synchronous-commit-off',
  area: 'settings',
  title: 'Commits are reported before they are safe',
  page: {
    looks:
      '`synchronous_commit` is `off` for the server, or ALTER ROLE or ALTER DATABASE switches it off here.',
    silent: 'Where single transactions choose so for themselves, which is what the setting is for.',
    sources: [
      'https://www.postgresql.org/docs/current/runtime-config-wal.html#GUC-SYNCHRONOUS-COMMIT',
      '`pg_settings`, `pg_db_role_setting`',
    ],
  },
  needs: ['settings'],
  look({settings}) {
    const row = settingOf(settings, 'synchronous_commit');
    const others = overridesOf(settings, 'synchronous_commit').filter(({value}) => value === 'off');
    if (row === undefined || (row.value !== 'off' && others.length === 0)) return [];
    const everywhere = row.value === 'off';
    return [
      aboutSetting(row, {
        severity: 'information',
        what: everywhere
          ? 'synchronous_commit is off: a crash loses the last transactions although they were reported as committed'
          : 'synchronous_commit is off for some sessions: a crash loses their last transactions',
        why: 'The client is told of the commit before its WAL is on the disk. A crash loses up to three times wal_writer_delay, 0.6 s unless changed; nothing is corrupted.',
        fix: everywhere
          ? 'Set it to on, and switch it off with SET LOCAL in the transactions that may be lost, unless all of them may.'
          : 'Make sure that whoever owns these sessions knows, or remove the setting with ALTER ROLE … RESET synchronous_commit or ALTER DATABASE … RESET synchronous_commit.',
        ...(everywhere ? {to: 'on'} : {}),
        evidence: others.map(overrideWords),
      }),
    ];
  },
});
