import {describe, expect, it} from 'vitest';
import {readPlans} from '../../../src/core/explain/read-plans.ts';
import type {Failure} from '../../../src/core/outcome.ts';

const json = `[
  {
    "Plan": {
      "Node Type": "Limit",
      "Parallel Aware": false,
      "Plans": [
        {
          "Node Type": "Seq Scan",
          "Parent Relationship": "Outer",
          "Relation Name": "t [1]",
          "Filter": "(note = 'a \\"quoted\\" } text'::text)"
        }
      ]
    },
    "Query Identifier": -2152952269211469360,
    "Planning Time": 0.1
  }
]`;

const text = `Limit  (cost=0.00..1.00 rows=1 width=4)
  ->  Seq Scan on t  (cost=0.00..2.00 rows=2 width=4)
        Filter: (id > 1)`;

function types(source: string): unknown {
  const plans = readPlans(source);
  return plans.ok ? plans.value.map(({nodes}) => nodes.map(({type}) => type)) : plans.failure.message;
}

function failure(source: string): Failure {
  const plans = readPlans(source);
  if (plans.ok) expect.fail(`${plans.value.length} plans were read`);
  return plans.failure;
}

const one = [['Limit', 'Seq Scan']];

describe('plans are read from', () => {
  it.each([
    ['JSON', json],
    ['JSON with a mark of its encoding', `\uFEFF${json}`],
    ['one JSON object', json.slice(1, -1)],
    ['JSON on one line', JSON.stringify(JSON.parse(json))],
    ['JSON between prose', `Look at this:\n\n${json}\n\nIs it bad?`],
    ['JSON with a semicolon', `${json};`],
    ['JSON below a prompt with a bracket', `[local] postgres=# explain (format json) select 1;\n${json}`],
    ['JSON cut into comments', json.replaceAll('\n', '\r\n')],
    ['JSON as a text of JSON', JSON.stringify(json)],
    ['rows of a driver', JSON.stringify([{'QUERY PLAN': JSON.parse(json)}])],
    ['rows of a driver that does not parse JSON', JSON.stringify([{'QUERY PLAN': json}])],
    ['rows of text', JSON.stringify(text.split('\n').map(line => ({'QUERY PLAN': line})))],
    ['a grid exported with its statement', JSON.stringify({'explain select 1': [{'QUERY PLAN': json}]})],
    ['a grid copied with quotes', text.replaceAll(/^.*$/gm, '"$&"')],
    ['a Markdown table', `| QUERY PLAN |\n|---|\n${text.replaceAll(/^.*$/gm, '| $& |')}`],
    ['text', text],
    ['text after a blank', text.replaceAll(/^/gm, ' ')],
    ['text below its statement', `explain select * from t\nwhere id > 1\nLimit 1;\n${text}`],
    [
      'a part of a plan',
      text
        .replaceAll(/^/gm, '      ')
        .replace('Limit', '->  Limit')
        .replaceAll(/^ {6}(?= )/gm, '            '),
    ],
  ])('%s', (_what, source) => {
    expect(types(source)).toEqual(one);
  });

  it('a text of several, in its order', () => {
    expect(types(`${text}\n\n${json}\n(1 row)\n${text}\n${json}\n${json}`)).toEqual(
      [1, 2, 3, 4, 5].flatMap(() => one),
    );
  });

  it('a log in a list of JSON objects', () => {
    const message = (body: string): unknown => ({
      at: 1,
      payload: {message: `LOG:  duration: 1.500 ms  plan:\n${body}`},
    });
    const log = JSON.stringify(
      [message(`Query Text: select 1\n${text}`), {}, message(json.slice(1, -1).trim())],
      null,
      1,
    );
    expect(types(log)).toEqual([...one, ...one]);
  });

  it('keep all digits of a query identifier', () => {
    for (const source of [json, `${text}\nQuery Identifier: -2152952269211469360`]) {
      const plans = readPlans(source);
      expect(plans.ok && plans.value[0]?.fields['Query Identifier']).toBe('-2152952269211469360');
    }
  });

  it('keep the text they were read from, without what is around it', () => {
    const framed = ` QUERY PLAN \n---\n${text.replaceAll(/^/gm, ' ')}\n(3 rows)\n\nTime: 1.2 ms`;
    const plans = readPlans(`${framed}\n${json}\nend`);
    expect(plans.ok && plans.value.map(({source}) => source.replaceAll(/^ /gm, ''))).toEqual([
      text,
      json.replaceAll(/^ /gm, ''),
    ]);
  });
});

