import {crc32} from 'node:zlib';

/** `advisoryLockIDSalt` of golang-migrate's `database/util.go`. */
const salt = 1_486_364_155n;

/** The key of `pg_advisory_lock`: crc32 over schema, table and database name, joined by NUL, times the salt mod 2^32. */
export function lockKey(schema: string, table: string, database: string): bigint {
  return (BigInt(crc32(`${schema}\0${table}\0${database}`)) * salt) % 4_294_967_296n;
}

/**
 * The tool's command line hashes the address's path (`/app`), programs that embed the library hash the database's
 * name (`app`). Holding both keeps either away.
 * @returns both keys, always in the order in which they are taken
 */
export function lockKeys(schema: string, table: string, database: string): readonly [bigint, bigint] {
  return [lockKey(schema, table, `/${database}`), lockKey(schema, table, database)];
}
