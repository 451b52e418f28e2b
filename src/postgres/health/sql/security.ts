import {isNoMember, isUserSchema} from '../../schema/sql/fragments.ts';

/** Which of the catalogs that hold secrets or files this role may read. */
export const securityRightsSql = `
SELECT has_table_privilege('pg_authid', 'SELECT') AS passwords,
  has_table_privilege('pg_hba_file_rules', 'SELECT') AND has_function_privilege('pg_hba_file_rules()', 'EXECUTE') AS hba,
  current_setting('password_encryption') AS "passwordEncryption", current_setting('ssl') = 'on' AS tls,
  count(*) FILTER (WHERE s.ssl) AS "encryptedSessions", count(*) FILTER (WHERE NOT s.ssl) AS "plainSessions"
FROM pg_stat_activity AS a JOIN pg_stat_ssl AS s ON s.pid = a.pid
WHERE a.backend_type = 'client backend' AND a.client_addr IS NOT NULL
  AND NOT a.client_addr <<= '127.0.0.0/8' AND NOT a.client_addr <<= '::1'`;

/**
 * Roles that are not predefined. Of a password only its kind leaves the server.
 * @param passwords pg_authid may be read
 */
export function rolesSql(passwords: boolean): string {
  const password = passwords
    ? `CASE WHEN r.rolpassword IS NULL THEN 'none' WHEN r.rolpassword LIKE 'md5%' AND length(r.rolpassword) = 35 THEN 'md5'
    WHEN r.rolpassword LIKE 'SCRAM-SHA-256$%' THEN 'scram' ELSE 'plain' END`
    : 'NULL';
  return `
SELECT r.rolname AS name, r.rolcanlogin AS login, r.rolsuper AS superuser, r.rolbypassrls AS "bypassesRowSecurity",
  r.rolreplication AS replication, ${password} AS password, r.oid = 10 AS bootstrap,
  CASE WHEN isfinite(r.rolvaliduntil) THEN extract(epoch FROM r.rolvaliduntil) * 1000 END AS "validUntil"
FROM ${passwords ? 'pg_authid' : 'pg_roles'} AS r
WHERE r.rolname NOT LIKE 'pg\\_%'
ORDER BY r.rolname`;
}

/** Until 14 PUBLIC may create in public by default, which is in initdb's template. */
export const publicCreatesSql = `
SELECT n.nspname AS name FROM pg_namespace AS n
WHERE ${isUserSchema('n')} AND EXISTS (SELECT FROM aclexplode(n.nspacl) AS a WHERE a.grantee = 0 AND a.privilege_type = 'CREATE')
ORDER BY n.nspname`;

/** Only schemas that PUBLIC may use count: elsewhere the grant is of no use to somebody without another. */
export const publicGrantsSql = `
SELECT n.nspname AS schema, c.relname AS name, g.privileges
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (SELECT json_agg(DISTINCT a.privilege_type) AS privileges FROM aclexplode(c.relacl) AS a
  WHERE a.grantee = 0) AS g
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${isUserSchema('n')} AND g.privileges IS NOT NULL
  AND EXISTS (SELECT FROM aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) AS s
    WHERE s.grantee = 0 AND s.privilege_type = 'USAGE')
  AND ${isNoMember('pg_class', 'c.oid')}
ORDER BY n.nspname, c.relname`;

/** Tables with row security, and those with policies that nothing switches on. Partitions follow their own settings. */
export const rowSecuritySql = `
SELECT n.nspname AS schema, c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
  (SELECT count(*) FROM pg_policy AS p WHERE p.polrelid = c.oid) AS policies, pg_get_userbyid(c.relowner) AS owner
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND ${isUserSchema('n')}
  AND (c.relrowsecurity OR c.relforcerowsecurity OR EXISTS (SELECT FROM pg_policy AS p WHERE p.polrelid = c.oid))
ORDER BY n.nspname, c.relname`;

/** A body in the standard's form is parsed when it is created, so no search_path changes what it names. */
export const definerFunctionsSql = `
SELECT n.nspname AS schema, p.proname AS name, coalesce(pg_get_function_identity_arguments(p.oid), '') AS arguments, p.prokind AS kind,
  o.rolname AS owner, o.rolsuper AS superuser,
  EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a
    WHERE a.grantee = 0 AND a.privilege_type = 'EXECUTE') AS "publicExecutes"
FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace JOIN pg_roles AS o ON o.oid = p.proowner
WHERE p.prosecdef AND p.prosqlbody IS NULL AND ${isUserSchema('n')} AND ${isNoMember('pg_proc', 'p.oid')}
  AND NOT EXISTS (SELECT FROM unnest(p.proconfig) AS c WHERE c LIKE 'search\\_path=%')
ORDER BY n.nspname, p.proname, 3`;

/**
 * The files as they are on disk, which counts after a reload. file_name from 16, which can include other files.
 * @param version `server_version_num`
 */
export function hbaSql(version: number): string {
  const [file, order] =
    version >= 160_000
      ? [
          String.raw`regexp_replace(h.file_name, '^.*[/\\]', '')`,
          'h.rule_number NULLS LAST, h.file_name, h.line_number',
        ]
      : ['NULL', 'h.line_number'];
  return `
SELECT h.line_number AS line, ${file} AS file, coalesce(h.type, '') AS type, coalesce(h.database, '{}') AS databases,
  coalesce(h.user_name, '{}') AS users, concat_ws('/', h.address, h.netmask) AS address, h.auth_method AS method, h.error
FROM pg_hba_file_rules AS h ORDER BY ${order}`;
}
