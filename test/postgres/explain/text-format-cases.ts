import type {Major} from '../../rig/servers.ts';

/** A statement whose plan has something that text and JSON write differently. */
export interface TextCase {
  readonly sql: string;
  /** Settings of its transaction. */
  readonly settings?: Readonly<Record<string, string | number>>;
  readonly since?: Major;
  /** Whether its plan with VERBOSE is looked at as well. */
  readonly verbose?: true;
}

const orders = "(array['new','paid','sent'])[1 + g % 3]";

/** The tables of the cases; foreign tables lead back to the same database. */
export const schema = `begin;
create extension file_fdw; create extension postgres_fdw;
create schema "My Schema";
create table "My Schema"."Odd ""Table""" (id int primary key, "Some, Col" text, t timestamptz);
insert into "My Schema"."Odd ""Table""" select g, 'v' || g, now() from generate_series(1, 2000) g;
create index "odd, idx" on "My Schema"."Odd ""Table""" ("Some, Col");
create table orders (id serial primary key, customer int, status text, total numeric, at timestamp, note text);
insert into orders select g, g % 500, ${orders}, g * 1.5, '2024-01-01'::timestamp + g * interval '1 min', repeat('x', 50)
  from generate_series(1, 20000) g;
create index orders_customer on orders (customer); create index orders_at on orders (at);
create index orders_status on orders (status);
create table customers (id int primary key, name text, region int);
insert into customers select g, 'c' || g, g % 10 from generate_series(0, 499) g;
create table parts (k int, v int) partition by range (k);
create table parts_1 partition of parts for values from (0) to (100);
create table parts_2 partition of parts for values from (100) to (200);
create table parts_3 partition of parts for values from (200) to (300);
insert into parts select g % 300, g from generate_series(1, 3000) g; create index on parts (k);
create table child (id int primary key, order_id int references orders (id) on delete cascade, x int);
insert into child select g, g, g from generate_series(1, 100) g;
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger "on touch" before update on orders for each row execute function touch();
create table ups (id int primary key, n int); insert into ups values (1, 1), (2, 2);
create table base (a int); create table derived () inherits (base);
insert into base values (1), (2); insert into derived values (3);
create server files foreign data wrapper file_fdw;
create foreign table passwd (line text) server files options (filename '/etc/passwd', delimiter E'\\x01');
do $$ begin execute format('create server loop foreign data wrapper postgres_fdw options (host ''127.0.0.1'', port %L, dbname %L)',
  current_setting('port'), current_database()); end $$;
create user mapping for postgres server loop options (user 'postgres', password 'postgres');
create foreign table f_orders (id int, customer int, total numeric) server loop options (table_name 'orders');
create foreign table f_customers (id int, name text, region int) server loop options (table_name 'customers');
create foreign table f_ups (id int, n int) server loop options (table_name 'ups');
create table split (k int, v int) partition by range (k);
create table split_local partition of split for values from (0) to (100);
create table remote_p (k int, v int); create table remote_q (k int, v int);
create foreign table split_p partition of split for values from (100) to (200) server loop
  options (table_name 'remote_p', async_capable 'true');
create foreign table split_q partition of split for values from (200) to (300) server loop
  options (table_name 'remote_q', async_capable 'true');
commit;
insert into split select g, g from generate_series(0, 299) g;
analyze;`;

const parallel = {
  max_parallel_workers_per_gather: 2,
  min_parallel_table_scan_size: 0,
  min_parallel_index_scan_size: 0,
  parallel_setup_cost: 0,
  parallel_tuple_cost: 0,
};
const off = (...names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map(name => [`enable_${name}`, 'off']));
const smallMemory = {work_mem: '64kB', hash_mem_multiplier: 1};
const joined = 'select * from orders o join customers c on c.id = o.customer';

