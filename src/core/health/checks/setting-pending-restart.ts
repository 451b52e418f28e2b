import {enumeratedInShort} from '../../words.ts';
import {defineCheck} from '../check.ts';

export const check = defineCheck({
  id: 'setting-pending-restart',
  area: 'settings',
  title: 'Settings that wait for a restart',
  page: {
    looks:
      'A setting was changed in a configuration file and the server was reloaded, but the setting takes a restart.',
    silent:
      'A file that was changed and not reloaded yet: the server has not read it. What is given on the command line: it wins at the next start as well.',
    sources: [
      'https://www.postgresql.org/docs/current/view-pg-settings.html',
      '`pg_settings.pending_restart`',
    ],
  },
  needs: ['settings'],
  look({settings}) {
    const waiting = settings.rows.filter(
      // The server says so of these for ever where a file says something else; the command line wins at each start.
      ({pendingRestart, source}) => pendingRestart && source !== 'command line',
    );
    const [first] = waiting;
    if (first === undefined) return [];
    const names = waiting.map(({name}) => name);
    const several = names.length > 1;
    return [
      {
        severity: 'information',
        subject: {kind: 'setting', name: first.name},
        what: `${enumeratedInShort(names)} ${several ? 'wait' : 'waits'} for a restart`,
        why: 'The next restart, planned or not, starts the server with other values than it runs with now. A value that it cannot start with shows itself only then.',
        fix: `Restart the server at a time of your choice, or take the ${several ? 'changes' : 'change'} out of the configuration. The values in the files are in pg_file_settings.`,
        evidence: waiting.map(
          ({name, shown}) => `${name} runs with ${shown === '' ? 'a value that is not told' : shown}.`,
        ),
        actions: [
          {
            kind: 'show-sql',
            title: 'Look at the values in the files',
            sql: `SELECT name, setting, sourcefile, sourceline, error FROM pg_file_settings\nWHERE name IN (${names.map(name => `'${name}'`).join(', ')})\nORDER BY seqno;`,
          },
        ],
      },
    ];
  },
});
