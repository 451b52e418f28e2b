/** Rows of `pg_stat_activity` whose contents the role may not see say so in their query, and have no kind. */
const hidden = `a.backend_type IS NULL AND a.query = '<insufficient privilege>'`;

/** What a lock is on, as a text that is equal for equal things. */
const lockTag = (lock: string): string =>
  `ROW(${[
    'locktype',
    'database',
    'relation',
    'page',
    'tuple',
    'virtualxid',
    'transactionid',
    'classid',
    'objid',
    'objsubid',
  ]
    .map(column => `${lock}.${column}`)
    .join(', ')})::text`;

/** The database that is connected to. */
const here = `(SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database())`;

/**
 * Whoever waits: in 14–18 the same columns; `waitstart` is NULL for the first moment of a wait. Reading pg_locks and
 * asking who blocks whom stop the lock manager for a moment, so both are done only while somebody waits. Who waits is
 * hidden from ordinary roles, and pg_locks is not.
 *
 * Asking takes the longer the more wait for one thing, with the square of their number, and a thousand sessions may wait
 * for one row. So only the first of those who want the same in the same mode is asked for, and whoever holds some of it
 * already; the others wait for what the first waits for.
 */
const waiting = `wanted AS MATERIALIZED (
  SELECT l.*, ${lockTag('l')} AS tag
  FROM locks AS l WHERE NOT l.granted AND l.pid IS NOT NULL),
held AS MATERIALIZED (
  SELECT l.pid, ${lockTag('l')} AS tag
  FROM locks AS l WHERE l.granted AND l.pid IN (SELECT w.pid FROM wanted AS w)),
asked AS MATERIALIZED (
  SELECT w.*, CASE WHEN w.place = 1 OR (w.pid, w.tag) IN (SELECT h.pid, h.tag FROM held AS h)
    THEN pg_catalog.pg_blocking_pids(w.pid) END AS answer
  FROM (SELECT w.*, pg_catalog.row_number() OVER (PARTITION BY w.tag, w.mode ORDER BY w.waitstart, w.pid) AS place
    FROM wanted AS w) AS w),
waiting AS MATERIALIZED (
  SELECT a.*, COALESCE(a.answer,
    pg_catalog.first_value(a.answer) OVER (PARTITION BY a.tag, a.mode ORDER BY a.place)) AS blockers
  FROM asked AS a),
rows_locked AS MATERIALIZED (
  SELECT DISTINCT ON (l.pid) l.pid, l.relation FROM locks AS l
  WHERE l.granted AND l.locktype = 'tuple' AND l.database = ${here} ORDER BY l.pid)`;

/** https://www.postgresql.org/docs/current/explicit-locking.html#TABLE-LOCK-COMPATIBILITY */
const conflicting = `CASE w.mode
    WHEN 'AccessShareLock' THEN '{AccessExclusiveLock}'
    WHEN 'RowShareLock' THEN '{ExclusiveLock,AccessExclusiveLock}'
    WHEN 'RowExclusiveLock' THEN '{ShareLock,ShareRowExclusiveLock,ExclusiveLock,AccessExclusiveLock}'
    WHEN 'ShareUpdateExclusiveLock' THEN '{ShareUpdateExclusiveLock,ShareLock,ShareRowExclusiveLock,ExclusiveLock,AccessExclusiveLock}'
    WHEN 'ShareLock' THEN '{RowExclusiveLock,ShareUpdateExclusiveLock,ShareRowExclusiveLock,ExclusiveLock,AccessExclusiveLock}'
    WHEN 'ShareRowExclusiveLock' THEN '{RowExclusiveLock,ShareUpdateExclusiveLock,ShareLock,ShareRowExclusiveLock,ExclusiveLock,AccessExclusiveLock}'
    WHEN 'ExclusiveLock' THEN '{RowShareLock,RowExclusiveLock,ShareUpdateExclusiveLock,ShareLock,ShareRowExclusiveLock,ExclusiveLock,AccessExclusiveLock}'
    ELSE '{AccessShareLock,RowShareLock,RowExclusiveLock,ShareUpdateExclusiveLock,ShareLock,ShareRowExclusiveLock,ExclusiveLock,AccessExclusiveLock}'
  END::text[]`;

/** A prepared transaction has no process; its locks belong to the virtual transaction -1 with its own number. */
const preparedBlockers = `CASE WHEN 0 = ANY (w.blockers) THEN (
    SELECT pg_catalog.json_agg(DISTINCT p.gid) FROM pg_catalog.pg_prepared_xacts AS p
    JOIN locks AS h ON h.pid IS NULL AND h.virtualtransaction = '-1/' || p.transaction
    WHERE h.granted AND h.mode = ANY (${conflicting})
      AND ${lockTag('h')} = w.tag) END`;

