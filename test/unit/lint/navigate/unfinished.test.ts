import {describe, expect, it} from 'vitest';
import {tokensOf} from '../../../../src/core/lint/navigate/walk/reader.ts';
import {namesIn} from '../../../../src/core/lint/navigate/walk/statement.ts';
import {laterModelCases} from '../../../schema/lint-model-cases-later.ts';
import {modelCases} from '../../../schema/lint-model-cases.ts';

const more = [
  'with recursive a (b) as (select 1 union all select b + 1 from a where b < (select max(x) from c)) select * from a join lateral (select y from d where d.z = a.b) e on true order by 1',
  'insert into t as u (a, b) select c, d from e on conflict (a) do update set b = excluded.b where u.a > 1 returning u.a as one, *',
  'update only t as u set (a, b) = (select c, d from e), f[1] = case when g then 1 else 2 end from h where h.i = u.a returning *',
  'merge into t using s on t.a = s.a when matched and s.b > 1 then update set c = s.c when not matched then insert (a, c) values (s.a, s.c)',
  "select extract(year from a), cast(b as numeric(10, 2)), c::text[], date '2024-01-01', d[1:2], e is distinct from f, g at time zone 'utc' from ((h cross join i)) tablesample system (1) where (a, b) in (select 1, 2)",
  ')) ( , select ( from where ]',
];

describe('names in statements', () => {
  it('are looked for in whatever is there, up to any character', () => {
    let found = 0;
    const texts = [...modelCases, ...laterModelCases].map(({sql}) => sql);
    const statements = [...texts, ...more].flatMap(sql => sql.split(';'));
    for (const sql of statements)
      for (let end = 0; end <= sql.length; end += 3) {
        const text = sql.slice(0, end);
        found += namesIn(tokensOf(text, text.length)).length;
      }
    expect(found).toBeGreaterThan(10_000);
  }, 60_000);
});
