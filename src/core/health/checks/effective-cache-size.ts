import {formatBytes} from '../../catalog/format.ts';
import {defineCheck} from '../check.ts';
import {aboutSetting} from '../settings/change.ts';
import {memoryValue, numberOf, settingOf} from '../settings/value.ts';
import {percent} from '../words.ts';

/** Shared buffers and the system’s cache together are commonly between a half and three quarters of the memory. */
const least = 0.4;
const usual = 0.7;

export const check = defineCheck({
  id: 'effective-cache-size',
  area: 'settings',
  title: 'The planner misjudges what is cached',
  page: {
    looks:
      '`effective_cache_size` is less than 40 % of the memory while the database is larger than it, or was set to more than the memory.',
    silent: 'Nothing is told of servers whose memory is not known. It allocates nothing: only plans change.',
    sources: [
      'https://www.postgresql.org/docs/current/runtime-config-query.html#GUC-EFFECTIVE-CACHE-SIZE',
      '`pg_settings`',
    ],
  },
  needs: ['settings'],
  look({settings}, context) {
    const row = settingOf(settings, 'effective_cache_size');
    const size = numberOf(settings, 'effective_cache_size');
    const {memoryBytes: memory} = context;
    if (row === undefined || size === undefined || memory === undefined) return [];
    const data = context.part('server')?.databaseBytes ?? 0;
    // The default is a guess of PostgreSQL’s, and harmless on a small machine.
    const tooLarge = size > memory && row.value !== row.boot;
    const tooSmall = size < least * memory && data > size;
    if (!tooLarge && !tooSmall) return [];
    const effect = tooLarge
      ? 'The planner then counts on cached blocks that no memory can hold, and prefers indexes where reading the table is faster.'
      : 'The planner then counts on reading from disk what is cached, and prefers sequential scans where an index is faster.';
    return [
      aboutSetting(row, {
        severity: 'information',
        what: `effective_cache_size is ${percent(size / memory)} of the memory`,
        why: `It tells the planner how much of the data the server and the system cache together. ${effect}`,
        fix: 'Set it to what shared buffers and the system’s cache have together, about 70 % of a machine that belongs to the server. No memory is taken for it.',
        to: memoryValue(memory * usual),
        evidence: [`The machine has ${formatBytes(memory)} of memory.`],
      }),
    ];
  },
});
