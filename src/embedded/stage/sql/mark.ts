/**
 * PostgreSQL 18 only, which is what is embedded; it runs with `track_commit_timestamp`. A sequence that was never used
 * has no last value.
 */
export const markSql = `
SELECT pg_catalog.concat_ws(' ', 'commit', (SELECT xid FROM pg_catalog.pg_last_committed_xact()),
  'used', pg_catalog.count(last_value), 'sum', pg_catalog.sum(last_value)) AS mark
  FROM (SELECT pg_catalog.pg_sequence_last_value(seqrelid)::numeric AS last_value FROM pg_catalog.pg_sequence) AS used`;
