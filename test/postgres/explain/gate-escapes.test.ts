import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {escapingFunctions} from '../../../src/core/explain/gate/functions.ts';
import type {Session} from '../../../src/core/session.ts';
import {explainStatement} from '../../../src/postgres/explain/explain.ts';
import {startDebianServer, type DebianServer} from '../../rig/debian-server.ts';
import {startServer, type TestServer} from '../../rig/servers.ts';
import {failure, openFor, value} from '../../rig/sessions.ts';

/** One call, made in a read-only transaction that is rolled back, and a look that differs when something stayed. */
interface Probe {
  readonly name: string;
  /** Run before, outside of any transaction. */
  readonly setUp?: readonly string[];
  /** What stands between the parentheses of the call; or a whole statement. */
  readonly call?: string;
  readonly sql?: string;
  readonly look: string;
  /** Major versions. */
  readonly from?: number;
  readonly until?: number;
}

const wal = 'SELECT pg_current_wal_insert_lsn()';
const locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()";
const slots = `SELECT string_agg(slot_name || coalesce(confirmed_flush_lsn, restart_lsn), ' ' ORDER BY 1)
  FROM pg_replication_slots`;
const origins = 'SELECT count(*) FROM pg_replication_origin_status';
const originSession = 'SELECT pg_replication_origin_session_is_setup()';
const summaries = "SELECT count(*) FROM brin_page_items(get_raw_page('bi', 2), 'bi') WHERE value IS NOT NULL";
const advance = 'CREATE TABLE gone (); DROP TABLE gone';
const far = 'SELECT count(*) FROM far';
const connections = 'SELECT dblink_get_connections()';
const cursors = "SELECT a FROM dblink('c', 'SELECT count(*) FROM pg_cursors') AS t(a int)";
const files = "SELECT string_agg(f, ' ' ORDER BY f) FROM pg_ls_dir('.') AS f WHERE f LIKE 'howdah%'";
const busy = "SELECT dblink_is_busy('c')";
const self = "'host=127.0.0.1 user=postgres password=postgres port=' || current_setting('port')";

