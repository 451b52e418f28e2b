import type * as z from 'zod/mini';
import {ok, type Outcome} from '../../../core/outcome.ts';
import {StatementRow, type StatementsPart} from '../../../core/health/parts/statements.ts';
import {maskSecrets} from '../../../core/health/mask-secrets.ts';
import {preloadStatement} from '../../../core/health/preload.ts';
import {amount, duration, flag, list, maybe, moment, record, text} from '../../../core/health/shape.ts';
import {quoteWhereNeeded} from '../../../core/sql/quote.ts';
import {counted} from '../../../core/words.ts';
import type {Ask, NotThere, PartReader, Read} from '../reader.ts';
import {
  statementsFoundSql,
  statementsInfoSql,
  statementsSql,
  statementTotalsSql,
  type StatementsView,
} from '../sql/statements.ts';

const Found = record({
  version: maybe(text),
  schema: maybe(text),
  readable: maybe(flag),
  columns: maybe(list(text)),
  max: maybe(amount),
  track: text,
  planning: flag,
  ioTiming: flag,
  queryId: text,
  preloaded: maybe(text),
  available: flag,
});

type Found = z.infer<typeof Found>;

const Totals = record({
  statements: amount,
  calls: amount,
  totalMs: duration,
  hidden: amount,
  hiddenMs: duration,
});
const Info = record({deallocations: maybe(amount), resetAt: maybe(moment)});
type Info = z.infer<typeof Info>;

/** Reads what pg_stat_statements counts for this database, whichever version of the extension is installed, and where. */
export const statementsReader: PartReader<'statements'> = {
  part: 'statements',
  async read(ask) {
    const rows = await ask.rows(statementsFoundSql, [], Found);
    if (!rows.ok) return rows;
    const [found] = rows.value;
    if (found === undefined) return ok(notInstalled);
    const {version, schema, columns, max} = found;
    if (version === undefined || schema === undefined || columns === undefined || max === undefined)
      return ok(notThere(found));
    if (found.readable !== true) return ok(notReadable(schema, ask.server.user));
    return readView(ask, {...found, version, schema, columns, max});
  },
};

type View = StatementsView & Found & {readonly version: string; readonly max: number};

async function readView(ask: Ask, view: View): Promise<Outcome<Read<StatementsPart>>> {
  const rows = await ask.rows(statementsSql(view), [], StatementRow);
  if (!rows.ok) return rows;
  const totals = await ask.rows(statementTotalsSql(view), [], Totals);
  if (!totals.ok) return totals;
  const info = await readInfo(ask, view);
  if (!info.ok) return info;
  const {hidden, hiddenMs, ...counts} = totals.value[0] ?? noTotals;
  const value = {
    rows: rows.value.map(withoutSecrets),
    totals: counts,
    extensionVersion: view.version,
    max: view.max,
    ioTiming: view.ioTiming,
    ...info.value,
  };
  return ok({
    kind: 'read',
    value,
    gaps: [...hiddenGap(hidden, hiddenMs, counts.totalMs), ...stoppedGap(view)],
  });
}

function withoutSecrets(row: StatementRow): StatementRow {
  return row.query === undefined ? row : {...row, query: maskSecrets(row.query)};
}

const noTotals = {statements: 0, calls: 0, totalMs: 0, hidden: 0, hiddenMs: 0};

/** The view is there from 1.9 on, as `toplevel` is. */
async function readInfo(ask: Ask, view: View): Promise<Outcome<Info>> {
  if (!view.columns.includes('toplevel')) return ok({});
  const info = await ask.rows(statementsInfoSql(view), [], Info);
  return info.ok ? ok(info.value[0] ?? {}) : info;
}

function hiddenGap(hidden: number, ms: number, total: number): readonly string[] {
  if (hidden === 0) return [];
  const share = Math.round((100 * ms) / Math.max(total, 1e-9));
  return [
    `${counted(hidden, 'statement')} of other roles with ${share} % of the time: members of pg_read_all_stats see them.`,
  ];
}

function stoppedGap({queryId, track}: View): readonly string[] {
  if (track === 'none') return ['Nothing new is counted, because pg_stat_statements.track is none.'];
  return queryId === 'off' ? ['Nothing new is counted, because compute_query_id is off.'] : [];
}

const notInstalled: NotThere = {
  kind: 'hidden',
  why: 'pg_stat_statements is not installed in this database.',
  advice: 'Run CREATE EXTENSION pg_stat_statements; as a superuser.',
};

function notThere({version, max, preloaded, available}: Found): NotThere {
  if (max !== undefined) return notInstalled;
  if (!available)
    return {
      kind: 'hidden',
      why: 'pg_stat_statements is not among the extensions of this server.',
      advice:
        "Install the package with PostgreSQL's contrib modules, such as postgresql-contrib, on the server.",
    };
  const then =
    version === undefined ? ' Then run CREATE EXTENSION pg_stat_statements; in this database.' : '';
  const where =
    version === undefined
      ? 'nor is the extension installed in this database'
      : 'although the extension is installed';
  return {
    kind: 'hidden',
    why: `The server does not load the library of pg_stat_statements, ${where}.`,
    advice: `Run ${preloadStatement('pg_stat_statements', preloaded)} as a superuser and restart the server; on a managed service, add pg_stat_statements to shared_preload_libraries in its settings.${others(preloaded)}${then}`,
  };
}

function others(preloaded: string | undefined): string {
  return preloaded === undefined
    ? ' Add it to what shared_preload_libraries has already: this role may not see that.'
    : '';
}

function notReadable(schema: string, user: string): NotThere {
  const name = quoteWhereNeeded(schema);
  const role = quoteWhereNeeded(user);
  return {
    kind: 'hidden',
    why: `pg_stat_statements is in the schema ${name}, which ${role} may not use or read.`,
    advice: `Run GRANT USAGE ON SCHEMA ${name} TO ${role}; and GRANT SELECT ON ${name}.pg_stat_statements, ${name}.pg_stat_statements_info TO ${role}; and GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${name} TO ${role}; where that was revoked.`,
  };
}
