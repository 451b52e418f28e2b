import {describe, expect, it} from 'vitest';
import {maskSecrets} from '../../../../src/core/health/mask-secrets.ts';

describe('statements with passwords', () => {
  it.each([
    ["ALTER ROLE app PASSWORD 'top secret'", "ALTER ROLE app PASSWORD '…'"],
    [
      "CREATE ROLE app LOGIN PASSWORD 'it''s secret' VALID UNTIL '2027-01-01'",
      "CREATE ROLE app LOGIN PASSWORD '…' VALID UNTIL '2027-01-01'",
    ],
    [
      String.raw`alter user app with encrypted password E'secret\'secret'`,
      "alter user app with encrypted password '…'",
    ],
    ['ALTER ROLE app PASSWORD $x$secret$x$', "ALTER ROLE app PASSWORD '…'"],
    [
      "CREATE USER MAPPING FOR app SERVER s OPTIONS (user 'app', password 'secret')",
      "CREATE USER MAPPING FOR app SERVER s OPTIONS (user 'app', password '…')",
    ],
    [
      "CREATE SUBSCRIPTION s CONNECTION 'host=db password=secret dbname=shop' PUBLICATION p",
      "CREATE SUBSCRIPTION s CONNECTION 'host=db password=… dbname=shop' PUBLICATION p",
    ],
    [
      "SELECT dblink_connect('postgres://app:secret@db/shop')",
      "SELECT dblink_connect('postgres://app:…@db/shop')",
    ],
    // Cut off by track_activity_query_size.
    ["ALTER ROLE app PASSWORD 'secr", "ALTER ROLE app PASSWORD '…'"],
  ])('masks %s', (sql, masked) => expect(maskSecrets(sql)).toBe(masked));

  it.each([
    'SELECT password FROM users WHERE password IS NOT NULL',
    "UPDATE users SET name = 'x' WHERE id = $1",
    'ALTER ROLE app PASSWORD NULL',
    'SELECT $1::text AS password',
  ])('leaves %s as it is', sql => expect(maskSecrets(sql)).toBe(sql));
});
