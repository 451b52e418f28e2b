import {tableName} from './bookkeeping.ts';

const table = `"${tableName}"`;

/** $1 is the checksum, $2 the name. Answers with the row's id. */
export const beginText = `INSERT INTO ${table} (id, checksum, started_at, migration_name)
VALUES (gen_random_uuid()::text, $1, clock_timestamp(), $2) RETURNING id`;

/** $1 is the row's id. */
export const finishText = `UPDATE ${table} SET applied_steps_count = applied_steps_count + 1, finished_at = clock_timestamp() WHERE id = $1`;

/** $1 is the text of the failure, $2 the row's id. */
export const logText = `UPDATE ${table} SET logs = $1 WHERE id = $2`;

/** $1 is a name: what “resolve --rolled-back” writes. */
export const rolledBackText = `UPDATE ${table} SET rolled_back_at = clock_timestamp()
WHERE migration_name = $1 AND finished_at IS NULL AND rolled_back_at IS NULL`;

/**
 * $1 are the names and $2 the checksums: what “resolve --applied” writes for each, with times that keep the order.
 */
export const appliedText = `INSERT INTO ${table} (id, checksum, logs, started_at, finished_at, migration_name)
SELECT gen_random_uuid()::text, checksum, '', moment, moment, name
FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS applied (name, checksum, place),
  LATERAL (SELECT now() + place * interval '1 microsecond' AS moment) AS time`;

/** $1 are names. The tool has no command that forgets a migration: without a row it counts as pending again. */
export const forgetText = `DELETE FROM ${table} WHERE migration_name = ANY ($1::text[])
AND NOT (finished_at IS NULL AND rolled_back_at IS NOT NULL)`;
