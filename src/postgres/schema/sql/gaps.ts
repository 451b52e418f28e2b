import {firstUserOid} from './fragments.ts';

/**
 * What the database has and no object stands for; one row for each, with whether it is there. pg_parameter_acl: 15+.
 * The options of a user mapping are shown to superusers, to its own role and to the owner of its server.
 */
export function gapsSql(version: number): string {
  return `
SELECT 'large objects' AS what, EXISTS (SELECT FROM pg_largeobject_metadata) AS there
UNION ALL
SELECT 'mapping options', EXISTS (SELECT FROM pg_user_mappings AS m WHERE m.umoptions IS NULL)
  AND NOT (SELECT r.rolsuper FROM pg_roles AS r WHERE r.rolname = current_user)
UNION ALL
SELECT 'mapping secrets', EXISTS (SELECT FROM pg_user_mappings AS m, pg_options_to_table(m.umoptions) AS o
  WHERE o.option_name NOT IN ('user', 'username'))
UNION ALL
SELECT 'tablespaces', EXISTS (SELECT FROM pg_class AS c WHERE c.reltablespace >= ${firstUserOid})
UNION ALL
SELECT 'parameters', ${version >= 150_000 ? 'EXISTS (SELECT FROM pg_parameter_acl)' : 'false'}`;
}
