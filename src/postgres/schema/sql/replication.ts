import {flag, isNoMember} from './fragments.ts';

const words = (letters: readonly (readonly [string, string])[]): string =>
  `CASE WHEN NOT (${letters.map(([, column]) => `p.${column}`).join(' AND ')}) THEN array_remove(ARRAY[${letters
    .map(([word, column]) => `CASE WHEN p.${column} THEN '${word}' END`)
    .join(', ')}], NULL) END`;

const publish = words([
  ['insert', 'pubinsert'],
  ['update', 'pubupdate'],
  ['delete', 'pubdelete'],
  ['truncate', 'pubtruncate'],
]);

/** prqual, prattrs and pg_publication_namespace: 15+. pubgencols: 18. */
export function publicationsSql(version: number): string {
  const more = version >= 150_000;
  const columns = `(SELECT concat(' (', string_agg(quote_ident(a.attname), ', ' ORDER BY u.place), ')')
      FROM unnest(r.prattrs::int2[]) WITH ORDINALITY AS u (number, place)
      JOIN pg_attribute AS a ON a.attrelid = r.prrelid AND a.attnum = u.number WHERE r.prattrs IS NOT NULL
      HAVING count(*) > 0)`;
  const filter = `CASE WHEN r.prqual IS NOT NULL THEN concat(' WHERE ', pg_get_expr(r.prqual, r.prrelid)) END`;
  return `
SELECT p.oid, p.pubname AS name, pg_get_userbyid(p.pubowner) AS owner, ${flag('p.puballtables')} AS "allTables",
  (SELECT array_agg(text ORDER BY text) FROM (
    SELECT concat(format('%I.%I', n.nspname, c.relname)${more ? `, ${columns}, ${filter}` : ''}) AS text
    FROM pg_publication_rel AS r JOIN pg_class AS c ON c.oid = r.prrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE r.prpubid = p.oid) AS t) AS tables,
  ${
    more
      ? `(SELECT array_agg(n.nspname::text ORDER BY n.nspname) FROM pg_publication_namespace AS s
    JOIN pg_namespace AS n ON n.oid = s.pnnspid WHERE s.pnpubid = p.oid)`
      : 'NULL::text[]'
  } AS schemas,
  ${publish} AS publish, ${flag('p.pubviaroot')} AS "viaRoot",
  ${version >= 180_000 ? `CASE p.pubgencols WHEN 's' THEN 'stored' END` : 'NULL'} AS "generatedColumns"
FROM pg_publication AS p
WHERE ${isNoMember('pg_publication', 'p.oid')}
ORDER BY p.pubname`;
}

/**
 * Without the connection string, which only superusers may read. Options at their default are left out.
 * subtwophasestate, subdisableonerr: 15+. substream: boolean before 16. subpasswordrequired, subrunasowner, suborigin:
 * 16+. subfailover: 17+. The default of streaming is off before 18, and parallel since.
 */
export function subscriptionsSql(version: number): string {
  const option = (since: number, name: string, value: string): string =>
    version >= since * 10_000 ? `, '${name}', ${value}` : '';
  const on = (column: string): string => `CASE WHEN s.${column} THEN 'true' END`;
  const streaming =
    version >= 160_000
      ? `CASE WHEN s.substream <> ${version >= 180_000 ? `'p'` : `'f'`} THEN CASE s.substream WHEN 'f' THEN 'off'
        WHEN 't' THEN 'on' ELSE 'parallel' END END`
      : on('substream');
  return `
SELECT s.oid, s.subname AS name, pg_get_userbyid(s.subowner) AS owner, s.subpublications AS publications,
  ${flag('NOT s.subenabled')} AS disabled,
  CASE WHEN s.subslotname IS NULL THEN 'NONE' ELSE NULLIF(s.subslotname::text, s.subname::text) END AS "slotName",
  NULLIF(json_strip_nulls(json_build_object('binary', ${on('subbinary')}, 'streaming', ${streaming},
    'synchronous_commit', NULLIF(s.subsynccommit, 'off')
    ${option(15, 'two_phase', `CASE WHEN s.subtwophasestate <> 'd' THEN 'true' END`)}
    ${option(15, 'disable_on_error', on('subdisableonerr'))}
    ${option(16, 'password_required', `CASE WHEN NOT s.subpasswordrequired THEN 'false' END`)}
    ${option(16, 'run_as_owner', on('subrunasowner'))}
    ${option(16, 'origin', `NULLIF(s.suborigin, 'any')`)}
    ${option(17, 'failover', on('subfailover'))}))::text, '{}')::json AS options
FROM pg_subscription AS s
WHERE s.subdbid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
ORDER BY s.subname`;
}
