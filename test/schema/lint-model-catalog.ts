import type {Client} from 'pg';
import type {SchemaModel} from '../../src/core/lint/model/schema.ts';

/** Lines that say what there is, the same ones from a server and from a model. */
export type Said = readonly string[];

/** As the catalogs of 14 to 18 have it; 18 alone has constraints for NOT NULL. */
const catalog = `
with relations as (
  select c.oid, c.relkind, c.relpersistence, c.relrowsecurity, c.relispartition, c.relpartbound,
    case when n.nspname like 'pg_temp%' then 'pg_temp' else n.nspname end || '.' || c.relname as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema')
    and n.nspname not like 'pg_toast%'
)
select name || ': ' || case relkind when 'r' then 'table' when 'p' then 'partitioned table' when 'v' then 'view'
    when 'm' then 'materialized view' else 'foreign table' end
  || case relpersistence when 't' then ' temporary' when 'u' then ' unlogged' else '' end
  || case when relrowsecurity then ' row security' else '' end as line
from relations
union all
select r.name || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
  || case when a.attnotnull then ' not null' else '' end
  || case when a.atthasdef and a.attgenerated = '' then ' default' else '' end
  || case a.attgenerated when 's' then ' stored' when 'v' then ' virtual' else '' end
  || case a.attidentity when 'a' then ' always' when 'd' then ' by default' else '' end
from relations r join pg_attribute a on a.attrelid = r.oid
where a.attnum > 0 and not a.attisdropped
union all
select r.name || ' columns ' || string_agg(a.attname, ', ' order by a.attnum)
from relations r join pg_attribute a on a.attrelid = r.oid
where a.attnum > 0 and not a.attisdropped group by r.name
union all
select r.name || ' constraint ' || c.conname || ' ' || case c.contype when 'p' then 'primary key' when 'u' then 'unique'
    when 'f' then 'foreign key' when 'c' then 'check' when 'x' then 'exclusion' else 'not null' end
  || ' (' || coalesce((select string_agg(coalesce(a.attname, '…'), ', ' order by case when c.contype = 'c' then a.attname::text end, k.at)
      from unnest(c.conkey) with ordinality k(num, at)
      left join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.num), '') || ')'
  || case when c.convalidated then '' else ' not valid' end
  || coalesce(' to ' || (select name from relations where oid = c.confrelid) || ' ('
    || (select string_agg(a.attname, ', ' order by k.at) from unnest(c.confkey) with ordinality k(num, at)
        join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.num) || ')', '')
from relations r join pg_constraint c on c.conrelid = r.oid
where c.contype in ('p', 'u', 'f', 'c', 'x', 'n')
  and not (c.contype = 'f' and c.conparentid <> 0
    and (select conrelid from pg_constraint p where p.oid = c.conparentid) = c.conrelid)
union all
select r.name || ' index ' || ic.relname || case when i.indisunique then ' unique' else '' end || ' ' || am.amname || ' ('
  || (select string_agg(case when k = 0 then '(…)' else (select attname from pg_attribute where attrelid = i.indrelid and attnum = k) end, ', ' order by at)
      from unnest(i.indkey::int2[]) with ordinality keys(k, at) where at <= i.indnkeyatts) || ')'
  || coalesce(' include (' || (select string_agg((select attname from pg_attribute where attrelid = i.indrelid and attnum = k), ', ' order by at)
      from unnest(i.indkey::int2[]) with ordinality keys(k, at) where at > i.indnkeyatts) || ')', '')
  || case when i.indpred is null then '' else ' where' end
  || coalesce((select ' constraint ' || conname from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x')), '')
from relations r join pg_index i on i.indrelid = r.oid join pg_class ic on ic.oid = i.indexrelid join pg_am am on am.oid = ic.relam
union all
select r.name || ' trigger ' || t.tgname from relations r join pg_trigger t on t.tgrelid = r.oid where not t.tgisinternal
  or t.tgparentid <> 0 and not exists (select from pg_constraint where oid = t.tgconstraint)
union all
select r.name || ' policy ' || p.polname from relations r join pg_policy p on p.polrelid = r.oid
union all
select r.name || ' part ' || c.name || case when pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT' then ' default' else '' end
from relations r join pg_inherits i on i.inhparent = r.oid join relations c on c.oid = i.inhrelid where c.relispartition
union all
select distinct r.name || ' reads ' || s.name
from relations r join pg_rewrite w on w.ev_class = r.oid
join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass
join relations s on s.oid = d.refobjid where s.oid <> r.oid
union all
select n.nspname || '.' || t.typname || ': ' || case t.typtype when 'e' then 'enum ' || coalesce((select string_agg(enumlabel, ', ' order by enumsortorder) from pg_enum where enumtypid = t.oid), '')
    when 'd' then 'domain ' || format_type(t.typbasetype, t.typtypmod)
    when 'r' then 'range' else 'composite' end
from pg_type t join pg_namespace n on n.oid = t.typnamespace
where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_t%'
  and (t.typtype in ('e', 'd', 'r') or t.typtype = 'c' and (select relkind from pg_class where oid = t.typrelid) = 'c')
union all
select 'schema ' || nspname from pg_namespace where nspname not like 'pg_%' and nspname <> 'information_schema'
`;

