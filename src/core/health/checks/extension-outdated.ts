import {quoteWhereNeeded} from '../../sql/quote.ts';
import {defineCheck} from '../check.ts';

export const check = defineCheck({
  id: 'extension-outdated',
  area: 'settings',
  title: 'Extensions older than their files',
  page: {
    looks:
      'An extension is installed in another version than the server would install now, and there is a way from the one to the other.',
    silent: 'Extensions whose files are gone, or that cannot be updated from their version.',
    sources: [
      'https://www.postgresql.org/docs/current/sql-alterextension.html',
      '`pg_extension`, `pg_available_extensions`, `pg_extension_update_paths()`',
    ],
  },
  needs: ['extensions'],
  look({extensions}) {
    return extensions.rows.flatMap(({name, installed, available, updatable}) => {
      if (available === undefined || available === installed || updatable !== true) return [];
      const statement = `ALTER EXTENSION ${quoteWhereNeeded(name)} UPDATE TO '${available.replaceAll("'", "''")}';`;
      return [
        {
          severity: 'information',
          subject: {kind: 'extension', name},
          what: `${name} is of version ${installed}, and the server has ${available}`,
          why: 'After an upgrade of the server or of a package, the objects in the database stay as they were. New functions and columns are missing, and corrections in the extension’s SQL as well.',
          fix: 'Read the extension’s notes on the versions between, and update it. There is no way back but to drop and create it.',
          evidence: ['By pg_available_extensions of this server; standbys follow the primary.'],
          actions: [{kind: 'show-sql', title: `Update ${name} to ${available}`, sql: statement}],
        },
      ];
    });
  },
});
