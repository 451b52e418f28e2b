/**
 * Functions whose effect stays when the transaction that called them is rolled back, a read-only one as well, by what
 * they do. Each was executed on real servers; `test/postgres/explain/gate-escapes.test.ts` does it again. They are
 * volatile, so planning does not run them.
 *
 * Not among them, because ROLLBACK does take it back: `set_config`, `pg_notify`, `pg_export_snapshot`,
 * `pg_advisory_xact_lock`, `pg_replication_origin_create`, `pg_import_system_collations`, and the functions that write
 * planner statistics. `setseed` stays, but in this session only.
 */
const outside: Readonly<Record<string, string>> = {
  'ends other sessions': 'pg_terminate_backend',
  'cancels statements of other sessions': 'pg_cancel_backend',
  'makes the server read its configuration again': 'pg_reload_conf',
  'begins a new log file of the server': 'pg_rotate_logfile',
  'ends recovery': 'pg_promote',
  'holds recovery or lets it go on': 'pg_wal_replay_pause pg_wal_replay_resume',
  'writes files on the server': 'lo_export pg_file_write pg_file_rename pg_file_unlink',
  'takes an advisory lock that outlasts the transaction':
    'pg_advisory_lock pg_advisory_lock_shared pg_try_advisory_lock pg_try_advisory_lock_shared',
  'releases advisory locks': 'pg_advisory_unlock pg_advisory_unlock_shared pg_advisory_unlock_all',
  'writes to the write-ahead log':
    'pg_switch_wal pg_create_restore_point pg_logical_emit_message pg_log_standby_snapshot',
  'changes replication slots': `pg_create_physical_replication_slot pg_create_logical_replication_slot
    pg_copy_physical_replication_slot pg_copy_logical_replication_slot pg_drop_replication_slot
    pg_replication_slot_advance pg_logical_slot_get_changes pg_logical_slot_get_binary_changes`,
  'changes replication origins': `pg_replication_origin_advance pg_replication_origin_drop
    pg_replication_origin_session_setup pg_replication_origin_session_reset`,
  'resets statistics': `pg_stat_reset pg_stat_reset_shared pg_stat_reset_single_table_counters
    pg_stat_reset_single_function_counters pg_stat_reset_slru pg_stat_reset_replication_slot
    pg_stat_reset_subscription_stats pg_stat_reset_backend_stats pg_stat_statements_reset`,
  'begins or ends a backup': 'pg_backup_start pg_backup_stop pg_start_backup pg_stop_backup',
  'rewrites pages of an index':
    'brin_summarize_new_values brin_summarize_range brin_desummarize_range gin_clean_pending_list',
  'rewrites pages of a table': 'heap_force_kill heap_force_freeze pg_truncate_visibility_map',
  'works over a connection of its own': `dblink dblink_connect dblink_connect_u dblink_exec dblink_open dblink_fetch
    dblink_send_query dblink_get_result dblink_close dblink_disconnect dblink_cancel_query`,
  'changes the hypothetical indexes of the session': 'hypopg_create_index hypopg_drop_index hypopg_reset',
};

/** Functions that write, which a read-only transaction refuses (large objects from PostgreSQL 16 on). */
const inside: Readonly<Record<string, string>> = {
  'advances a sequence': 'nextval',
  'sets a sequence': 'setval',
  'changes large objects':
    'lo_creat lo_create lo_from_bytea lo_import lo_put lo_truncate lo_truncate64 lo_unlink lowrite',
};

/** What a function does that ROLLBACK does not undo, by its name. */
export const escapingFunctions = byName(outside);

/** What a function changes, by its name. */
export const writingFunctions = byName(inside);

/** Functions of `writingFunctions` whose effect stays all the same. */
export const sequenceFunctions: ReadonlySet<string> = new Set(['nextval', 'setval']);

function byName(table: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(table).flatMap(([does, names]) => names.split(/\s+/).map(name => [name, does] as const)),
  );
}
