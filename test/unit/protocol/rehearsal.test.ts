import {describe, expect, it} from 'vitest';
import type {FileRange} from '../../../src/core/migrations/plan.ts';
import type {ObservedStatement, StepRehearsal} from '../../../src/core/rehearse/report.ts';
import {rangeOfPlace, stepView, stepViews, type StepModel} from '../../../src/protocol/rehearsal-model.ts';
import {linesOf, sourceAt, textAt} from '../../../src/protocol/rehearsal-source.ts';
import {applyChange, begunView, keptView, restoredView} from '../../../src/protocol/rehearsal-state.ts';
import {strongestLock, summaryOf} from '../../../src/protocol/rehearsal-verdict.ts';
import type {RehearsalChange, RehearsalView} from '../../../src/protocol/rehearsal-view.ts';

const migration = {id: '1', label: '000001', title: 'a', up: '/m/1.up.sql', down: '/m/1.down.sql'};
const model: StepModel = {migration, up: ['ALTER TABLE t', '  ADD COLUMN a int;'], down: ['DROP TABLE t;']};

function range(path: string, line: number, column: number, endLine: number, endColumn: number): FileRange {
  return {path, start: {line, column}, end: {line: endLine, column: endColumn}};
}

type Lock = ObservedStatement['locks'][number];

const lock = (relation: string, changes: Partial<Lock> = {}): Lock => ({
  relation,
  kind: 'table',
  mode: 'ACCESS EXCLUSIVE',
  isNew: false,
  ...changes,
});

function step(locks: readonly Lock[], changes: Partial<ObservedStatement> = {}): StepRehearsal {
  return {
    migration,
    verdict: 'passes',
    milliseconds: 1,
    statements: [
      {
        range: range(migration.up, 0, 0, 1, 18),
        command: 'ALTER TABLE',
        milliseconds: 1,
        locks,
        rewrites: [],
        scans: [],
        rows: [],
        transaction: 'block',
        howLocksAreKnown: 'observed',
        words: [],
        ...changes,
      },
    ],
    changes: [],
    undo: {kind: 'undone'},
    dataLoss: [],
  };
}

const views = (...steps: readonly StepRehearsal[]): ReturnType<typeof stepViews> =>
  stepViews(
    steps.map(() => model),
    steps,
    () => Promise.resolve(),
  );

describe('the strongest lock', () => {
  it.each<[string, readonly StepRehearsal[], string | undefined]>([
    ['is none where nothing is locked', [step([])], undefined],
    ['is none that blocks nobody', [step([lock('a', {mode: 'ROW EXCLUSIVE'})])], undefined],
    ['is none on what the file makes', [step([lock('a', {isNew: true})])], undefined],
    [
      'is none on what an earlier migration of the same rehearsal makes',
      [step([lock('a', {isNew: true})]), step([lock('a')])],
      undefined,
    ],
    [
      'is the one of the stronger mode',
      [step([lock('a', {mode: 'SHARE', facts: {bytes: 1e12}}), lock('b')])],
      'b moment',
    ],
    [
      'is the one for longer of two of one mode',
      [step([lock('a', {facts: {bytes: 1e12}}), lock('b')], {scans: ['b']})],
      'b scan',
    ],
    [
      'is the one on the larger of two',
      [step([lock('a', {facts: {bytes: 1e6}}), lock('b', {facts: {bytes: 1e9}})])],
      'b moment',
    ],
    [
      'is the table’s and not its index’s',
      [step([lock('a_pkey', {kind: 'index', facts: {bytes: 1e9}}), lock('a')])],
      'a moment',
    ],
    ['is told by a rewrite before a scan', [step([lock('a')], {scans: ['a'], rewrites: ['a']})], 'a rewrite'],
  ])('%s', async (_, steps, expected) => {
    const found = strongestLock(await views(...steps));
    expect(found && `${found.lock.relation} ${found.during}`).toBe(expected);
  });
});

describe('a place', () => {
  it('is counted from 1 for people, and leads back to the file', () => {
    const at = range(migration.down, 0, 5, 0, 10);
    const view = stepView(model, {
      ...step([]),
      undo: {kind: 'differs', differences: [{phase: 'down', words: 'T is left.', at}]},
    });
    const place = view.undo?.kind === 'differs' ? view.undo.differences[0]?.at : undefined;
    expect(place).toEqual({file: 'down', line: 1, column: 6, toLine: 1, toColumn: 11});
    expect(place && rangeOfPlace(migration, place)).toEqual(at);
  });

  it('in a file that the migration does not have leads nowhere', () => {
    const {down: _, ...upOnly} = migration;
    const place = {file: 'down', line: 1, column: 1, toLine: 1, toColumn: 2} as const;
    expect(rangeOfPlace(upOnly, place)).toBeUndefined();
  });
});

