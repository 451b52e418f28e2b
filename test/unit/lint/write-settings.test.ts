import {expect, it} from 'vitest';
import {readProjectConfig} from '../../../src/core/lint/read-settings.ts';
import {editOfRule} from '../../../src/core/lint/write-settings.ts';
import {applyEdits} from '../../../src/core/lint/fixes/apply-edits.ts';
import {ok} from '../../../src/core/outcome.ts';

const ids = new Set(['a', 'b', 'c']);
const indented = '{\n  "lint": {\n    "rules": {\n      "b": "off"\n    },\n    "smallTable": 1\n  }\n}\n';

function set(text: string, rule: string, severity?: 'off' | 'error'): string {
  const edit = editOfRule(text, rule, severity);
  return edit ? applyEdits(text, [edit]) : text;
}

it.each([
  ['an empty file', '{}', '{"lint": {"rules": {"a": "off"}}}'],
  ['blanks', '{\n}\n', '{"lint": {"rules": {"a": "off"}}}\n'],
  [
    'no rules',
    '{"lint": {"postgresVersion": 15}}',
    '{"lint": {"postgresVersion": 15, "rules": {"a": "off"}}}',
  ],
  ['other rules', '{"lint": {"rules": {"b": "hint"}}}', '{"lint": {"rules": {"b": "hint", "a": "off"}}}'],
  ['lines', indented, indented.replace('"b": "off"', '"b": "off",\n      "a": "off"')],
  ['another severity', '{"lint": {"rules": {"a": "hint"}}}', '{"lint": {"rules": {"a": "off"}}}'],
  ['an escaped name', '{"lint": {"rules": {"\\u0061": "hint"}}}', '{"lint": {"rules": {"\\u0061": "off"}}}'],
  [
    'the one that counts of two',
    '{"lint": {"rules": {"a": "hint", "a": "error"}}}',
    '{"lint": {"rules": {"a": "hint", "a": "off"}}}',
  ],
])('turns a rule off beside %s', (_, before, after) => {
  expect(set(before, 'a', 'off')).toBe(after);
  expect(readProjectConfig(JSON.parse(after), ids)).toMatchObject(ok({lint: {rules: {a: 'off'}}}));
});

it.each([
  ['the only one', '{"lint": {"rules": {"a": "off"}}}', '{"lint": {"rules": {}}}'],
  ['the first', '{"lint": {"rules": {"a": "off", "b": "off"}}}', '{"lint": {"rules": {"b": "off"}}}'],
  ['the last', '{"lint": {"rules": {"b": "off", "a": "off"}}}', '{"lint": {"rules": {"b": "off"}}}'],
  ['none', '{"lint": {"rules": {"b": "off"}}}', '{"lint": {"rules": {"b": "off"}}}'],
  ['none of none', '{}', '{}'],
])('says nothing any more of a rule that is %s', (_, before, after) => {
  expect(set(before, 'a')).toBe(after);
});
