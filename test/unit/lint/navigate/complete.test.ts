import {describe, expect, it} from 'vitest';
import {complete} from '../../../../src/core/lint/navigate/complete.ts';
import {history, requestFor} from './setting.ts';

async function labels(marked: string): Promise<readonly string[]> {
  const items = await complete(requestFor(marked));
  return items
    .toSorted((a, b) => a.order.localeCompare(b.order) || a.label.localeCompare(b.label))
    .map(item => item.label);
}

const relations = ['purchases', 'recent', 'app', 'public'];
const columns = ['id', 'Odd One', 'remark', 'purchases'];
const items = ['id', 'order_id', 'state'];

describe('completion', () => {
  it.each<readonly [string, readonly string[]]>([
    ['select * from |', relations],
    ['select * from pur|', relations],
    ['select | from purchases', columns],
    ['select * from purchases where |', columns],
    ['select * from purchases where id = 1 and rem|', columns],
    ['select p.| from purchases p', ['id', 'Odd One', 'remark']],
    ['select p.id, | from purchases as p order by 1', ['id', 'Odd One', 'remark', 'p']],
    ['select * from purchases p join app.items i on i.|', items],
    ['select * from app.items i join recent r on r.| = i.id where true', ['id', 'state', 'words']],
    ['select * from app.|', ['items']],
    [
      'select * from purchases p where exists (select 1 from app.items i where i.order_id = p.|)',
      ['id', 'Odd One', 'remark'],
    ],
    ['with c as (select id as one, remark from purchases) select c.| from c', ['one', 'remark']],
    ['select s.| from (select *, 1 as more from app.items) s', ['id', 'more', 'order_id', 'state']],
    ['update purchases set |', columns],
    ['update purchases set remark = 1 where |', columns],
    ['delete from purchases where |', columns],
    ['insert into purchases (|', columns],
    ['insert into purchases (id, |) values (1, 2)', columns],
    ['insert into |', relations],
    ['alter table |', relations],
    ['alter table purchases drop column |', columns],
    ['alter table purchases alter column | type text', columns],
    ['alter table purchases add column a int, drop |', columns],
    ['alter table purchases drop constraint |', ['note_set', 'orders_pkey']],
    ['alter table if exists purchases validate constraint n|', ['note_set', 'orders_pkey']],
    ['alter table purchases rename column remark to |', []],
    ['alter table purchases add column |', []],
    ['alter table purchases add foreign key (|', columns],
    ['alter table purchases add foreign key (id) references app.items (|', [...items, 'items']],
    ['alter table purchases set schema |', ['app', 'public']],
    ['create index on purchases (|', columns],
    ['create index on purchases using btree (lower(|', columns],
    ['create index i on app.items (id) where |', [...items, 'items']],
    ['create index |', []],
    ['create table t (a int references |', relations],
    ['create table t (a int references purchases (|', columns],
    ['drop index app.|', ['items_order']],
    ['drop index |', ['orders_pkey', 'app', 'public']],
    ['drop table if exists |', ['purchases', 'app', 'public']],
    ['drop view |', ['recent', 'app', 'public']],
    ['refresh materialized view concurrently |', ['app', 'public']],
    ['truncate purchases, |', relations],
    ['comment on column purchases.|', ['id', 'Odd One', 'remark']],
    ['create trigger t before update of | on purchases execute function f()', columns],
    ['create policy p on purchases using (|', columns],
    ['create table s (a int); alter table s drop column |', ['a', 's']],
    ["select '|' from purchases", []],
    ['-- select | from', []],
    ['select /* | */ 1', []],
    ['do $$ begin | end $$', []],
    ['alter table purchases drop column |\n\ncreate table t (a int);', columns],
    ['create table broken (;\nalter table purchases drop column |', columns],
  ])('%s', async (marked, expected) => {
    expect(await labels(marked)).toEqual(expected);
  });

  it.each([
    ['create table t (a |', ['email', 'status', 'bigint', 'integer', 'text']],
    ['alter table purchases add column a |', ['email', 'status', 'bigint']],
    ['alter table purchases alter remark type |', ['email', 'status', 'bigint']],
    ["select 'new'::|", ['email', 'status', 'bigint']],
    ['create function f(a |', ['email', 'status']],
  ])('of types: %s', async (marked, first) => {
    expect((await labels(marked)).slice(0, first.length)).toEqual(first);
  });

  it('quotes where it is needed, and replaces what is typed', async () => {
    const marked = 'select remark, od| from purchases';
    const found = (await complete(requestFor(marked))).find(({label}) => label === 'Odd One');
    expect(found).toMatchObject({
      insert: '"Odd One"',
      kind: 'column',
      detail: 'integer, purchases',
      replaces: {start: marked.indexOf('od|'), end: marked.indexOf('|')},
    });
  });

  it('knows the schema as it was when an earlier file ran', async () => {
    const [first = '', second = ''] = history;
    const request = requestFor('select * from |', history);
    const at = {...request, document: {path: '/m/2_step.up.sql', text: `${second}\nselect * from `}};
    const found = await complete({...at, offset: at.document.text.length});
    expect(found.map(({label}) => label).toSorted()).toEqual(['app', 'orders', 'public']);
    expect(first).toContain('orders');
  });
});
