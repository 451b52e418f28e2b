import {formatBytes} from '../../catalog/format.ts';
import {defineCheck} from '../check.ts';
import {aboutSetting} from '../settings/change.ts';
import {numberOf, settingOf} from '../settings/value.ts';
import {digits} from '../words.ts';

/** With unknown memory: what all connections together may take for one sort each before it is told. */
const muchWithoutKnowing = 64 * 1024 ** 3;

/** 100 connections with 4 MB each, as initdb makes it. */
const initial = 400 * 1024 ** 2;

export const check = defineCheck({
  id: 'work-mem-risk',
  area: 'settings',
  title: 'Sorts and hashes can take more memory than there is',
  page: {
    looks:
      '`max_connections` × `work_mem` is more than the memory beside `shared_buffers`: one sort in each connection is enough to run out. Where the memory is not known, more than 64 GB.',
    silent:
      'The defaults, however small the machine, and roles with a larger `work_mem` of their own: they are meant to be few.',
    sources: [
      'https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-WORK-MEM',
      '`pg_settings`',
    ],
  },
  needs: ['settings'],
  look({settings}, {memoryBytes: memory}) {
    const row = settingOf(settings, 'work_mem');
    const each = numberOf(settings, 'work_mem');
    const connections = numberOf(settings, 'max_connections');
    const buffers = numberOf(settings, 'shared_buffers');
    if (row === undefined || each === undefined || connections === undefined || buffers === undefined)
      return [];
    const all = each * connections;
    const room = memory === undefined ? muchWithoutKnowing : memory - buffers;
    if (all <= Math.max(room, initial)) return [];
    const hash = numberOf(settings, 'hash_mem_multiplier') ?? 1;
    return [
      aboutSetting(row, {
        severity: memory === undefined ? 'information' : 'warning',
        what: `${digits(connections)} connections with ${row.shown} of work_mem each can take ${formatBytes(all)}`,
        why: `work_mem limits one sort, not a session: a statement takes it for each of its sorts and in each parallel worker, and hashes take ${hash} times as much. Where all connections sort at once, the system ends a process for want of memory, and the whole server restarts.`,
        fix: 'Lower work_mem for the server and give a larger one to the statements and roles that need it (SET LOCAL work_mem, ALTER ROLE … SET work_mem), or lower max_connections and put a pooler before it.',
        evidence: [
          `max_connections is ${connections}.`,
          memory === undefined
            ? 'How much memory the machine has is not known.'
            : `Beside shared_buffers the machine has ${formatBytes(Math.max(0, room))} of memory.`,
        ],
      }),
    ];
  },
});