/** In order: a later one may use what an earlier one left. */
const probes: readonly Probe[] = [
  {name: 'pg_reload_conf', look: 'SELECT pg_conf_load_time()'},
  {
    name: 'pg_truncate_visibility_map',
    setUp: ['CREATE EXTENSION pg_visibility', 'CREATE TABLE v AS SELECT 1 AS a', 'VACUUM v'],
    call: "'v'",
    look: "SELECT all_visible FROM pg_visibility_map_summary('v')",
  },
  {name: 'pg_advisory_lock', call: '1', look: locks},
  {name: 'pg_advisory_lock_shared', call: '2', look: locks},
  {name: 'pg_try_advisory_lock', call: '3', look: locks},
  {name: 'pg_try_advisory_lock_shared', call: '4', look: locks},
  {name: 'pg_advisory_unlock', setUp: ['SELECT pg_advisory_lock(5)'], call: '5', look: locks},
  {name: 'pg_advisory_unlock_shared', setUp: ['SELECT pg_advisory_lock_shared(6)'], call: '6', look: locks},
  {name: 'pg_advisory_unlock_all', setUp: ['SELECT pg_advisory_lock(7)'], look: locks},
  {name: 'pg_switch_wal', setUp: [advance], look: `SELECT pg_walfile_name((${wal}))`},
  {name: 'pg_create_restore_point', call: "'here'", look: wal},
  {name: 'pg_logical_emit_message', call: "false, 'a', 'b'", look: wal},
  {name: 'pg_log_standby_snapshot', look: wal, from: 16},
  {name: 'pg_create_physical_replication_slot', call: "'p', true", look: slots},
  {name: 'pg_create_logical_replication_slot', call: "'l', 'pgoutput'", look: slots},
  {name: 'pg_copy_physical_replication_slot', call: "'p', 'p2'", look: slots},
  {name: 'pg_copy_logical_replication_slot', call: "'l', 'l2'", look: slots},
  {name: 'pg_drop_replication_slot', call: "'l2'", look: slots},
  {
    name: 'pg_replication_slot_advance',
    setUp: [advance],
    call: "'p', pg_current_wal_flush_lsn()",
    look: slots,
  },
  {
    name: 'pg_logical_slot_get_binary_changes',
    setUp: [
      'CREATE TABLE published (a int)',
      'CREATE PUBLICATION p FOR TABLE published',
      "SELECT pg_drop_replication_slot('l')",
      "SELECT pg_create_logical_replication_slot('l', 'pgoutput')",
      'INSERT INTO published VALUES (1)',
    ],
    call: "'l', NULL, NULL, 'proto_version', '1', 'publication_names', 'p'",
    look: slots,
  },
  {
    name: 'pg_logical_slot_get_changes',
    setUp: [
      "SELECT pg_create_logical_replication_slot('t', 'test_decoding')",
      'INSERT INTO published VALUES (1)',
    ],
    call: "'t', NULL, NULL",
    look: slots,
  },
  {
    name: 'pg_replication_origin_advance',
    setUp: ["SELECT pg_replication_origin_create('o')"],
    call: "'o', '0/AA'",
    look: origins,
  },
  {name: 'pg_replication_origin_session_setup', call: "'o'", look: originSession},
  {name: 'pg_replication_origin_session_reset', look: originSession},
  {name: 'pg_replication_origin_drop', call: "'o'", look: origins},
  {
    name: 'pg_stat_reset',
    look: 'SELECT stats_reset FROM pg_stat_database WHERE datname = current_database()',
  },
  {
    name: 'pg_stat_reset_shared',
    call: "'bgwriter'",
    look: 'SELECT stats_reset FROM pg_stat_bgwriter',
  },
  {
    name: 'pg_stat_reset_single_table_counters',
    setUp: ['CREATE TABLE counted (a int)', 'INSERT INTO counted VALUES (1)', 'SELECT pg_sleep(1.1)'],
    call: "'counted'::regclass",
    look: "SELECT n_tup_ins FROM pg_stat_all_tables WHERE relname = 'counted'",
  },
  {
    name: 'pg_stat_reset_single_function_counters',
    setUp: [
      "CREATE FUNCTION counted() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'",
      'SELECT counted()',
      'SELECT pg_sleep(1.1)',
    ],
    call: "'counted'::regproc",
    look: "SELECT sum(calls) FROM pg_stat_user_functions WHERE funcname = 'counted'",
  },
  {
    name: 'pg_stat_reset_slru',
    sql: "SELECT pg_stat_reset_slru(name) FROM pg_stat_slru WHERE name ILIKE 'notify'",
    look: "SELECT stats_reset FROM pg_stat_slru WHERE name ILIKE 'notify'",
  },
  {
    name: 'pg_stat_reset_replication_slot',
    call: "'l'",
    look: "SELECT stats_reset FROM pg_stat_replication_slots WHERE slot_name = 'l'",
  },
  {
    name: 'pg_stat_reset_subscription_stats',
    setUp: ["CREATE SUBSCRIPTION s CONNECTION 'dbname=none' PUBLICATION p WITH (connect = false)"],
    call: '(SELECT oid FROM pg_subscription)',
    look: 'SELECT stats_reset FROM pg_stat_subscription_stats',
    from: 15,
  },
  {
    name: 'pg_stat_reset_backend_stats',
    setUp: ['CREATE TABLE backend AS SELECT 1 AS a', 'SELECT pg_stat_force_next_flush()'],
    call: 'pg_backend_pid()',
    look: 'SELECT max(stats_reset) FROM pg_stat_get_backend_io(pg_backend_pid())',
    from: 18,
  },
  {
    name: 'pg_stat_statements_reset',
    setUp: ['CREATE EXTENSION pg_stat_statements', 'SELECT 4711 AS seen'],
    look: "SELECT count(*) FROM pg_stat_statements WHERE query LIKE 'SELECT $1 AS seen'",
  },
  {
    name: 'brin_summarize_new_values',
    setUp: [
      'CREATE EXTENSION pageinspect',
      'CREATE TABLE b (a int)',
      'CREATE INDEX bi ON b USING brin (a) WITH (pages_per_range = 1)',
      'INSERT INTO b SELECT generate_series(1, 5000)',
    ],
    call: "'bi'",
    look: summaries,
  },
  {name: 'brin_desummarize_range', call: "'bi', 3", look: summaries},
  {name: 'brin_summarize_range', call: "'bi', 3", look: summaries},
  {
    name: 'gin_clean_pending_list',
    setUp: [
      'CREATE TABLE g (a int[])',
      'CREATE INDEX gi ON g USING gin (a) WITH (fastupdate = on)',
      'INSERT INTO g SELECT ARRAY[i] FROM generate_series(1, 50) i',
    ],
    call: "'gi'",
    look: "SELECT n_pending_tuples FROM gin_metapage_info(get_raw_page('gi', 0))",
  },
  {
    name: 'heap_force_freeze',
    setUp: ['CREATE EXTENSION pg_surgery'],
    call: "'counted', ARRAY['(0,1)']::tid[]",
    look: "SELECT t_infomask FROM heap_page_items(get_raw_page('counted', 0))",
  },
  {
    name: 'heap_force_kill',
    call: "'counted', ARRAY['(0,1)']::tid[]",
    look: 'SELECT count(*) FROM counted',
  },
  {
    name: 'lo_export',
    setUp: ["SELECT lo_from_bytea(4242, 'abc')"],
    call: "4242, current_setting('data_directory') || '/howdah-exported'",
    look: files,
  },
  {
    name: 'pg_file_write',
    setUp: ['CREATE EXTENSION adminpack'],
    call: "'howdah-written', 'a', false",
    look: files,
    until: 16,
  },
  {name: 'pg_file_rename', call: "'howdah-written', 'howdah-renamed'", look: files, until: 16},
  {name: 'pg_file_unlink', call: "'howdah-renamed'", look: files, until: 16},
  {name: 'pg_start_backup', call: "'b', true, true", look: 'SELECT pg_is_in_backup()', until: 14},
  {name: 'pg_stop_backup', look: 'SELECT pg_is_in_backup()', until: 14},
  {name: 'pg_backup_start', call: "'b', true", look: 'SELECT pg_backup_stop(false) IS NULL', from: 15},
  {
    name: 'pg_backup_stop',
    setUp: ["SELECT pg_backup_start('b', true)"],
    call: 'false',
    look: "SELECT pg_backup_start('b', true) IS NULL",
    from: 15,
  },
  {
    name: 'dblink',
    setUp: ['CREATE EXTENSION dblink', 'CREATE TABLE far (a int)'],
    sql: `SELECT * FROM dblink(${self}, 'INSERT INTO far VALUES (1) RETURNING a') AS t(a int)`,
    look: far,
  },
  {name: 'dblink_exec', call: `${self}, 'INSERT INTO far VALUES (2)'`, look: far},
  {name: 'dblink_connect', call: `'c', ${self}`, look: connections},
  {name: 'dblink_connect_u', call: `'u', ${self}`, look: connections},
  {name: 'dblink_disconnect', call: "'u'", look: connections},
  {name: 'dblink_open', call: "'c', 'k', 'SELECT 1 FROM far'", look: cursors},
  {
    name: 'dblink_fetch',
    setUp: ['CREATE SEQUENCE fetched', "SELECT dblink_open('c', 'f', 'SELECT nextval(''fetched'')')"],
    sql: "SELECT * FROM dblink_fetch('c', 'f', 1) AS t(a int)",
    look: 'SELECT is_called FROM fetched',
  },
  {name: 'dblink_close', call: "'c', 'k'", look: cursors},
  {name: 'dblink_send_query', call: "'c', 'SELECT 1 FROM pg_sleep(30)'", look: busy},
  {name: 'dblink_cancel_query', call: "'c'", look: busy},
  {
    name: 'dblink_get_result',
    setUp: [
      "SELECT dblink_disconnect('c')",
      `SELECT dblink_connect('c', ${self})`,
      "SELECT dblink_send_query('c', 'SELECT 1')",
    ],
    sql: "SELECT * FROM dblink_get_result('c') AS t(a int)",
    look: "SELECT count(*) FROM dblink_get_result('c') AS t(a int)",
  },
];

