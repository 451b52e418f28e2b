import {defineCheck} from '../check.ts';
import {minute} from '../time.ts';
import {msWords} from '../words.ts';

/** A pool that is needed uses each of its connections within this time. */
const idleFor = 10 * minute;
/** Fewer cost nothing that anybody would notice. */
const fewest = 50;
/** Of what ordinary roles may use. */
const shareFrom = 0.5;

export const check = defineCheck({
  id: 'connection-idle-many',
  area: 'connections',
  title: 'Many connections that do nothing',
  page: {
    looks: `Counts client sessions that were idle, outside of a transaction, for more than ${msWords(idleFor)}. It is told from
${fewest} of them on, when they are at least ${shareFrom * 100} % of the connections that ordinary roles may use.`,
    silent: 'Fewer, and pools whose connections are all used now and then.',
    sources: ['`pg_stat_activity.state` and `state_change` (14–18)'],
  },
  needs: ['sessions'],
  look({sessions: {rows, maxConnections, reserved}}, {now}) {
    const idle = rows.filter(
      ({kind, state, stateAt}) =>
        kind === 'client backend' && state === 'idle' && stateAt !== undefined && now - stateAt > idleFor,
    );
    const open = Math.max(1, maxConnections - reserved);
    if (idle.length < fewest || idle.length / open < shareFrom) return [];
    const oldest = Math.min(...idle.flatMap(({stateAt}) => stateAt ?? []));
    return [
      {
        severity: 'information',
        what: `${idle.length} connections have done nothing for more than ${msWords(idleFor)}`,
        why: `Each is a process that keeps its caches of catalogs and plans, and a slot of the ${open} that ordinary roles may use. When the load comes, those who need a connection may not get one.`,
        fix: 'Make the pools of the applications smaller, let them close what idles, or put a pooler in transaction mode in front of the server.',
        evidence: [`The longest of them has been idle for ${msWords(now - oldest)}.`],
        actions: [],
      },
    ];
  },
});