export async function saidBy(client: Client): Promise<Said> {
  // Types of other schemas are printed with theirs.
  await client.query("set local search_path = 'public'");
  const {rows} = await client.query<{line: string}>(catalog);
  return rows.map(({line}) => line).toSorted();
}

/** @param unknown the types that nobody can know without running a query are taken from the server's lines */
export function saidOf(model: SchemaModel): Said {
  const lines: string[] = [];
  for (const relation of model.relations()) {
    const name = `${relation.schema}.${relation.name}`;
    const persistence = relation.temporary ? ' temporary' : relation.unlogged ? ' unlogged' : '';
    lines.push(`${name}: ${relation.kind}${persistence}${relation.rowSecurity ? ' row security' : ''}`);
    const columns = [...relation.columns.values()];
    if (columns.length > 0) lines.push(`${name} columns ${columns.map(each => each.name).join(', ')}`);
    for (const {name: column, type, notNull, default: value, generated, identity} of columns)
      lines.push(
        [
          `${name}.${column} ${type === '' ? '?' : type}`,
          ...(notNull ? ['not null'] : []),
          ...(value === undefined ? [] : ['default']),
          ...(generated ? [generated] : []),
          ...(identity ? [identity] : []),
        ].join(' '),
      );
    for (const {name: constraint, kind, columns: on, valid, references: to} of relation.constraints.values())
      lines.push(
        `${name} constraint ${constraint} ${kind} (${(kind === 'check' ? on.toSorted() : kind === 'exclusion' ? on.map(each => (each.startsWith('(') ? '…' : each)) : on).join(', ')})${valid ? '' : ' not valid'}${
          to ? ` to ${to.relation.schema}.${to.relation.name} (${to.columns.join(', ')})` : ''
        }`,
      );
    for (const index of relation.indexes.values())
      lines.push(
        [
          `${name} index ${index.name}`,
          ...(index.unique ? ['unique'] : []),
          index.method,
          `(${index.keys.map(key => (key.startsWith('(') ? '(…)' : key)).join(', ')})`,
          ...(index.include.length > 0 ? [`include (${index.include.join(', ')})`] : []),
          ...(index.where === undefined ? [] : ['where']),
          ...(index.constraint === undefined ? [] : [`constraint ${index.constraint}`]),
        ].join(' '),
      );
    for (const trigger of relation.triggers) lines.push(`${name} trigger ${trigger}`);
    for (const policy of relation.policies) lines.push(`${name} policy ${policy}`);
    for (const part of relation.partitions) {
      const child = model.relation(part);
      lines.push(
        `${name} part ${part.schema}.${part.name}${child?.isDefaultPartition === true ? ' default' : ''}`,
      );
    }
    for (const read of relation.reads) lines.push(`${name} reads ${read.schema}.${read.name}`);
  }
  for (const type of model.types()) {
    const what =
      type.kind === 'enum'
        ? `enum ${type.values.join(', ')}`
        : type.kind === 'domain'
          ? `domain ${type.base}`
          : type.kind;
    lines.push(`${type.schema}.${type.name}: ${what}`);
  }
  for (const schema of model.schemas()) lines.push(`schema ${schema}`);
  return lines.toSorted();
}

/** @returns the server's lines with a question mark for each type that the model does not know */
export function withUnknowns(server: Said, model: Said): Said {
  const unknown = new Set(model.flatMap(line => /^(\S+) \?/.exec(line)?.[1] ?? []));
  return server.map(line => {
    const name = /^\S+\.\S+\.\S+(?= )/.exec(line)?.[0];
    return name !== undefined && unknown.has(name) ? line.replace(/^(\S+) .*?(?=$| not null)/, '$1 ?') : line;
  });
}
