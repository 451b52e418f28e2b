import {ok} from '../../../core/outcome.ts';
import {ExtensionRow} from '../../../core/health/parts/settings.ts';
import {record, text} from '../../../core/health/shape.ts';
import type {PartReader} from '../reader.ts';
import {absentExtensionsSql, extensionsSql} from '../sql/extensions.ts';

/** What statements, exact bloat, indexes on trial and the search for corruption rest on. */
const worthHaving = ['amcheck', 'hypopg', 'pg_stat_statements', 'pgstattuple'];

/** Reads which extensions are installed, and which of use to an operator are not. */
export const extensionsReader: PartReader<'extensions'> = {
  part: 'extensions',
  async read(ask) {
    const rows = await ask.rows(extensionsSql, [], ExtensionRow);
    if (!rows.ok) return rows;
    const absent = await ask.rows(absentExtensionsSql, [worthHaving], record({name: text}));
    if (!absent.ok) return absent;
    return ok({
      kind: 'read',
      value: {rows: rows.value, absent: absent.value.map(({name}) => name)},
      gaps: [],
    });
  },
};
