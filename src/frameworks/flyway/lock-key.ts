import {quoteIdentifier} from '../../core/sql/quote.ts';

/** “Flyway” in ASCII: `LOCK_MAGIC_NUM` of the tool's `PostgreSQLAdvisoryLockTemplate`. */
const magic = 77_431_708_279_161n;

/** The tool's advisory lock: its number and what Java takes as the hash of the table's quoted name. */
export function lockKey(schema: string, table: string): bigint {
  return magic + BigInt(hashOf(`${quoteIdentifier(schema)}.${quoteIdentifier(table)}`));
}

/** `String.hashCode` of Java: over UTF-16 units, wrapping at 32 bits. */
function hashOf(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1)
    hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return hash;
}
