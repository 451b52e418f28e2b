import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {Action, Found} from '../finding.ts';
import type {SettingOverride, SettingRow, SettingsPart} from '../parts/settings.ts';

/** How to give a setting another value. */
interface Change {
  /** Whole sentences: who may, and what it takes. */
  readonly how: string;
  readonly actions: readonly Action[];
}

/**
 * Says how a setting is changed on this server, and with which statement.
 * @param value as SQL takes it without quotes: `4GB`, `on`
 * Source: https://www.postgresql.org/docs/current/view-pg-settings.html (context), https://www.postgresql.org/docs/current/sql-altersystem.html
 */
function changeTo(row: SettingRow, value: string): Change {
  if (row.context === 'internal')
    return {how: `${row.name} is fixed when the server is built or initdb runs.`, actions: []};
  const restart = row.context === 'postmaster';
  const takes = restart ? 'It takes a restart.' : 'It takes a reload, and no restart.';
  const elsewhere = givenElsewhere[row.source];
  if (elsewhere !== undefined) return {how: `${elsewhere}: change it there.`, actions: []};
  const rights =
    row.alterable === false
      ? ' This role may not use ALTER SYSTEM here: ask a superuser, or set it where your provider has its settings.'
      : '';
  const sql = `ALTER SYSTEM SET ${row.name} = '${value}';\n${restart ? '-- Then restart the server.' : 'SELECT pg_reload_conf();'}`;
  return {how: `${takes}${rights}`, actions: [{kind: 'show-sql', title: `Set ${row.name} to ${value}`, sql}]};
}

const byStatement = 'ALTER ROLE or ALTER DATABASE gives it to this role, which wins over ALTER SYSTEM';

/** Sources that ALTER SYSTEM does not win against. */
const givenElsewhere: Readonly<Record<string, string>> = {
  'command line':
    'It is given on the server’s command line, which wins over ALTER SYSTEM and is read at a start',
  'environment variable': 'It is given in the server’s environment, which is read at a start',
  database: byStatement,
  user: byStatement,
  'database user': byStatement,
  client: 'This connection gives it to itself when it begins',
};

/** @returns what the setting is, and where that came from, as evidence */
export function origin({name, shown, source, boot, value}: SettingRow): string {
  const from = boot === value ? 'PostgreSQL’s default' : `from: ${source}`;
  return `${name} is ${shown} (${from}).`;
}

interface AboutSetting extends Pick<Found, 'severity' | 'what' | 'why' | 'fix'> {
  /** The value that is proposed, as SQL takes it without quotes; absent for none. */
  readonly to?: string;
  readonly evidence?: readonly string[];
}

/** Makes a finding about a setting: its value as evidence, and the statement that changes it as action. */
export function aboutSetting(row: SettingRow, about: AboutSetting): Found {
  const {severity, what, why, fix, to, evidence = []} = about;
  const change = to === undefined ? undefined : changeTo(row, to);
  return {
    severity,
    subject: {kind: 'setting', name: row.name},
    what,
    why,
    fix: change === undefined ? fix : `${fix} ${change.how}`,
    evidence: [origin(row), ...evidence],
    actions: change?.actions ?? [],
  };
}

/** @returns what ALTER ROLE and ALTER DATABASE say of a setting here */
export function overridesOf({overrides = []}: SettingsPart, name: string): readonly SettingOverride[] {
  return overrides.filter(override => override.name === name);
}

/** @returns `app in this database is given 30s.` */
export function overrideWords({role, here, value}: SettingOverride): string {
  const who = role === undefined ? 'Every role' : quoteWhereNeeded(role);
  return `${who}${here ? ' in this database' : ''} is given ${value}.`;
}