describe('the source of an error', () => {
  const lines = linesOf('\uFEFFa\r\nb\nc\rdrop tabel t;\ne\nf');

  it('is its line with two before and one after', () => {
    expect(sourceAt(lines, range('', 3, 5, 3, 10))).toEqual({
      first: 2,
      lines: ['b', 'c', 'drop tabel t;', 'e'],
      line: 4,
      start: 5,
      length: 5,
    });
  });

  it.each<[string, FileRange, {start: number; length: number}]>([
    ['over several lines points at the rest of the first', range('', 3, 5, 4, 1), {start: 5, length: 8}],
    ['of no width points at one character', range('', 3, 5, 3, 5), {start: 5, length: 1}],
    ['behind the end points there', range('', 5, 1, 5, 1), {start: 1, length: 1}],
  ])('%s', (_, at, expected) => {
    expect(sourceAt(lines, at)).toMatchObject(expected);
  });

  it('far to the right is shown without what is before it', () => {
    const long = [`SELECT ${'x'.repeat(5000)} oops`];
    const found = sourceAt(long, range('', 0, 5008, 0, 5012));
    expect(found.lines[0]?.length).toBeLessThan(401);
    expect(found.lines[0]?.slice(found.start, found.start + found.length)).toBe('oops');
  });

  it.each<[string, readonly string[], FileRange, string]>([
    ['on one line', ['a; b c; d'], range('', 0, 3, 0, 6), 'b c'],
    [
      'over lines, on one',
      ['ALTER TABLE t', '   ADD  a int;'],
      range('', 0, 0, 1, 13),
      'ALTER TABLE t ADD a int',
    ],
  ])('a statement %s', (_, text, at, expected) => {
    expect(textAt(text, at)).toBe(expected);
  });

  it('a statement of a megabyte is cut', () => {
    expect(textAt([`INSERT ${'x'.repeat(1_000_000)}`], range('', 0, 0, 0, 1_000_007))).toHaveLength(300);
  });
});

describe('the view', () => {
  const begun = (): RehearsalView =>
    begunView(
      {
        where: 'embedded',
        version: null,
        connection: null,
        framework: 'f',
        folder: 'm',
        subject: {project: 'p', migrations: ['1'], connection: null},
      },
      [{...stepView(model, step([])), state: 'waiting', statements: []}],
      1000,
    );
  const after = (...changes: readonly RehearsalChange[]): RehearsalView =>
    changes.reduce(applyChange, begun());

  it('has a step running once it is its turn', () => {
    const view = after({kind: 'doing', doing: {kind: 'step', step: 0, part: 'up'}});
    expect(view.steps[0]?.state).toBe('running');
  });

  it.each<[string, RehearsalChange]>([
    ['cancelled', {kind: 'cancelled', milliseconds: 5}],
    ['failed', {kind: 'failed', failure: {reason: 'sql', message: 'No.'}}],
    ['refused', {kind: 'refused', refused: []}],
  ])('has no step that waits once it is %s', (kind, change) => {
    const view = after(change);
    expect([view.phase.kind, view.steps[0]?.state]).toEqual([kind, 'not-run']);
  });

  it('does not change once it has ended, but for the rows of today', () => {
    const ended = after({kind: 'cancelled', milliseconds: 5});
    expect(applyChange(ended, {kind: 'failed', failure: {reason: 'sql', message: 'No.'}})).toBe(ended);
    const asked = applyChange(ended, {kind: 'live-data', step: 0, liveData: {kind: 'asking'}});
    expect(asked.steps[0]?.liveData).toEqual({kind: 'asking'});
    expect(restoredView(asked)?.steps[0]?.liveData).toBeUndefined();
  });

  it('counts statements that were dropped over a restart', () => {
    const [statement] = stepView(model, step([])).statements;
    if (!statement) throw new Error('no statement');
    const many = Array.from({length: 700}, () => statement);
    const view = {...begun(), steps: [{...stepView(model, step([])), statements: many}]};
    expect(summaryOf(keptView(view)).statements).toBe(700);
    expect(keptView(view).steps[0]?.statements).toHaveLength(500);
  });
});
