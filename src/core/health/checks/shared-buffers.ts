import {formatBytes} from '../../catalog/format.ts';
import type {CheckContext} from '../check.ts';
import {defineCheck} from '../check.ts';
import type {Found} from '../finding.ts';
import type {SettingRow} from '../parts/settings.ts';
import {aboutSetting} from '../settings/change.ts';
import {memoryValue, numberOf, settingOf} from '../settings/value.ts';
import {percent} from '../words.ts';

/** The documentation proposes 25 % where the machine has 1 GB and more, and finds that more than 40 % seldom works better. */
const proposed = 0.25;
const least = 0.1;
const most = 0.45;
const dedicated = 1024 ** 3;
/** The system’s cache serves so little as well. */
const smallData = 1024 ** 3;
/** With unknown memory only initdb’s own value and less is told, and only where the data are much larger. */
const initial = 128 * 1024 ** 2;

export const check = defineCheck({
  id: 'shared-buffers',
  area: 'settings',
  title: 'Shared buffers do not fit the machine',
  page: {
    looks:
      '`shared_buffers` is less than 10 % of the memory while all databases together are larger than it and than 1 GB, or more than 45 % of the memory. Where the memory is not known: it is the 128 MB of initdb or less, and the databases are more than eight times as large.',
    silent: 'Databases that fit into the buffers, and machines with less than 1 GB.',
    sources: [
      'https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-SHARED-BUFFERS',
      '`pg_settings`, `pg_database_size()`',
    ],
  },
  needs: ['settings'],
  look({settings}, context) {
    const row = settingOf(settings, 'shared_buffers');
    const buffers = numberOf(settings, 'shared_buffers');
    if (row === undefined || buffers === undefined) return [];
    const data = dataBytes(context);
    const {memoryBytes: memory} = context;
    if (memory === undefined)
      return data > 8 * buffers && buffers <= initial ? [initialFinding(row, buffers, data)] : [];
    if (memory < dedicated) return [];
    if (buffers < least * memory && data > Math.max(buffers, smallData))
      return [small(row, buffers, memory, data)];
    return buffers > most * memory ? [large(row, buffers, memory)] : [];
  },
});

function dataBytes(context: CheckContext): number {
  const databases = context.part('database')?.databases ?? [];
  const sum = databases.reduce((bytes, database) => bytes + (database.bytes ?? 0), 0);
  return Math.max(sum, context.part('server')?.databaseBytes ?? 0);
}

function small(row: SettingRow, buffers: number, memory: number, data: number): Found {
  return aboutSetting(row, {
    severity: 'information',
    what: `shared_buffers is ${percent(buffers / memory)} of the memory`,
    why: 'Blocks that are not in shared buffers are copied from the system’s cache at best. PostgreSQL’s documentation proposes 25 % of the memory to begin with where the machine belongs to the server.',
    fix: 'Raise shared_buffers to about a quarter of the memory, and max_wal_size with it, unless the machine has other work.',
    to: memoryValue(memory * proposed),
    evidence: [
      `The machine has ${formatBytes(memory)} of memory, and the databases have ${formatBytes(data)}.`,
    ],
  });
}

function large(row: SettingRow, buffers: number, memory: number): Found {
  return aboutSetting(row, {
    severity: 'information',
    what: `shared_buffers is ${percent(buffers / memory)} of the memory`,
    why: 'PostgreSQL relies on the system’s cache as well. PostgreSQL’s documentation finds it unlikely that more than 40 % of the memory works better than less, and what sorts and connections need has to fit beside it.',
    fix: 'Lower shared_buffers to between 25 and 40 % of the memory, and compare the cache hit ratio before and after.',
    to: memoryValue(memory * proposed),
    evidence: [`The machine has ${formatBytes(memory)} of memory.`],
  });
}

function initialFinding(row: SettingRow, buffers: number, data: number): Found {
  return aboutSetting(row, {
    severity: 'information',
    what: `shared_buffers is ${row.shown}${buffers === initial ? ', as initdb made it,' : ''} for ${formatBytes(data)} of data`,
    why: 'PostgreSQL’s documentation proposes 25 % of the memory to begin with where the machine belongs to the server. The 128 MB that initdb sets suit a machine of half a gigabyte.',
    fix: 'Set shared_buffers to about a quarter of the memory.',
    evidence: [
      'How much memory the machine has is not known: tell it in the settings for an exact proposal.',
    ],
  });
}
