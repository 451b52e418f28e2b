import {
  enabled,
  flag,
  functionName,
  granteeName,
  isNoMember,
  isUserSchema,
  kindOf,
  statement,
} from './fragments.ts';

const of = `n.nspname AS namespace, ${kindOf('c')} AS "ofKind", c.relname AS of`;
const ofUsers = `c.relpersistence <> 't' AND ${isUserSchema('n')} AND ${isNoMember('pg_class', 'c.oid')}`;

/** Without those of constraints (tgisinternal) and those a partition has from its parent (tgparentid: 13+). */
export const triggersSql = `
SELECT t.oid, ${of}, t.tgname AS name, ${statement('pg_get_triggerdef(t.oid)')} AS definition,
  ${functionName('t.tgfoid')} AS function, ${enabled('t.tgenabled')} AS enabled
FROM pg_trigger AS t
JOIN pg_class AS c ON c.oid = t.tgrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND ${ofUsers}
ORDER BY n.nspname, c.relname, t.tgname`;

/** Without the rule that a view is. */
export const rulesSql = `
SELECT r.oid, ${of}, r.rulename AS name, ${statement('pg_get_ruledef(r.oid)')} AS definition,
  ${enabled('r.ev_enabled')} AS enabled
FROM pg_rewrite AS r
JOIN pg_class AS c ON c.oid = r.ev_class
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE r.rulename <> '_RETURN' AND ${ofUsers}
ORDER BY n.nspname, c.relname, r.rulename`;

export const policiesSql = `
SELECT p.oid, ${of}, p.polname AS name,
  CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE'
    ELSE 'ALL' END AS command,
  ${flag('NOT p.polpermissive')} AS restrictive,
  ARRAY(SELECT ${granteeName('u.role')} AS role FROM unnest(p.polroles) AS u (role) ORDER BY role) AS roles,
  pg_get_expr(p.polqual, p.polrelid) AS using, pg_get_expr(p.polwithcheck, p.polrelid) AS check
FROM pg_policy AS p
JOIN pg_class AS c ON c.oid = p.polrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE ${ofUsers}
ORDER BY n.nspname, c.relname, p.polname`;

/** stxstattarget: -1 unless set before 17, null since. */
export const statisticsSql = `
SELECT s.oid, n.nspname AS namespace, s.stxname AS name, pg_get_userbyid(s.stxowner) AS owner,
  pg_get_statisticsobjdef(s.oid) AS definition, NULLIF(s.stxstattarget, -1)::int4 AS target
FROM pg_statistic_ext AS s
JOIN pg_namespace AS n ON n.oid = s.stxnamespace
WHERE ${isUserSchema('n')} AND ${isNoMember('pg_statistic_ext', 's.oid')}
ORDER BY n.nspname, s.stxname`;

export const eventTriggersSql = `
SELECT e.oid, e.evtname AS name, pg_get_userbyid(e.evtowner) AS owner, e.evtevent AS event, e.evttags AS tags,
  ${functionName('e.evtfoid')} AS function, ${enabled('e.evtenabled')} AS enabled
FROM pg_event_trigger AS e
WHERE ${isNoMember('pg_event_trigger', 'e.oid')}
ORDER BY e.evtname`;