export const textCases: readonly TextCase[] = [
  // Names, literals and lists
  {
    sql: `select id, "Some, Col", t from "My Schema"."Odd ""Table""" as "O, T"
      where "Some, Col" = 'v1'', "x' or "Some, Col" = E'a\\nb: c\\n  ->  d'`,
    verbose: true,
  },
  {
    sql: `select "Some, Col" from "My Schema"."Odd ""Table""" where "Some, Col" > 'v1' order by 1 desc limit 5`,
    verbose: true,
  },
  {
    sql: `select case when id = 1 then 'a, b' else '(' end, array[id, 2], row(id, name), name || ', "', '{1,2}'::int[]
      from customers order by lower(name) desc nulls last, name collate "C", 1 using > limit 4`,
    verbose: true,
  },
  {
    sql: `select 'it''s\n multi\n  ->  Seq Scan on x  (cost=1.00..2.00 rows=1 width=1)\nPlanning Time: 1.0 ms' as q, name
      from customers where name <> 'a\n(3 rows)\n\nb' limit 1`,
    verbose: true,
  },
  // Scans
  {sql: 'select 1'},
  {sql: 'select null::int where false'},
  {sql: 'select * from base', settings: off('seqscan')},
  {sql: `select * from orders where now() < '2000-01-01'`},
  {sql: `select * from orders where ctid = '(1,1)' or ctid = '(2,1)'`},
  {sql: `select * from orders where ctid > '(1,1)' and ctid < '(3,1)'`},
  {sql: 'select * from orders tablesample bernoulli (5) repeatable (42) where id > 5'},
  {sql: 'select * from orders tablesample system (50)'},
  {sql: 'select * from generate_series(1, 3)'},
  {sql: 'select * from generate_series(1, 3) with ordinality "My, F"'},
  {sql: 'select * from generate_series(1, 3) g where g > 1', verbose: true},
  {sql: `select * from (values (1, 'a'), (2, 'b')) v (x, y) where x > 1`},
  {sql: 'select generate_series(1, 3), unnest(array[1, 2])'},
  {
    sql: `select * from json_table('[{"a": 1}]'::jsonb, '$[*]' columns (a int path '$.a')) jt where a = 1`,
    since: 17,
  },
  {sql: 'select customer from orders where customer between 3 and 8', settings: off('seqscan', 'bitmapscan')},
  {
    sql: `select * from orders where customer in (1, 2) and status = 'new'`,
    settings: off('seqscan', 'indexscan'),
  },
  {
    sql: `select * from orders where customer < 9 or at < '2024-01-02'`,
    settings: off('seqscan', 'indexscan'),
  },
  {
    sql: `select * from orders where status = 'new' and total > 50`,
    settings: {...off('seqscan', 'indexscan'), ...smallMemory},
  },
  {
    sql: `select count(*) from orders where status = 'new'`,
    settings: {...off('seqscan', 'indexscan', 'indexonlyscan'), ...parallel},
  },
  {sql: 'select min(at), max(at) from orders'},
  {sql: 'select * from orders for update limit 3'},
  // Joins
  {sql: `${joined} where o.total > 100 and c.region = 3`},
  {
    sql: 'select * from orders o left join customers c on c.id = o.customer and c.region = o.id',
    settings: off('hashjoin'),
  },
  {sql: joined, settings: off('hashjoin', 'nestloop')},
  {sql: 'select * from orders o full join customers c on c.id = o.customer'},
  {sql: 'select * from orders o right join customers c on c.id = o.customer', settings: off('hashjoin')},
  {
    sql: 'select * from customers c where exists (select from orders o where o.customer = c.id and o.total > 5)',
  },
  {sql: 'select * from customers c where not exists (select from orders o where o.customer = c.id)'},
  {sql: 'select * from orders o where not exists (select from customers c where o.customer = c.id)'},
  {sql: 'select * from customers a cross join customers b where a.region + b.region = 3 and a.id < 20'},
  {sql: `${joined} where o.id < 3000`, settings: off('hashjoin', 'mergejoin', 'seqscan')},
  {
    sql: 'select count(*) from orders o join customers c on c.id = o.customer',
    settings: {...off('hashjoin', 'mergejoin', 'seqscan', 'indexonlyscan'), ...parallel},
  },
  {
    sql: 'select count(*) from orders o join orders p on p.customer = o.customer and p.id = o.id',
    settings: parallel,
  },
  {
    sql: 'select count(*) from orders o left join orders p on p.id = o.customer',
    settings: {...parallel, ...smallMemory},
  },
  {sql: 'select count(*) from orders o join orders p on p.id = o.customer', settings: smallMemory},
  {
    sql: 'select * from orders o join orders p on p.id = o.id + 1 join orders q on q.id = p.id + 1 where o.id = -1',
    settings: off('seqscan'),
  },
  {
    sql: 'select * from customers c, lateral (select * from orders o where o.customer = c.id order by at limit 2) x',
  },
  // Aggregates, sorts and windows
  {sql: 'select count(*) from orders', settings: parallel},
  {
    sql: 'select customer, count(*), sum(total) from orders group by 1 order by 2 desc limit 3',
    settings: parallel,
  },
  {sql: 'select customer, sum(total) from orders group by customer having sum(total) > 1e9'},
  {sql: 'select customer, status, count(*) from orders group by grouping sets ((customer), (status), ())'},
  {sql: 'select customer, status, count(*) from orders group by cube (customer, status)'},
  {
    sql: 'select customer, status, count(*) from orders group by rollup (customer, status)',
    settings: off('hashagg'),
  },
  {
    sql: 'select customer, status, at, count(*) from orders group by cube (1, 2), at',
    settings: off('hashagg'),
  },
  {
    sql: 'select customer, status from orders group by grouping sets ((customer, status), (status), (customer))',
    settings: off('hashagg'),
  },
  {sql: 'select count(*) from orders group by ()'},
  {sql: 'select count(*) from orders group by grouping sets ((), ())'},
  {
    sql: 'select customer, at, count(*) from orders group by customer, at',
    settings: {...smallMemory, ...off('sort')},
  },
  {sql: 'select distinct status from orders'},
  {sql: 'select distinct customer from orders', settings: off('hashagg')},
  {sql: 'select customer from orders group by customer', settings: off('hashagg')},
  {sql: 'select * from orders order by total', settings: smallMemory},
  {sql: 'select * from orders order by total', settings: parallel},
  {sql: 'select * from orders order by customer, total limit 100', settings: off('seqscan', 'sort')},
  {
    sql: 'select * from orders order by customer, total',
    settings: {...off('seqscan', 'sort'), ...smallMemory},
  },
  {sql: 'select * from orders order by customer, total', settings: {...off('sort', 'seqscan'), ...parallel}},
  {
    sql: `select row_number() over (partition by customer order by total), rank() over w,
      sum(total) over (order by at rows between 1 preceding and current row)
      from orders where id < 1000 window w as (partition by status)`,
  },
  {sql: 'select * from orders order by status, total', settings: off('seqscan', 'sort', 'bitmapscan')},
  {sql: 'select * from (select id, row_number() over (order by id) rn from orders) s where rn <= 5'},
  {sql: 'select * from (select * from orders order by total limit 50 offset 10) s where s.id > 5'},
  {sql: 'select sum(total), random() from orders group by id % 3 having random() < 2'},
  // Sets, CTEs and subplans
  {sql: 'select customer from orders intersect select id from customers'},
  {sql: 'select customer from orders except all select id from customers'},
  {sql: 'select customer from orders intersect all select id from customers', settings: off('hashagg')},
  {sql: 'select id from customers union select customer from orders'},
  {sql: 'select 1 as a union all select 2 union all select id from customers where id < 3'},
  {
    sql: `with recursive r (n) as (select 1 union all select n + 1 from r where n < 50)
      select * from r, customers c where c.id = r.n`,
  },
  {
    sql: `with x as materialized (select * from orders where total < 100),
      "Y, y" as materialized (select count(*) n from x) select * from x, "Y, y" z where x.id < z.n`,
  },
  {
    sql: `select *, (select max(total) from orders o where o.customer = c.id) from customers c
      where id < 20 and region = (select min(region) from customers)`,
  },
  {
    sql: 'select * from customers where id in (select customer from orders where total < 300) or region = any (array(select 1))',
  },
  {sql: 'select * from customers where id not in (select customer from orders where customer is not null)'},
  {sql: 'select * from customers c where (select count(*) from orders where customer = c.id) > (select 3)'},
  {
    sql: 'select 1 where exists (select from orders where id = 3) and not exists (select from orders where id = -3)',
  },
  // Partitions
  {sql: 'select * from parts where k = 5'},
  {sql: 'select * from parts where k = (select 5)'},
  {sql: 'select * from parts order by k limit 3'},
  {sql: 'select k from parts_1 union all select k from parts_2 order by k limit 3', settings: off('sort')},
  {sql: 'select * from parts p join parts q using (k) where p.k < 10'},
  // Changes
  {
    sql: 'insert into ups values (1, 5), (3, 3) on conflict (id) do update set n = excluded.n where ups.n < 100',
  },
  {
    sql: 'insert into ups values (1, 5), (3, 3) on conflict (id) do update set n = excluded.n where ups.n < 0',
  },
  {sql: 'insert into ups values (1, 5), (3, 3) on conflict do nothing returning *'},
  {sql: `insert into orders (id, customer, status) select 100000 + id, id, 'x' from customers`},
  {sql: 'insert into child values (1000, 5, 1), (1001, 6, 1)'},
  {sql: 'insert into parts values (1, 2), (150, 3)'},
  {sql: 'update orders set total = total + 1 where id < 50'},
  {sql: 'update parts set v = v + 1 where k < 150'},
  {sql: 'update base set a = 4 where a > 1'},
  {sql: 'delete from orders where id < 30'},
  {sql: 'delete from base'},
  {sql: 'with gone as (delete from ups returning *) select * from gone'},
  {
    sql: `with moved as (update orders o set total = 0 from customers c where c.id = o.customer and c.id = 3 returning o.*)
      insert into ups select id, 0 from moved`,
  },
  {
    sql: `merge into ups u using (values (1, 10), (7, 7), (2, 0)) s (id, n) on u.id = s.id
      when matched and s.n = 0 then delete when matched then update set n = s.n
      when not matched then insert values (s.id, s.n)`,
    since: 15,
  },
  {
    sql: 'merge into ups u using (select 1 as id where false) s on u.id = s.id when matched then delete',
    since: 15,
  },
  {sql: 'create temp table some_orders as select * from orders where id < 500'},
  {sql: 'declare c cursor for select * from orders'},
  // Foreign tables
  {sql: `select * from passwd where line > 'a'`, verbose: true},
  {sql: 'select * from f_orders where total > 40000 and random() > 2', verbose: true},
  {
    sql: 'select * from f_orders o join f_customers c on c.id = o.customer where c.region = 1 and o.id < 100',
    verbose: true,
  },
  {sql: 'update f_ups set n = n + 1 where id = 1', verbose: true},
  {sql: 'update f_ups set n = random() where id = 1', verbose: true},
  {sql: 'delete from f_ups where id = 1', verbose: true},
  {sql: 'insert into f_ups values (50, 1), (51, 2)', verbose: true},
  {sql: 'select sum(v) from split', verbose: true},
  {sql: 'update split set v = v + random()', verbose: true},
];
