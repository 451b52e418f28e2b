import {firstUserOid, flag, functionName, isNoMember, isUserSchema} from './fragments.ts';

export const languagesSql = `
SELECT l.oid, l.lanname AS name, pg_get_userbyid(l.lanowner) AS owner, ${flag('l.lanpltrusted')} AS trusted,
  concat('CREATE ', CASE WHEN l.lanpltrusted THEN 'TRUSTED ' END, 'LANGUAGE ', quote_ident(l.lanname),
    ' HANDLER ' || ${functionName('l.lanplcallfoid')}, ' INLINE ' || ${functionName('l.laninline')},
    ' VALIDATOR ' || ${functionName('l.lanvalidator')}) AS definition
FROM pg_language AS l
WHERE l.oid >= ${firstUserOid} AND ${isNoMember('pg_language', 'l.oid')}
ORDER BY l.lanname`;

const called = (oid: string): string =>
  `format('%s(%s)', ${functionName(oid)}, pg_get_function_identity_arguments(${oid}))`;

export const transformsSql = `
SELECT t.oid, format('FOR %s LANGUAGE %I', format_type(t.trftype, NULL), l.lanname) AS name,
  format('CREATE TRANSFORM FOR %s LANGUAGE %I (%s)', format_type(t.trftype, NULL), l.lanname, concat_ws(', ',
    CASE WHEN t.trffromsql <> 0 THEN concat('FROM SQL WITH FUNCTION ', ${called('t.trffromsql')}) END,
    CASE WHEN t.trftosql <> 0 THEN concat('TO SQL WITH FUNCTION ', ${called('t.trftosql')}) END)) AS definition
FROM pg_transform AS t JOIN pg_language AS l ON l.oid = t.trflang
WHERE ${isNoMember('pg_transform', 't.oid')}
ORDER BY name`;

export const accessMethodsSql = `
SELECT m.oid, m.amname AS name, format('CREATE ACCESS METHOD %I TYPE %s HANDLER %s', m.amname,
  CASE m.amtype WHEN 't' THEN 'TABLE' ELSE 'INDEX' END, ${functionName('m.amhandler')}) AS definition
FROM pg_am AS m
WHERE m.oid >= ${firstUserOid} AND ${isNoMember('pg_am', 'm.oid')}
ORDER BY m.amname`;

export const conversionsSql = `
SELECT c.oid, n.nspname AS namespace, c.conname AS name, pg_get_userbyid(c.conowner) AS owner,
  format('CREATE %sCONVERSION %I.%I FOR %L TO %L FROM %s', CASE WHEN c.condefault THEN 'DEFAULT ' END, n.nspname,
    c.conname, pg_encoding_to_char(c.conforencoding), pg_encoding_to_char(c.contoencoding),
    ${functionName('c.conproc')}) AS definition
FROM pg_conversion AS c JOIN pg_namespace AS n ON n.oid = c.connamespace
WHERE ${isUserSchema('n')} AND ${isNoMember('pg_conversion', 'c.oid')}
ORDER BY n.nspname, c.conname`;

/**
 * The version of the library that a collation was made with is not part of its definition. ICU's locale is in
 * collcollate before 15, in colliculocale in 15 and 16, in colllocale since 17. collicurules: 16+.
 */
export function collationsSql(version: number): string {
  const locale =
    version >= 170_000 ? 'c.colllocale' : version >= 150_000 ? 'c.colliculocale' : 'c.collcollate';
  const rules =
    version >= 160_000
      ? `CASE WHEN c.collicurules IS NOT NULL THEN format('rules = %L', c.collicurules) END`
      : 'NULL';
  return `
SELECT c.oid, n.nspname AS namespace, c.collname AS name, pg_get_userbyid(c.collowner) AS owner,
  format('CREATE COLLATION %I.%I (%s)', n.nspname, c.collname, concat_ws(', ',
    concat('provider = ', CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' WHEN 'c' THEN 'libc' ELSE 'default' END),
    CASE WHEN c.collprovider IN ('i', 'b') THEN format('locale = %L', ${locale})
      WHEN c.collcollate = c.collctype THEN format('locale = %L', c.collcollate)
      ELSE format('lc_collate = %L, lc_ctype = %L', c.collcollate, c.collctype) END,
    CASE WHEN NOT c.collisdeterministic THEN 'deterministic = false' END, ${rules})) AS definition
FROM pg_collation AS c JOIN pg_namespace AS n ON n.oid = c.collnamespace
WHERE ${isUserSchema('n')} AND ${isNoMember('pg_collation', 'c.oid')}
ORDER BY n.nspname, c.collname`;
}