describe('what is no plan is called by its name', () => {
  const yaml = '- Plan: \n    Node Type: "Result"\n    Parallel Aware: false';
  const xml =
    '<explain xmlns="http://www.postgresql.org/2009/explain">\n  <Query>\n    <Plan>\n      <Node-Type>Result</Node-Type>';
  it.each([
    ['', 'The text is empty.'],
    [' \n\t\uFEFF ', 'The text is empty.'],
    ['"  "', 'The text is empty.'],
    [xml, "This is EXPLAIN's XML format."],
    [` QUERY PLAN \n----\n ${xml.replaceAll('\n', ' +\n ')}`, "This is EXPLAIN's XML format."],
    [yaml, "This is EXPLAIN's YAML format."],
    [` QUERY PLAN \n----\n ${yaml.replaceAll('\n', ' +\n ')}`, "This is EXPLAIN's YAML format."],
    ['select * from t', 'This is an SQL statement, not its plan.'],
    ['-- why?\n  /* slow */ WITH x AS (SELECT 1) SELECT * FROM x', 'This is an SQL statement, not its plan.'],
    ['postgres=# explain analyze select 1;', 'This is an SQL statement, not its plan.'],
    ['[local] postgres=# explain analyze select 1;', 'This is an SQL statement, not its plan.'],
    [
      json.slice(0, json.indexOf('"Relation Name')),
      'This is JSON that is cut off at line 9, column 42, where 5 brackets are still open.',
    ],
    [
      json.slice(0, -2),
      'This is JSON that is cut off at line 17, column 4, where one bracket is still open.',
    ],
    [
      json.replace('"Parallel Aware": false,', '"Parallel Aware": maybe,'),
      'This is JSON that is damaged at line 5, column 25.',
    ],
    [json.replace('"Limit",', '"Limit"'), 'This is JSON that is damaged at line 5, column 7.'],
    ['{"a": [1, 2', 'This is JSON that is cut off at line 1, column 12, where 2 brackets are still open.'],
    ['Utility statements have no plan structure', 'The server says that this statement has no plan.'],
    [
      '        QUERY PLAN        \n------\n Query rewrites to nothing\n(1 row)',
      'The server says that a rule rewrites this statement to nothing, so that it has no plan.',
    ],
    [
      'ERROR:  relation "x" does not exist\nLINE 1: select * from x',
      "This is a server's error message, not a plan.",
    ],
    [
      '2026-01-01 12:00:00 UTC [1] LOG:  duration: 1.2 ms  statement: select 1',
      'This is a server log without a plan in it.',
    ],
    [
      'LOG:  duration: 1.2 ms  plan:',
      'The log has plans, but none that can be read. There is no plan in this text.',
    ],
    ['PK\u0003\u0004\0\0', 'This is a binary file, not text.'],
    ['Dear all, the plan is attached.', 'There is no plan in this text.'],
    [
      '-> Nested loop inner join  (cost=4.95 rows=9)\n    -> Table scan on t',
      'There is no plan in this text.',
    ],
    [text.replaceAll(/^\s+/gm, ''), 'This is a plan as text, but its indentation is lost.'],
  ])('%j', (source, message) => {
    const {reason, advice, ...rest} = failure(source);
    expect(rest.message).toBe(message);
    expect(reason).toBe('invalid-input');
    expect(advice).not.toBe(undefined);
  });
});

it.each(['{"a": 1}', '[1, 2]', '[{"Plan": {"Plans": []}}]'])('%s is JSON, but no plan', source => {
  expect(failure(source).message).toMatch(/^This is not a plan in JSON: expected .*, found /);
});

