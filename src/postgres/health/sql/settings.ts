/**
 * Settings that checks look at ($1), and any that waits for a restart. What this session set for itself (its timeouts)
 * is told as it was before. `alterable` is ALTER SYSTEM: a superuser, or from 15 who was granted it for the one setting;
 * from 17 `allow_alter_system` takes it from everybody. Commands and connection texts can hold passwords and are not told.
 * Source: https://www.postgresql.org/docs/current/view-pg-settings.html
 * @param version `server_version_num`
 */
export function settingsSql(version: number): string {
  return `
SELECT s.name, ${known('s.value')} AS value, s.unit,
  ${known("CASE WHEN s.own THEN s.value || coalesce(' ' || s.unit, '') ELSE current_setting(s.name) END")} AS shown,
  ${known('s.boot_val')} AS boot, s.source, s.context, s.pending_restart AS "pendingRestart",
  ${alterable(version)} AS alterable
FROM (
  SELECT p.*, p.source = 'session' AS own, CASE WHEN p.source = 'session' THEN p.reset_val ELSE p.setting END AS value
  FROM pg_settings AS p
) AS s
WHERE s.name = ANY ($1::text[]) OR s.pending_restart
ORDER BY s.name`;
}

const known = (expression: string): string =>
  `CASE WHEN s.name LIKE '%\\_command' OR s.name LIKE '%conninfo' THEN '' ELSE coalesce(${expression}, '') END`;

function alterable(version: number): string {
  if (version < 150_000) return `current_setting('is_superuser') = 'on'`;
  const granted = `has_parameter_privilege(s.name, 'ALTER SYSTEM')`;
  return version < 170_000 ? granted : `${granted} AND current_setting('allow_alter_system')::bool`;
}

/** What ALTER ROLE and ALTER DATABASE set for new sessions of this database; everybody may read it. */
export const overridesSql = `
SELECT split_part(o.entry, '=', 1) AS name, substr(o.entry, strpos(o.entry, '=') + 1) AS value,
  r.rolname AS role, s.setdatabase <> 0 AS here
FROM pg_db_role_setting AS s
LEFT JOIN pg_roles AS r ON r.oid = s.setrole
CROSS JOIN LATERAL unnest(s.setconfig) AS o(entry)
WHERE s.setdatabase IN (0, (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database()))
  AND split_part(o.entry, '=', 1) = ANY ($1::text[])
ORDER BY 1, 3, 4`;