/**
 * Looked at below: on servers of another kind, or with another session. But for `pg_rotate_logfile`, which needs the
 * logging collector, and does its work outside of any transaction: it sends the postmaster a signal.
 */
const elsewhere: readonly Pick<Probe, 'name' | 'from' | 'until'>[] = [
  'pg_terminate_backend',
  'pg_cancel_backend',
  'pg_promote',
  'pg_wal_replay_pause',
  'pg_wal_replay_resume',
  'pg_rotate_logfile',
  'hypopg_create_index',
  'hypopg_drop_index',
  'hypopg_reset',
].map(name => ({name}));

/** What ROLLBACK takes back, though a read-only transaction allows it. */
const contained: readonly Probe[] = [
  {name: 'version', look: wal},
  {name: 'set_config', call: "'work_mem', '9MB', false", look: 'SHOW work_mem'},
  {name: 'pg_advisory_xact_lock', call: '9', look: locks},
  {name: 'pg_replication_origin_create', call: "'n'", look: 'SELECT count(*) FROM pg_replication_origin'},
  {name: 'pg_export_snapshot', look: "SELECT count(*) FROM pg_ls_dir('pg_snapshots')"},
  {name: 'pg_import_system_collations', call: "'public'", look: 'SELECT count(*) FROM pg_collation'},
  {
    name: 'pg_clear_relation_stats',
    setUp: ['ANALYZE b'],
    call: "'public', 'b'",
    look: "SELECT reltuples FROM pg_class WHERE relname = 'b'",
    from: 18,
  },
  {
    name: 'pg_restore_relation_stats',
    call: "'schemaname', 'public', 'relname', 'b', 'reltuples', 5::real",
    look: "SELECT reltuples FROM pg_class WHERE relname = 'b'",
    from: 18,
  },
];

