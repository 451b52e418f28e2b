import {describe, expect, it} from 'vitest';
import {fillTemplate, suggestAnswer, type Prompt} from '../../../src/core/migrations/template.ts';

const prompt = (more: Partial<Prompt>): Prompt => ({
  name: 'table',
  label: 'Table',
  kind: 'name',
  fromTitle: [],
  ...more,
});

function fill(text: string, kind: Prompt['kind'], answer: string, owner = 'x') {
  return fillTemplate(
    {
      id: 't',
      title: 'T',
      description: '',
      prompts: [prompt({name: 'a', kind}), prompt({name: 'owner'})],
      migrations: [{title: '{{title}} now', up: text, down: '{{other}}'}],
    },
    'Add it\n please',
    {a: answer, owner},
  );
}

describe('an answer becomes part of the SQL', () => {
  it.each<[string, Prompt['kind'], string, string, string]>([
    ['{{a}}', 'name', 'orders', 'x', 'orders'],
    ['{{ a }}', 'name', ' orders ', 'x', 'orders'],
    ['{{a}}', 'name', 'sales.orders', 'x', 'sales.orders'],
    ['{{a}}', 'name', 'Orders', 'x', '"Orders"'],
    ['{{a}}', 'name', 'order', 'x', '"order"'],
    ['{{a}}', 'name', 'sales.user', 'x', 'sales."user"'],
    ['{{a}}', 'name', 'my orders', 'x', '"my orders"'],
    ['{{a}}', 'name', '"a.b"', 'x', '"a.b"'],
    ['{{a}}', 'name', 'x; DROP TABLE y', 'x', '"x; DROP TABLE y"'],
    ['{{a in owner}}', 'name', 'i', 'sales.orders', 'sales.i'],
    ['{{a in owner}}', 'name', 'i', 'orders', 'i'],
    ['{{a}}', 'literal', "it's", 'x', "'it''s'"],
    ['{{a}}', 'text', 'lower(name), id', 'x', 'lower(name), id'],
    ['-- {{title}}', 'text', 'x', 'x', '-- Add it please'],
    ['{{unknown}}', 'text', 'x', 'x', '{{unknown}}'],
  ])('%s as a %s of %s in %s', (text, kind, answer, owner, sql) => {
    const filled = fill(text, kind, answer, owner);
    expect(filled.ok && filled.value[0]).toMatchObject({title: 'Add it please now', up: sql});
  });

  it.each<[Prompt['kind'], string]>([
    ['name', ''],
    ['name', ' '],
    ['name', '.'],
    ['name', 'a.'],
    ['name', 'a..b'],
    ['text', ''],
    ['literal', 'a\0'],
  ])('refuses as a %s: %j', (kind, answer) =>
    expect(fill('{{a}}', kind, answer)).toMatchObject({failure: {reason: 'invalid-input'}}),
  );
});

it.each<[string, Partial<Prompt>, Record<string, string>, string]>([
  ['Create orders table', {fromTitle: ['^create_(.+?)(?:_table)?$']}, {}, 'orders'],
  ['Add note to orders', {fromTitle: ['^drop_(.+)$', '^add_.+_to_(.+)$']}, {}, 'orders'],
  ['Something else', {fromTitle: ['^create_(.+)$']}, {}, ''],
  ['Something else', {default: 'id'}, {}, 'id'],
  [
    'x',
    {default: '{{table}}_{{columns}}_idx'},
    {table: 'sales.orders', columns: 'lower(name), id'},
    'orders_lower_name_id_idx',
  ],
  [
    'an order',
    {default: '{{table}}_{{columns}}_idx'},
    {table: 'orders', columns: 'team_id, created_at DESC NULLS LAST, desc_text'},
    'orders_team_id_created_at_desc_text_idx',
  ],
])('suggests from the title %j', (title, more, answers, suggested) =>
  expect(suggestAnswer(prompt(more), title, answers)).toBe(suggested),
);
