import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {ExplainedPlan, FieldValue} from '../../../src/core/explain/plan.ts';
import {readPlans} from '../../../src/core/explain/read-plans.ts';
import type {Session} from '../../../src/core/session.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {majors, type Major} from '../../rig/servers.ts';
import {openFor, value} from '../../rig/sessions.ts';
import {schema, textCases, type TextCase} from './text-format-cases.ts';
import {saidByText} from './text-format-said.ts';
import {autoExplain, expectSame} from './text-format-same.ts';

/*
 * With ANALYZE both formats are of ONE execution: EXPLAIN prints it as text, and auto_explain, which hooks the same
 * executor run, logs it as JSON. So every number has to be the same, times and buffers included. What auto_explain does
 * not log (planning, serialization, execution time) is compared by its names in a test of its own. The corpus, in
 * text-format-corpus.test.ts, adds VERBOSE for each statement and plans without ANALYZE.
 */

describe.each(majors)('text and JSON of PostgreSQL %i', major => {
  let database: TestDatabase;
  let session: Session;
  const logged: string[] = [];
  const seen = new Set<string>();
  const cases = textCases.filter(({since = 14}) => major >= since);

  beforeAll(async () => {
    database = await createDatabase(major, 'text_format');
    session = await openFor(database);
    value(await session.script(schema));
    value(await session.script(autoExplain));
    session.onNotice(({message}) => logged.push(message));
  });
  afterAll(async () => {
    await session.close();
    await database.drop();
  });

  /** Explains in a transaction that is rolled back. */
  async function explain(options: string, {sql, settings = {}}: TextCase): Promise<string> {
    const local = Object.entries(settings).map(([name, setting]) => `set local ${name} = '${setting}';`);
    value(await session.script(`begin; ${local.join(' ')}`));
    logged.length = 0;
    const lines = await session.texts(`explain (${options}) ${sql}`);
    value(await session.script('rollback'));
    return value(lines).join('\n');
  }

  it.each(cases)('says the same of one execution: $sql', async one => {
    for (const verbose of one.verbose ? ['on', 'off'] : ['off']) {
      value(
        await session.script(
          `set auto_explain.log_min_duration = 0; set auto_explain.log_verbose = ${verbose}`,
        ),
      );
      const text = await explain(`analyze, wal, buffers, settings, verbose ${verbose}`, one);
      const json = logged.find(message => message.startsWith('duration:')) ?? '';
      value(await session.script('set auto_explain.log_min_duration = -1'));
      const plan = only(value(readPlans(text)));
      expectSame(major, plan, only(value(readPlans(json))));
      for (const {type, fields} of plan.nodes)
        for (const name of [type, ...Object.keys(fields)]) seen.add(name);
    }
  });

  it('names what is beside the nodes as JSON does', async () => {
    const newer = major >= 17 ? ', memory, serialize' : '';
    const one = {sql: 'delete from orders where id < 3 returning *'};
    for (const timing of ['on', 'off']) {
      const options = `analyze, buffers, settings, verbose, wal, timing ${timing}${newer}`;
      const text = only(value(readPlans(await explain(options, one))));
      const json = only(value(readPlans(await explain(`${options}, format json`, one))));
      expect(names(text.fields)).toEqual(names(saidByText(text, json, major).fields));
      expect(text.nodes.map(({fields}) => names(fields))).toEqual(
        saidByText(text, json, major).nodes.map(({fields}) => names(fields)),
      );
    }
  });

  it('saw every node type and every kind of line', () => {
    expect([...expectedTypes(major)].filter(type => !seen.has(type))).toEqual([]);
  });
});

/** The names of fields and of fields in fields. */
function names(field: FieldValue | undefined): unknown {
  if (Array.isArray(field)) return field.map(names);
  if (typeof field !== 'object' || field === null) return typeof field;
  return Object.fromEntries(Object.entries(field).map(([name, inner]) => [name, names(inner)]));
}

function expectedTypes(major: Major): readonly string[] {
  const common = `Result,ProjectSet,ModifyTable,Append,Merge Append,Recursive Union,BitmapAnd,BitmapOr,Nested Loop,
    Merge Join,Hash Join,Seq Scan,Sample Scan,Gather,Gather Merge,Index Scan,Index Only Scan,Bitmap Index Scan,
    Bitmap Heap Scan,Tid Scan,Tid Range Scan,Subquery Scan,Function Scan,Values Scan,CTE Scan,WorkTable Scan,
    Foreign Scan,Materialize,Memoize,Sort,Incremental Sort,Aggregate,WindowAgg,Unique,SetOp,LockRows,Limit,Hash,
    Workers,Grouping Sets,Presorted Key,Full-sort Groups,Pre-sorted Groups,Cache Hits,Heap Fetches,Target Tables,
    Conflict Arbiter Indexes,Conflicting Tuples,Remote SQL,Foreign File Size,Repeatable Seed,Subplans Removed,
    Lossy Heap Blocks,WAL Records,One-Time Filter,Disk Usage,Sort Space Used,Function Call`;
  const newer = [
    ...(major >= 15 ? ['Run Condition', 'Tuples Skipped'] : []),
    ...(major >= 17 ? ['Table Function Scan'] : []),
    ...(major >= 18 ? ['Storage', 'Maximum Storage', 'Index Searches', 'Window', 'Disabled'] : []),
  ];
  return [...common.split(/,\s*/), ...newer];
}

function only(plans: readonly ExplainedPlan[]): ExplainedPlan {
  const [plan] = plans;
  if (!plan || plans.length > 1) expect.fail(`${plans.length} plans`);
  return plan;
}
