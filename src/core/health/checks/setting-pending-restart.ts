import {enumeratedInShort} from '../../words.ts';
import {defineCheck} from '../check.ts';

export const check = defineCheck({
  id: 'setting-pending-restart',
  area: 'settings',
  title: 'Settings that wait for a restart',
  page: {
    looks:
      'A setting was changed in a configuration file and the server was reloaded, but the setting takes a restart.',
    silent: 'A file that was changed and not reloaded yet: the server has not read it.',
    sources: [
      'https://www.postgresql.org/docs/current/view-pg-settings.html',
      '`pg_settings.pending_restart`',
    ],
  },
  needs: ['settings'],
  look({settings}) {
    const waiting = settings.rows.filter(({pendingRestart}) => pendingRestart);
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
