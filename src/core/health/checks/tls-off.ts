import {counted} from '../../words.ts';
import {defineCheck} from '../check.ts';

export const check = defineCheck({
  id: 'tls-off',
  area: 'security',
  title: 'Sessions over the network without TLS',
  page: {
    looks:
      'Sessions from other machines are not encrypted. A warning where `ssl` is off, information where it is on.',
    silent:
      'Sockets and loopback addresses, and encryption by something else than PostgreSQL, such as a tunnel: nobody sees that from here. A role that may not see other sessions looks at its own.',
    sources: [
      'https://www.postgresql.org/docs/current/ssl-tcp.html',
      '`pg_stat_ssl`, `pg_stat_activity`, `pg_settings`',
    ],
  },
  needs: ['security'],
  look({security: {tls, plainSessions, encryptedSessions}}) {
    if (plainSessions === 0) return [];
    const all = plainSessions + encryptedSessions;
    return [
      {
        severity: tls ? 'information' : 'warning',
        subject: {kind: 'setting', name: 'ssl'},
        what: tls
          ? `${plainSessions} of ${counted(all, 'session')} over the network ${plainSessions === 1 ? 'is' : 'are'} not encrypted`
          : `TLS is off, and ${counted(plainSessions, 'session')} ${plainSessions === 1 ? 'comes' : 'come'} over the network`,
        why: 'Statements, their values and what is read can be read and changed on the way, by whoever has the network between.',
        fix: tls
          ? 'Let clients connect with sslmode=verify-full, and write hostssl instead of host into pg_hba.conf, so that nobody gets in without.'
          : 'Give the server a certificate and a key, set ssl to on and reload. Then write hostssl instead of host into pg_hba.conf, and let clients connect with sslmode=verify-full.',
        evidence: [
          'By pg_stat_ssl, of the sessions that this role may see; sockets and loopback addresses do not count.',
        ],
        actions: tls
          ? []
          : [
              {
                kind: 'show-sql',
                title: 'Switch TLS on',
                sql: "-- After server.crt and server.key are in place:\nALTER SYSTEM SET ssl = 'on';\nSELECT pg_reload_conf();",
              },
            ],
      },
    ];
  },
});
