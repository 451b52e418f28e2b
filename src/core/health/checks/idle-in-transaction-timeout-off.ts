import {defineCheck} from '../check.ts';
import {aboutSetting, overridesOf} from '../settings/change.ts';
import {numberOf, settingOf} from '../settings/value.ts';

export const check = defineCheck({
  id: 'idle-in-transaction-timeout-off',
  area: 'settings',
  title: 'Forgotten transactions stay open for ever',
  page: {
    looks: '`idle_in_transaction_session_timeout` is 0, and no role and not this database is given one.',
    silent:
      'A timeout that ALTER ROLE or ALTER DATABASE gives, and from 17 a `transaction_timeout`, which ends what is idle as well.',
    sources: [
      'https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-IDLE-IN-TRANSACTION-SESSION-TIMEOUT',
      '`pg_settings`, `pg_db_role_setting`',
    ],
  },
  needs: ['settings'],
  look({settings}) {
    const name = 'idle_in_transaction_session_timeout';
    const row = settingOf(settings, name);
    if (row === undefined || numberOf(settings, name) !== 0) return [];
    if ((numberOf(settings, 'transaction_timeout') ?? 0) > 0) return [];
    if (
      [name, 'transaction_timeout'].some(each => overridesOf(settings, each).some(({value}) => value !== '0'))
    )
      return [];
    return [
      aboutSetting(row, {
        severity: 'information',
        what: 'idle_in_transaction_session_timeout is off: a forgotten transaction stays open for ever',
        why: 'A session that is idle in a transaction keeps its locks, and keeps VACUUM from removing any row that died since it began. One program that does not come back is enough to bloat every table.',
        fix: 'Set it to some minutes, longer than any program thinks between two statements of one transaction. The session is then ended and its transaction rolled back.',
        to: '10min',
      }),
    ];
  },
});