const timeouts = {statement: 20_000, lock: 1000};

async function execute(session: Session, sql: string): Promise<void> {
  value(await explainStatement(session, {sql, mode: 'analyze', guard: 'read-only', timeouts}));
}

/** What the look sees; a failure is something to see, too. */
async function see(session: Session, look: string): Promise<string> {
  const seen = await session.texts(look, {params: []});
  return seen.ok ? seen.value.join() : (seen.failure.server?.sqlState ?? seen.failure.message);
}

async function setUpFor({setUp = []}: Probe, session: Session): Promise<void> {
  for (const each of setUp) value(await session.script(each));
}

function executeProbe({name, call = '', sql}: Probe, session: Session): Promise<void> {
  return execute(session, sql ?? `SELECT ${name}(${call})`);
}

function existsIn(major: number) {
  return ({from = 14, until = 99}: Pick<Probe, 'from' | 'until'>): boolean => from <= major && major <= until;
}

// Decoding reads what is on disk, and VACUUM marks what is committed there.
const flags = ['wal_level=logical', 'autovacuum=off', 'synchronous_commit=on'];

describe.each([14, 18] as const)(
  'after a read-only transaction that was rolled back, on PostgreSQL %i',
  major => {
    let server: TestServer;
    let session: Session;

    beforeAll(async () => {
      server = await startServer(major, {flags});
      session = await openFor(server);
    });

    afterAll(async () => {
      await session.close();
      await server.stop();
    });

    it.each(probes.filter(existsIn(major)))('$name has not been taken back', async probe => {
      await setUpFor(probe, session);
      const before = await see(session, probe.look);
      await executeProbe(probe, session);
      // The statistics of 14 arrive a little later.
      await expect.poll(() => see(session, probe.look), {timeout: 5000}).not.toBe(before);
    });

    it.each(contained.filter(existsIn(major)))('$name has been taken back', async probe => {
      await setUpFor(probe, session);
      const before = await see(session, probe.look);
      await executeProbe(probe, session);
      expect(await see(session, probe.look)).toBe(before);
    });

    it('a notification has not been sent', async () => {
      const listener = await openFor(server);
      value(await listener.script('LISTEN howdah'));
      await execute(session, "SELECT pg_notify('howdah', 'a')");
      expect(await see(session, 'SELECT pg_notification_queue_usage()')).toBe('0');
      await listener.close();
    });

    it.each(['pg_terminate_backend', 'pg_cancel_backend'])('%s has reached another session', async name => {
      const other = await openFor(server);
      const sleeping = other.query('SELECT pg_sleep(30)');
      await execute(session, `SELECT ${name}(${other.server.backendPid}) FROM pg_sleep(0.2)`);
      expect(failure(await sleeping).server?.sqlState).toBe(name === 'pg_cancel_backend' ? '57014' : '57P01');
      await other.close();
    });

    it('none of them is run by planning: all are volatile', async () => {
      const rows = await session.texts(
        'SELECT DISTINCT proname::text || provolatile::text FROM pg_proc WHERE proname = ANY ($1) ORDER BY 1',
        {params: [[...escapingFunctions.keys()]]},
      );
      const here = [...probes, ...elsewhere.filter(({name}) => name.startsWith('pg_'))];
      const names = here.filter(existsIn(major)).map(({name}) => `${name}v`);
      expect(value(rows).toSorted()).toEqual([...new Set(names)].toSorted());
    });
  },
);