const words = `pg_catalog.upper(pg_catalog.regexp_replace(pg_catalog.regexp_replace(w.mode, 'Lock$', ''), '(?<=[a-z])(?=[A-Z])', ' ', 'g'))`;

const rows = `SELECT
    a.pid,
    CASE WHEN NOT (${hidden}) THEN COALESCE(a.backend_type, 'background process')
      WHEN EXISTS (SELECT FROM pg_catalog.pg_stat_get_wal_senders() AS s WHERE s.pid = a.pid) THEN 'walsender'
      WHEN a.datid IS NULL OR a.usesysid IS NULL THEN 'background process'
      ELSE 'client backend' END AS kind,
    a.usename AS "user",
    a.datname AS database,
    COALESCE(a.application_name, '') AS application,
    COALESCE(a.client_hostname, pg_catalog.host(a.client_addr)) AS client,
    NULLIF(a.state, '') AS state,
    a.wait_event_type AS "waitType",
    a.wait_event AS wait,
    extract(epoch FROM a.backend_start) * 1000 AS "startedAt",
    extract(epoch FROM a.xact_start) * 1000 AS "transactionAt",
    extract(epoch FROM a.query_start) * 1000 AS "queryAt",
    extract(epoch FROM a.state_change) * 1000 AS "stateAt",
    GREATEST(pg_catalog.age(a.backend_xmin), pg_catalog.age(a.backend_xid)) AS "xminAge",
    CASE WHEN ${hidden} OR a.query = '' THEN NULL
      ELSE pg_catalog.left(a.query, CASE WHEN a.state = 'idle' THEN 300 ELSE 16384 END) END AS query,
    a.leader_pid AS leader,
    a.pid = pg_catalog.pg_backend_pid() AS own,
    pg_catalog.to_json(COALESCE(w.blockers, '{}')) AS "blockedBy",
    CASE WHEN w.pid IS NOT NULL THEN ${preparedBlockers} END AS "blockedByPrepared",
    CASE WHEN w.pid IS NOT NULL THEN pg_catalog.json_build_object(
      'type', w.locktype,
      'mode', ${words},
      'relation', (SELECT c.oid::pg_catalog.regclass::text FROM pg_catalog.pg_class AS c
        WHERE c.oid = COALESCE(w.relation, t.relation) AND (w.database IS NULL OR w.database = ${here})),
      'since', extract(epoch FROM w.waitstart) * 1000) END AS wants,
    ${hidden} AND a.datid IS NOT NULL AS "isHidden"
  FROM activity AS a LEFT JOIN waiting AS w ON w.pid = a.pid LEFT JOIN rows_locked AS t ON t.pid = w.pid
  ORDER BY a.backend_start, a.pid`;

const prepared = `SELECT p.gid, p.owner, p.database, extract(epoch FROM p.prepared) * 1000 AS "preparedAt",
    pg_catalog.age(p.transaction) AS age
  FROM pg_catalog.pg_prepared_xacts AS p ORDER BY p.prepared`;

/**
 * All processes, and what holds for all of them, which comes first. `reserved_connections` is there from 16.
 * A query that runs is sent as far as `track_activity_query_size` keeps it, within reason.
 */
export const sessionsSql = `WITH
  activity AS MATERIALIZED (SELECT * FROM pg_catalog.pg_stat_activity),
  locks AS MATERIALIZED (SELECT * FROM pg_catalog.pg_locks
    WHERE EXISTS (SELECT FROM activity AS a WHERE a.wait_event_type = 'Lock' OR ${hidden})),
  ${waiting},
  rows AS MATERIALIZED (${rows})
SELECT pg_catalog.json_build_object(
    'hidden', (SELECT pg_catalog.count(*) FROM rows AS r WHERE r."isHidden"),
    'maxConnections', pg_catalog.current_setting('max_connections')::int,
    'reserved', pg_catalog.current_setting('superuser_reserved_connections')::int
      + COALESCE(pg_catalog.current_setting('reserved_connections', true), '0')::int,
    'deadlockTimeout', extract(epoch FROM pg_catalog.current_setting('deadlock_timeout')::interval) * 1000,
    'prepared', COALESCE((SELECT pg_catalog.json_agg(pg_catalog.to_json(p)) FROM (${prepared}) AS p), '[]')
  ) AS about, NULL::json AS session
UNION ALL SELECT NULL, pg_catalog.to_json(r) FROM rows AS r`;
