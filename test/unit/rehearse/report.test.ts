import {expect, it} from 'vitest';
import {isClean, rehearsalJson} from '../../../src/core/rehearse/json.ts';
import {rehearsalMarkdown} from '../../../src/core/rehearse/markdown.ts';
import type {RehearsalReport, StepRehearsal} from '../../../src/core/rehearse/report.ts';
import {identityOf} from '../../../src/core/schema/key.ts';

const at = {path: '/work/m/1_x.up.sql', start: {line: 2, column: 0}, end: {line: 2, column: 5}};
const column = identityOf('column', {name: 'a|b`c', of: {kind: 'table', schema: 'public', name: 'orders'}});

const step: StepRehearsal = {
  migration: {id: '1', label: '000001', title: 'add_<b>note'},
  path: at.path,
  verdict: 'passes',
  milliseconds: 12.345,
  statements: [
    {
      range: at,
      command: 'ALTER TABLE',
      milliseconds: 1,
      locks: [{relation: 'public.orders', kind: 'table', mode: 'ACCESS EXCLUSIVE', isNew: false}],
      rewrites: [],
      scans: ['public.orders'],
      rows: [],
      transaction: 'block',
      howLocksAreKnown: 'observed',
      words: ['ACCESS EXCLUSIVE on public.orders: reads and writes wait.'],
    },
  ],
  changes: [
    {
      object: column,
      change: 'changed',
      attributes: [{name: 'notNull', after: true}],
      before: 'b',
      after: 'a',
    },
  ],
  undo: {kind: 'differs', differences: [{phase: 'down', words: 'Down leaves index public.i behind.', at}]},
  dataLoss: [{direction: 'up', grade: 'existing', what: 'Table public.t with its rows.', rows: 7}],
  liveData: [
    {what: 'NOT NULL on public.orders.note', at, result: {kind: 'offends', rows: 3, example: 'id = 7'}},
    {what: 'Check k on public.orders', result: {kind: 'passes'}},
    {
      what: 'Unique u on public.orders',
      result: {kind: 'unknown', failure: {reason: 'sql', message: 'permission denied'}},
    },
  ],
};

const whole: RehearsalReport = {
  where: 'embedded',
  version: '18.3',
  target: 'live',
  steps: [step],
  replay: {milliseconds: 100, files: 3},
  milliseconds: 250,
  notes: ['A note.'],
};

it('is written as Markdown, in which no name is markup', () => {
  expect(rehearsalMarkdown(whole)).toBe(`# Rehearsal

1 migration on the embedded PostgreSQL (PostgreSQL 18.3), with sizes and traffic of \`live\`, in 250 ms.

## 000001 add\\_\\<b\\>note: runs (12 ms)

### Locks, scans and rewrites

- \`ALTER TABLE\` in line 3: ACCESS EXCLUSIVE on public.orders: reads and writes wait.

### Changes of the schema

- ~ column \`\` public.orders."a|b\`c" \`\` (notNull)

**Down:** does not undo up.

- Down leaves index public.i behind. (\`1_x.up.sql:3\`)

### Data that goes

- Up: Table public.t with its rows. 7 rows.

### Rows of the target

- **NOT NULL on public.orders.note** would fail: 3 rows, such as \`id = 7\` (\`1_x.up.sql:3\`)
- Check k on public.orders would hold.
- Unique u on public.orders: not known. permission denied

## Notes

- A note.
`);
});

it('is written as JSON that survives a round trip', () => {
  const json = rehearsalJson(whole);
  expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  expect(json).toMatchObject({
    version: 1,
    passes: false,
    steps: [
      {
        id: '1',
        label: '000001',
        changes: [{kind: 'column', name: 'public.orders."a|b`c"', change: 'changed'}],
      },
    ],
  });
});

const good: StepRehearsal = {...step, undo: {kind: 'undone'}, liveData: []};
const order = {phase: 'down', words: 'w', grade: 'low'} as const;

it.each<readonly [name: string, changes: Partial<StepRehearsal>, clean: boolean]>([
  ['all is well', {}, true],
  ['it fails', {verdict: 'fails'}, false],
  ['it was not run', {verdict: 'not-run'}, false],
  ['down fails', {undo: {kind: 'fails', phase: 'down', failure: {reason: 'sql', message: 'm'}}}, false],
  ['there is no down', {undo: {kind: 'no-down'}}, true],
  ['only the order of columns differs', {undo: {kind: 'differs', differences: [order]}}, true],
  ['a row offends', {liveData: [{what: 'w', result: {kind: 'offends', rows: 1}}]}, false],
  [
    'it is not known whether one does',
    {liveData: [{what: 'w', result: {kind: 'unknown', failure: {reason: 'sql', message: 'm'}}}]},
    true,
  ],
])('is clean or not where %s', (_name, changes, clean) => {
  expect(isClean({...good, ...changes})).toBe(clean);
});
