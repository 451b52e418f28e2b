/** PostgreSQL 18 only, which is what is embedded. */
export const logRangeSql = `
SELECT redo_lsn, pg_catalog.pg_current_wal_insert_lsn(), (SELECT setting FROM pg_catalog.pg_settings
 WHERE name = 'wal_segment_size') FROM pg_catalog.pg_control_checkpoint()`;
