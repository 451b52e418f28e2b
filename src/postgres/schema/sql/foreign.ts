import {firstUserOid, functionName, isNoMember, optionsJson} from './fragments.ts';

export const foreignDataWrappersSql = `
SELECT w.oid, w.fdwname AS name, pg_get_userbyid(w.fdwowner) AS owner, ${functionName('w.fdwhandler')} AS handler,
  ${functionName('w.fdwvalidator')} AS validator, ${optionsJson('w.fdwoptions')} AS options
FROM pg_foreign_data_wrapper AS w
WHERE w.oid >= ${firstUserOid} AND ${isNoMember('pg_foreign_data_wrapper', 'w.oid')}
ORDER BY w.fdwname`;

export const serversSql = `
SELECT s.oid, s.srvname AS name, pg_get_userbyid(s.srvowner) AS owner, w.fdwname AS wrapper, s.srvtype AS type,
  s.srvversion AS version, ${optionsJson('s.srvoptions')} AS options
FROM pg_foreign_server AS s JOIN pg_foreign_data_wrapper AS w ON w.oid = s.srvfdw
WHERE ${isNoMember('pg_foreign_server', 's.oid')}
ORDER BY s.srvname`;

/** From the view, which shows options to those who may see them. Who logs in is told, and no other value leaves the server. */
export const userMappingsSql = `
SELECT m.umid AS oid, CASE WHEN m.umuser = 0 THEN 'PUBLIC' WHEN m.usename = 'PUBLIC' THEN '"PUBLIC"'
    ELSE m.usename::text END AS name, 'server' AS "ofKind", m.srvname AS of, (
    SELECT json_object_agg(o.option_name, CASE WHEN o.option_name IN ('user', 'username') THEN o.option_value
      ELSE '(not read)' END ORDER BY o.option_name) FROM pg_options_to_table(m.umoptions) AS o) AS options
FROM pg_user_mappings AS m
WHERE ${isNoMember('pg_foreign_server', 'm.srvid')}
ORDER BY m.srvname, name`;