describe('any size', () => {
  const big = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length));

  /** ms of this process's processors: the machine may be busy with something else. */
  function timeOf(work: () => unknown): number {
    const start = process.cpuUsage();
    work();
    const {user, system} = process.cpuUsage(start);
    return (user + system) / 1000;
  }

  it('of JSON takes little more than JSON.parse', {retry: 2}, () => {
    const node = '{"Node Type": "Seq Scan", "Parallel Aware": false, "Total Cost": 1.5, "Filter": "(a > 1)"}';
    const nodes = Array.from({length: 20_000}, () => node).join(',\n');
    const source = `[{"Plan": {"Node Type": "Append", "Plans": [${nodes}]}}]`;
    const parsed = Math.min(
      timeOf(() => JSON.parse(source)),
      timeOf(() => JSON.parse(source)),
    );
    expect(timeOf(() => expect(types(source)).toEqual([expect.any(Array)]))).toBeLessThan(parsed * 6 + 300);
  });

  it.each([
    ['a plan as text', `${text}\n`],
    ['a log without plans', '2026-01-01 LOG:  duration: 1.000 ms  statement: select 1\n'],
    [
      'a log of plans',
      `x LOG:  duration: 1.000 ms  plan:\n\tQuery Text: select 1\n\t${text.replaceAll('\n', '\n\t')}\n`,
    ],
    [
      'open quotes',
      `  ->  Seq Scan on t  (cost=0.00..2.00 rows=2 width=4)\n        Filter: ('a\n        Note: "b\n`,
    ],
    ['brackets', '[\n'],
    ['brackets that begin JSON', '[{"Plan": {"Plans": [\n'],
    ['dashes', '-----+-'],
    ['blanks', ' '],
    ['blanks and a mark', `${' '.repeat(1000)}x`],
    ['backslashes', '"\\\\'],
    ['empty lines', '\n'],
    ['CSV quotes', '"\n""\n'],
    ['arrows', ' ->'],
    ['mail marks', '> '],
    ['costs', '(cost=1.00..2.00 rows=1 width=1) '],
    ['keys', '        Group Key: a, b\n'],
    ['points', 'a.\n.'],
  ])('of %s takes time by its length', {retry: 2}, (_what, piece) => {
    const small = Math.min(...[1, 2, 3].map(() => timeOf(() => readPlans(big(piece, 40_000)))));
    const large = timeOf(() => readPlans(big(piece, 800_000)));
    // 20 times as long: squared it would be 400 times.
    expect(large).toBeLessThan(small * 60 + 400);
  });

  it('of one value in many lines is no matter', () => {
    const source = `[{"Plan": {"Node Type": "Limit", "a": [1${',\n1'.repeat(150_000)}]}}]`;
    expect(types(`QUERY PLAN\n"${source.replaceAll('"', '""')}"`)).toEqual([['Limit']]);
  });

  it('of depth is no matter', () => {
    const deep = Array.from(
      {length: 1000},
      (_, depth) => `${' '.repeat(depth * 6)}->  Limit  (cost=0.00..1.00 rows=1 width=4)`,
    );
    const plans = readPlans(
      ['Limit  (cost=0.00..1.00 rows=1 width=4)', ...deep.map(line => `  ${line}`)].join('\n'),
    );
    expect(plans.ok && plans.value[0]?.nodes.length).toBe(1001);
    expect(plans.ok && plans.value[0]?.nodes.at(-1)?.parent).toBe(999);
  });
});

describe('never throws', () => {
  it('whatever is cut out of a plan or put into it', () => {
    const seeds = [
      json,
      text,
      `LOG:  duration: 1.0 ms  plan:\n\tQuery Text: x\n\t${text}`,
      `| QUERY PLAN |\n+---+\n${text}`,
    ];
    let state = 7;
    const random = (limit: number): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state % limit;
    };
    const pieces = [
      '"',
      "'",
      '\n',
      '->',
      '(',
      '\\',
      '|',
      '+\n',
      'Worker 0:  ',
      'JIT:\n',
      'Trigger : calls=1\n',
      '\0',
      '[',
      '{',
    ];
    for (let round = 0; round < 3000; round += 1) {
      const seed = seeds[round % seeds.length] ?? '';
      const at = random(seed.length);
      const changed = `${seed.slice(0, at)}${pieces[random(pieces.length)]}${seed.slice(at + random(20))}`;
      expect(() => readPlans(changed)).not.toThrow();
    }
  });
});
