import {counted} from '../../words.ts';
import {defineCheck} from '../check.ts';
import {countedSince} from '../time.ts';
import {digits, sinceWords} from '../words.ts';

/** Of all sessions. Deployments and closed laptops cut off some. */
const tellFrom = 0.05;
const fewest = 100;

export const check = defineCheck({
  id: 'sessions-killed',
  area: 'connections',
  title: 'Sessions that did not end by themselves',
  page: {
    looks: `Sessions that were cut off (the client vanished), ended by a fatal error, or terminated by somebody, from
${tellFrom * 100} % of all sessions and ${fewest} of them on.`,
    silent: 'Fewer: programs are killed, and networks fail.',
    sources: [
      'https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-DATABASE-VIEW',
      '`pg_stat_database.sessions_abandoned`, `sessions_fatal` and `sessions_killed` (14–18)',
    ],
  },
  needs: ['database'],
  look({database}, context) {
    const {sessions, sessionsAbandoned, sessionsFatal, sessionsKilled} = database.counters;
    const badly = sessionsAbandoned + sessionsFatal + sessionsKilled;
    const share = badly / Math.max(1, sessions);
    if (badly < fewest || share < tellFrom) return [];
    return [
      {
        severity: 'information',
        what: `${digits(badly)} of ${counted(sessions, 'session')} did not end by themselves`,
        why: 'A session that is cut off in the middle of a transaction loses it, and the server notices it only when it writes to the client. Until then its locks stay.',
        fix: 'Look at what closes connections without a word: time limits of proxies and firewalls, pools that kill workers, memory limits of containers. tcp_keepalives_idle and client_connection_check_interval let the server notice earlier.',
        evidence: [
          `${digits(sessionsAbandoned)} were cut off, ${digits(sessionsFatal)} ended by a fatal error, such as a time limit, and ${digits(sessionsKilled)} terminated by somebody.`,
          sinceWords(countedSince(database, context.part('writing')), context.now),
        ],
        actions: [],
      },
    ];
  },
});
