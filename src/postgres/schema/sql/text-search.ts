import {functionName, isNoMember, isUserSchema, nameIn} from './fragments.ts';

export const textSearchConfigurationsSql = `
SELECT c.oid, n.nspname AS namespace, c.cfgname AS name, pg_get_userbyid(c.cfgowner) AS owner,
  ${nameIn('pg_ts_parser', 'prs', 'c.cfgparser')} AS parser, (
    SELECT json_object_agg(m.token, m.dictionaries ORDER BY m.token) FROM (
      SELECT t.alias AS token, array_agg(${nameIn('pg_ts_dict', 'dict', 'm.mapdict')} ORDER BY m.mapseqno) AS dictionaries
      FROM pg_ts_config_map AS m JOIN ts_token_type(c.cfgparser) AS t ON t.tokid = m.maptokentype
      WHERE m.mapcfg = c.oid GROUP BY t.alias) AS m) AS mappings
FROM pg_ts_config AS c JOIN pg_namespace AS n ON n.oid = c.cfgnamespace
WHERE ${isUserSchema('n')} AND ${isNoMember('pg_ts_config', 'c.oid')}
ORDER BY n.nspname, c.cfgname`;

export const textSearchDictionariesSql = `
SELECT d.oid, n.nspname AS namespace, d.dictname AS name, pg_get_userbyid(d.dictowner) AS owner,
  ${nameIn('pg_ts_template', 'tmpl', 'd.dicttemplate')} AS template, d.dictinitoption AS options
FROM pg_ts_dict AS d JOIN pg_namespace AS n ON n.oid = d.dictnamespace
WHERE ${isUserSchema('n')} AND ${isNoMember('pg_ts_dict', 'd.oid')}
ORDER BY n.nspname, d.dictname`;

const part = (keyword: string, oid: string): string => `'${keyword} = ' || ${functionName(oid)}`;

export const textSearchParsersSql = `
SELECT p.oid, n.nspname AS namespace, p.prsname AS name,
  format('CREATE TEXT SEARCH PARSER %I.%I (%s)', n.nspname, p.prsname, concat_ws(', ', ${part('START', 'p.prsstart')},
    ${part('GETTOKEN', 'p.prstoken')}, ${part('END', 'p.prsend')}, ${part('LEXTYPES', 'p.prslextype')},
    ${part('HEADLINE', 'p.prsheadline')})) AS definition
FROM pg_ts_parser AS p JOIN pg_namespace AS n ON n.oid = p.prsnamespace
WHERE ${isUserSchema('n')} AND ${isNoMember('pg_ts_parser', 'p.oid')}
ORDER BY n.nspname, p.prsname`;

export const textSearchTemplatesSql = `
SELECT t.oid, n.nspname AS namespace, t.tmplname AS name,
  format('CREATE TEXT SEARCH TEMPLATE %I.%I (%s)', n.nspname, t.tmplname, concat_ws(', ', ${part('INIT', 't.tmplinit')},
    ${part('LEXIZE', 't.tmpllexize')})) AS definition
FROM pg_ts_template AS t JOIN pg_namespace AS n ON n.oid = t.tmplnamespace
WHERE ${isUserSchema('n')} AND ${isNoMember('pg_ts_template', 't.oid')}
ORDER BY n.nspname, t.tmplname`;
