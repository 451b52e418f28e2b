import {defineCheck} from '../check.ts';
import type {Found} from '../finding.ts';
import type {SettingsPart} from '../parts/settings.ts';
import {aboutSetting} from '../settings/change.ts';
import {numberOf, settingOf} from '../settings/value.ts';

/** The default since PostgreSQL 14; it was 0.5 before, and stays in files that were taken along. */
const spread = 0.9;
const narrow = 0.7;
const minute = 60_000;

export const check = defineCheck({
  id: 'checkpoint-settings',
  area: 'settings',
  title: 'Checkpoints are set to come in bursts, or seldom',
  page: {
    looks:
      '`checkpoint_completion_target` is below 0.7, or `checkpoint_timeout` is below 5 minutes or above one hour.',
    silent:
      'Whether `max_wal_size` is large enough is seen in the checkpoints that happen, by a check of its own.',
    sources: [
      'https://www.postgresql.org/docs/current/runtime-config-wal.html#RUNTIME-CONFIG-WAL-CHECKPOINTS',
      'https://www.postgresql.org/docs/current/wal-configuration.html',
      '`pg_settings`',
    ],
  },
  needs: ['settings'],
  look({settings}) {
    return [...target(settings), ...timeout(settings)];
  },
});

function target(settings: SettingsPart): readonly Found[] {
  const row = settingOf(settings, 'checkpoint_completion_target');
  const share = numberOf(settings, 'checkpoint_completion_target');
  if (row === undefined || share === undefined || share >= narrow) return [];
  return [
    aboutSetting(row, {
      severity: 'information',
      what: `checkpoint_completion_target is ${row.shown}: checkpoints write in bursts`,
      why: 'A checkpoint spreads its writes over this share of the time until the next one. A smaller share means the same writes in less time, and other reads and writes wait for them.',
      fix: `Set it to ${spread}, which is the default since PostgreSQL 14. PostgreSQL’s documentation does not recommend to lower it.`,
      to: String(spread),
    }),
  ];
}

function timeout(settings: SettingsPart): readonly Found[] {
  const row = settingOf(settings, 'checkpoint_timeout');
  const ms = numberOf(settings, 'checkpoint_timeout');
  if (row === undefined || ms === undefined || (ms >= 5 * minute && ms <= 60 * minute)) return [];
  const often = ms < 5 * minute;
  return [
    aboutSetting(row, {
      severity: 'information',
      what: `checkpoint_timeout is ${row.shown}`,
      why: often
        ? 'After each checkpoint, the first change of a page writes the whole page to the WAL. Checkpoints that come often multiply the WAL, and what is archived and replicated.'
        : 'After a crash, the server replays all WAL since the last checkpoint before it takes connections again, and this much time may have written much.',
      fix: often
        ? 'Set it to between 5 and 30 minutes, by how long a recovery after a crash may take.'
        : 'Set it to 30 minutes or less, unless a recovery may take so long.',
      to: often ? '15min' : '30min',
    }),
  ];
}