describe('on a standby', () => {
  let standby: TestServer;
  let session: Session;

  beforeAll(async () => {
    standby = await startServer(18, {standby: true});
    session = await openFor(standby);
  });

  afterAll(async () => {
    await session.close();
    await standby.stop();
  });

  it.each([
    {name: 'pg_wal_replay_pause', look: 'SELECT pg_get_wal_replay_pause_state()'},
    {name: 'pg_wal_replay_resume', look: 'SELECT pg_get_wal_replay_pause_state()'},
    {name: 'pg_promote', look: 'SELECT pg_is_in_recovery()'},
  ])('$name has not been taken back', async probe => {
    const before = await see(session, probe.look);
    await executeProbe(probe, session);
    await expect.poll(() => see(session, probe.look)).not.toBe(before);
  });
});

describe('with HypoPG', () => {
  let server: DebianServer;
  let session: Session;

  beforeAll(async () => {
    server = await startDebianServer();
    session = await openFor(server);
  });

  afterAll(async () => {
    await session.close();
    await server.stop();
  });

  it.each<Probe>([
    {
      name: 'hypopg_create_index',
      setUp: ['CREATE EXTENSION hypopg', 'CREATE TABLE t (a int)'],
      call: "'CREATE INDEX ON t (a)'",
      look: 'SELECT count(*) FROM hypopg()',
    },
    {
      name: 'hypopg_drop_index',
      call: '(SELECT indexrelid FROM hypopg() LIMIT 1)',
      look: 'SELECT count(*) FROM hypopg()',
    },
    {
      name: 'hypopg_reset',
      setUp: ["SELECT hypopg_create_index('CREATE INDEX ON t (a)')"],
      look: 'SELECT count(*) FROM hypopg()',
    },
  ])('$name has not been taken back', async probe => {
    await setUpFor(probe, session);
    const before = await see(session, probe.look);
    await executeProbe(probe, session);
    expect(await see(session, probe.look)).not.toBe(before);
  });
});

it('every function that is said to escape was looked at', () => {
  const looked = [...probes, ...elsewhere].map(({name}) => name);
  expect([...escapingFunctions.keys()].toSorted()).toEqual([...new Set(looked)].toSorted());
});
