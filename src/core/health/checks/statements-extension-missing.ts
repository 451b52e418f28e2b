import {defineCheck} from '../check.ts';
import type {Action, Found} from '../finding.ts';
import type {SettingsPart} from '../parts/settings.ts';
import {preloadStatement} from '../preload.ts';
import {settingOf} from '../settings/value.ts';

const name = 'pg_stat_statements';

export const check = defineCheck({
  id: 'statements-extension-missing',
  area: 'queries',
  title: 'Nobody counts which statements take the time',
  page: {
    looks:
      '`pg_stat_statements` is not installed in this database, its library is not loaded, or it is told to count nothing.',
    silent: 'Another extension that counts statements in its own way.',
    sources: [
      'https://www.postgresql.org/docs/current/pgstatstatements.html',
      '`pg_extension`, `pg_settings`, `pg_available_extensions`',
    ],
  },
  needs: ['extensions', 'settings'],
  look({extensions, settings}) {
    const installed = extensions.rows.some(row => row.name === name);
    // Its settings are there for everybody as soon as the library is loaded.
    const loaded = settingOf(settings, `${name}.max`) !== undefined;
    if (!loaded) return [notLoaded(settings, installed, installed || extensions.absent.includes(name))];
    return installed ? stopped(settings) : [notInstalled];
  },
});

const why =
  'Without it nobody knows which statements take the most time, how often they run, and what changed since yesterday. The log knows only single slow ones, and most load comes from fast ones that run often.';

const create: Action = {
  kind: 'migration',
  title: `Create the extension ${name}`,
  migrations: [
    {
      title: `create extension ${name}`,
      up: `CREATE EXTENSION IF NOT EXISTS ${name};`,
      down: `DROP EXTENSION IF EXISTS ${name};`,
    },
  ],
};

const about = {severity: 'information', subject: {kind: 'extension', name}, why} as const;

const notInstalled: Found = {
  ...about,
  what: `${name} is loaded, and not installed in this database`,
  fix: `Run CREATE EXTENSION ${name} as a superuser, or as the role that your provider lets create extensions. It takes no restart, and what was counted until now is there at once.`,
  evidence: [`The server has the settings of ${name}.`],
  actions: [create],
};

function notLoaded(settings: SettingsPart, installed: boolean, available: boolean): Found {
  const now = settingOf(settings, 'shared_preload_libraries')?.value;
  const unseen =
    now === undefined ? ' What shared_preload_libraries has already, this role may not see: keep it.' : '';
  const files = available
    ? ''
    : ' First install the package with PostgreSQL’s contrib modules on the server.';
  return {
    ...about,
    what: `The server does not load ${name}`,
    fix: `Add ${name} to shared_preload_libraries and restart the server; on a managed service do it where the service has its settings.${unseen}${files}${installed ? '' : ' Then create the extension in this database.'}`,
    evidence: [
      `The server has no settings of ${name}.`,
      installed
        ? 'The extension is installed in this database.'
        : 'The extension is not installed in this database.',
    ],
    actions: [
      {
        kind: 'show-sql',
        title: `Load ${name}`,
        sql: `${preloadStatement(name, now)}\n-- Then restart the server.${installed ? '' : `\nCREATE EXTENSION ${name};`}`,
      },
      ...(installed ? [] : [create]),
    ],
  };
}

function stopped(settings: SettingsPart): readonly Found[] {
  const [row] = [
    [`${name}.track`, 'none'],
    ['compute_query_id', 'off'],
  ].flatMap(([setting = '', value]) => {
    const found = settingOf(settings, setting);
    return found?.value === value ? [found] : [];
  });
  if (row === undefined) return [];
  const value = row.name === 'compute_query_id' ? 'auto' : 'top';
  return [
    {
      ...about,
      what: `${name} counts nothing, because ${row.name} is ${row.value}`,
      fix: `Set ${row.name} to ${value}. It takes a reload, and no restart.`,
      evidence: [`${row.name} is ${row.shown}.`],
      actions: [
        {
          kind: 'show-sql',
          title: `Set ${row.name} to ${value}`,
          sql: `ALTER SYSTEM SET ${row.name} = '${value}';\nSELECT pg_reload_conf();`,
        },
      ],
    },
  ];
}
