/** Code of the functions and procedures of these names ($1) that are not PostgreSQL's own. Valid on 14 to 18. */
export const bodiesSql = `
SELECT p.proname AS name, coalesce(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc) AS body
FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang
WHERE p.proname = ANY ($1::name[]) AND p.oid >= 16384 AND l.lanname NOT IN ('c', 'internal')`;
