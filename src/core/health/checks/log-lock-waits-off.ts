import {defineCheck} from '../check.ts';
import {aboutSetting} from '../settings/change.ts';
import {settingOf} from '../settings/value.ts';

export const check = defineCheck({
  id: 'log-lock-waits-off',
  area: 'settings',
  title: 'Long waits for locks leave no trace',
  page: {
    looks: '`log_lock_waits` is `off`.',
    silent: 'Never while it is off.',
    sources: [
      'https://www.postgresql.org/docs/current/runtime-config-logging.html#GUC-LOG-LOCK-WAITS',
      '`pg_settings`',
    ],
  },
  needs: ['settings'],
  look({settings}) {
    const row = settingOf(settings, 'log_lock_waits');
    if (row?.value !== 'off') return [];
    const timeout = settingOf(settings, 'deadlock_timeout')?.shown ?? '1s';
    return [
      aboutSetting(row, {
        severity: 'information',
        what: 'log_lock_waits is off: who waited for whom is known only while it happens',
        why: 'The views show locks of this moment. What stood still for a minute last night is in no log.',
        fix: `Set log_lock_waits to on. The server then writes a message when a session has waited longer than deadlock_timeout (${timeout}), which costs nothing as long as nobody waits that long.`,
        to: 'on',
      }),
    ];
  },
});
