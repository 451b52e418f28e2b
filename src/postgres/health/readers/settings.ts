import {ok} from '../../../core/outcome.ts';
import {SettingOverride, SettingRow} from '../../../core/health/parts/settings.ts';
import {settingsRead} from '../../../core/health/settings-read.ts';
import type {PartReader} from '../reader.ts';
import {overridesSql, settingsSql} from '../sql/settings.ts';

/** Reads the settings that checks look at, and what roles and this database have of their own. */
export const settingsReader: PartReader<'settings'> = {
  part: 'settings',
  async read(ask) {
    const rows = await ask.rows(settingsSql(ask.server.versionNumber), [settingsRead], SettingRow);
    if (!rows.ok) return rows;
    const overrides = await ask.rows(overridesSql, [settingsRead], SettingOverride);
    if (!overrides.ok) return overrides;
    const gaps = rows.value.some(({name}) => name === 'shared_preload_libraries')
      ? []
      : ['shared_preload_libraries, which only superusers and members of pg_read_all_settings see.'];
    return ok({kind: 'read', value: {rows: rows.value, overrides: overrides.value}, gaps});
  },
};
