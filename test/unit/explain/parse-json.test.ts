import {describe, expect, it} from 'vitest';
import {numberField, textField, textsField} from '../../../src/core/explain/fields.ts';
import {planOfJson} from '../../../src/core/explain/parse-json.ts';
import type {ExplainedPlan} from '../../../src/core/explain/plan.ts';

function parse(text: string): readonly ExplainedPlan[] {
  const plans = planOfJson(JSON.parse(text), text);
  return plans.ok ? plans.value : expect.fail(plans.failure.message);
}

function complaint(text: string): string {
  const plans = planOfJson(JSON.parse(text), text);
  if (plans.ok) expect.fail('it is a plan');
  expect(plans.failure.reason).toBe('invalid-input');
  return plans.failure.message;
}

describe('a plan in JSON', () => {
  const text = `[{
    "Plan": {
      "Node Type": "Hash Join", "Hash Cond": "(a.id = b.id)", "Some Later Field": {"x": [1, 2]},
      "Plans": [
        {"Node Type": "Seq Scan", "Parent Relationship": "Outer", "Output": ["a", "b"]},
        {"Node Type": "Hash", "Parent Relationship": "Inner", "Plans": [
          {"Node Type": "Result", "Parent Relationship": "InitPlan", "Subplan Name": "InitPlan 1"},
          {"Node Type": "Seq Scan", "Parent Relationship": "Outer"}
        ]},
        {"Node Type": "Result", "Parent Relationship": "SubPlan", "Subplan Name": "SubPlan 2"}
      ]
    },
    "Planning Time": 0.5, "Settings": {"work_mem": "64kB"}
  }]`;

  it('has its nodes in pre-order, each with its parent and its part there', () => {
    const [plan] = parse(text);
    expect(plan?.nodes.map(({id, type}) => [id, type])).toEqual([
      [0, 'Hash Join'],
      [1, 'Seq Scan'],
      [2, 'Hash'],
      [3, 'Result'],
      [4, 'Seq Scan'],
      [5, 'Result'],
    ]);
    expect(plan?.nodes.map(({parent}) => parent)).toEqual([undefined, 0, 0, 2, 2, 0]);
    expect(plan?.nodes.map(({children}) => children.map(({id}) => id))).toEqual([
      [1, 2, 5],
      [],
      [3, 4],
      [],
      [],
      [],
    ]);
    expect(plan?.nodes[3]).toMatchObject({relationship: 'InitPlan', subplanName: 'InitPlan 1'});
    expect(plan?.root).toBe(plan?.nodes[0]);
    expect(plan?.root).not.toHaveProperty('parent');
  });

  it('keeps every field as it is', () => {
    const [plan] = parse(text);
    expect(plan?.root.fields).toEqual({
      'Node Type': 'Hash Join',
      'Hash Cond': '(a.id = b.id)',
      'Some Later Field': {x: [1, 2]},
    });
    expect(plan?.fields).toEqual({'Planning Time': 0.5, Settings: {work_mem: '64kB'}});
    expect(plan?.source).toBe(text);
  });

  it.each([
    ['{"Plan": {"Node Type": "Result"}}', false],
    ['{"Plan": {"Node Type": "Result", "Actual Rows": 0, "Actual Loops": 0}}', true],
    ['{"Plan": {"Node Type": "Result", "Actual Rows": 1, "Actual Loops": 1}}', true],
  ])('was executed or not: %s', (plan, analyzed) => {
    expect(parse(plan)[0]?.analyzed).toBe(analyzed);
  });

  it('may be one of several, with a command of a rule between them', () => {
    const plans = parse('[{"Plan": {"Node Type": "Result"}}, "Notify", {"Plan": {"Node Type": "Limit"}}]');
    expect(plans.map(({root}) => root.type)).toEqual(['Result', 'Limit']);
  });

  it('has its query in a log of auto_explain', () => {
    const [plan] = parse('{"Query Text": "SELECT 1", "Plan": {"Node Type": "Result"}}');
    expect(plan?.queryText).toBe('SELECT 1');
  });

  it.each([
    [
      '[{"Plan": {"Node Type": "Result"}, "Query Identifier": -3841831298648596947}]',
      ['-3841831298648596947'],
    ],
    [
      '[{"Plan":{"Node Type":"Result"},"Query Identifier":9007199254740993},{"Plan":{"Node Type":"Result"},"Query Identifier":9007199254740995}]',
      ['9007199254740993', '9007199254740995'],
    ],
    ['[{"Plan": {"Node Type": "Result"}, "Query Identifier": 42}]', [42]],
  ])('has all digits of its query identifier: %s', (plan, identifiers) => {
    expect(parse(plan).map(({fields}) => fields['Query Identifier'])).toEqual(identifiers);
  });
});

describe('what is no plan', () => {
  it.each([
    ['[]', 'There is no plan in it: a rule rewrites the statement to nothing.'],
    ['["Notify"]', 'There is no plan in it, only the text "Notify".'],
    ['null', 'This is not a plan in JSON: expected an object with "Plan", found null in query 1.'],
    ['[[1]]', 'This is not a plan in JSON: expected an object with "Plan", found an array in query 1.'],
    [
      '[{"Plan": {"Node Type": "Result"}}, 7]',
      'This is not a plan in JSON: expected an object with "Plan", found 7 in query 2.',
    ],
    [
      '{"name": 1, "version": 2}',
      'This is not a plan in JSON: expected an object, found nothing in "Plan" of query 1.',
    ],
    [
      '{"Plan": "x"}',
      'This is not a plan in JSON: expected an object, found the text "x" in "Plan" of query 1.',
    ],
    ['{"Plan": {}}', 'This is not a plan in JSON: expected a text in "Node Type", found nothing in "Plan".'],
    [
      '{"Plan": {"Node Type": "Sort", "Plans": {}}}',
      'This is not a plan in JSON: expected an array, found an object with no fields in "Plans" of node 1 (Sort).',
    ],
    [
      '{"Plan": {"Node Type": "Sort", "Plans": [true]}}',
      'This is not a plan in JSON: expected an object, found true in "Plans" of node 1 (Sort).',
    ],
    [
      '{"Plan": {"Node Type": "Sort", "Plans": [{"a": 1, "b": 2, "c": 3, "d": 4, "Node Type": 5}]}}',
      'This is not a plan in JSON: expected a text in "Node Type", found 5 in "Plans" of node 1 (Sort).',
    ],
  ])('is refused with what was expected and found: %s', (text, message) => {
    expect(complaint(text)).toBe(message);
  });
});

describe('a field', () => {
  const holder = {fields: {Rows: 3, Filter: '(a > 1)', 'Sort Key': ['a', 'b'], Mixed: ['a', 1], Flag: true}};
  it.each([
    ['Rows', 3, undefined, []],
    ['Filter', undefined, '(a > 1)', ['(a > 1)']],
    ['Sort Key', undefined, undefined, ['a', 'b']],
    ['Mixed', undefined, undefined, ['a']],
    ['Flag', undefined, undefined, []],
    ['None', undefined, undefined, []],
  ])('%s is read as what it is', (name, number, text, texts) => {
    expect([numberField(holder, name), textField(holder, name), textsField(holder, name)]).toEqual([
      number,
      text,
      texts,
    ]);
  });
});
