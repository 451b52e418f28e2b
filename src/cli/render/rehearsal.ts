import {readFile} from 'node:fs/promises';
import type {FileRange} from '../../core/migrations/plan.ts';
import type {
  DataCheck,
  ObservedStatement,
  RehearsalReport,
  StepRehearsal,
  UndoVerdict,
} from '../../core/rehearse/report.ts';
import {showDuration} from '../durations.ts';
import type {Paint} from '../paint.ts';
import {excerpt} from './excerpt.ts';
import {harmless} from './harmless.ts';

type ShowPath = (path: string) => string;

/** Reads the files that failures lie in. @returns the report as lines */
export async function renderRehearsal(
  report: RehearsalReport,
  showPath: ShowPath,
): Promise<(paint: Paint) => string> {
  const failed = report.steps.flatMap(({failure}) => failure?.at?.path ?? []);
  const sources = new Map(
    await Promise.all(
      failed.map(async path => [path, await readFile(path, 'utf8').catch(() => undefined)] as const),
    ),
  );
  return paint =>
    [
      `${heading(report)}\n`,
      ...report.steps.map(step => renderStep(step, sources, showPath, paint)),
      ...report.notes.map(note => `${paint('dim', harmless(note))}\n`),
    ].join('\n');
}

const places = {
  embedded: 'the embedded PostgreSQL',
  scratch: 'a scratch database, PostgreSQL',
  server: 'the server itself, rolled back, PostgreSQL',
} as const;

function heading({where, version, target, replay, milliseconds}: RehearsalReport): string {
  const parts = [
    `Rehearsed in ${places[where]} ${version}`,
    ...(target === undefined ? [] : [`with the facts of ${target}`]),
    ...(replay.files === 0
      ? []
      : [`after ${replay.files} files replayed in ${showDuration(replay.milliseconds)}`]),
    showDuration(milliseconds),
  ];
  return harmless(parts.join(' · '));
}

function renderStep(
  step: StepRehearsal,
  sources: ReadonlyMap<string, string | undefined>,
  showPath: ShowPath,
  paint: Paint,
): string {
  const {migration, verdict, failure, statements, undo, dataLoss, liveData = []} = step;
  const mark = {
    passes: paint('green', '✓'),
    fails: paint('red', '✗'),
    'not-run': paint('dim', '○'),
  }[verdict];
  const title = `${mark} ${paint('bold', harmless(`${migration.label} ${migration.title}`))}`;
  if (verdict === 'not-run') return `${title}  not run\n`;
  const lines = [
    ...(failure ? failureLines(failure, sources, showPath, paint) : []),
    ...statements.flatMap(statement => statementLines(statement, paint)),
    ...(verdict === 'passes' ? undoLines(undo, showPath, paint) : []),
    ...dataLoss.map(
      ({direction, grade, what}) =>
        `${paint('yellow', '!')} ${direction} loses ${grade === 'existing' ? 'what is there' : 'what is written since'}: ${harmless(what)}`,
    ),
    ...liveData.map(check => dataLine(check, paint)),
  ];
  return `${title}  ${showDuration(step.milliseconds)}\n${lines.map(line => `  ${line}\n`).join('')}`;
}

function failureLines(
  {failure, at}: NonNullable<StepRehearsal['failure']>,
  sources: ReadonlyMap<string, string | undefined>,
  showPath: ShowPath,
  paint: Paint,
): readonly string[] {
  const source = at && sources.get(at.path);
  return [
    `${paint('red', 'error:')} ${harmless(failure.message)}${at ? ` at ${where(at, showPath)}` : ''}`,
    ...(at && source !== undefined ? excerpt(source, at, paint) : []),
    ...(failure.server?.hint === undefined ? [] : [`hint: ${harmless(failure.server.hint)}`]),
  ];
}

function statementLines(
  {range, command, milliseconds, words, rewrites, scans}: ObservedStatement,
  paint: Paint,
): readonly string[] {
  const does = [...rewrites.map(table => `rewrites ${table}`), ...scans.map(table => `scans ${table}`)];
  return [
    `line ${range.start.line + 1}  ${command}  ${paint('dim', showDuration(milliseconds))}${does.length === 0 ? '' : `  ${paint('yellow', harmless(does.join(', ')))}`}`,
    ...words.map(sentence => `    ${harmless(sentence)}`),
  ];
}

function undoLines(undo: UndoVerdict, showPath: ShowPath, paint: Paint): readonly string[] {
  switch (undo.kind) {
    case 'undone':
      return [`${paint('green', '✓')} down undoes up`];
    case 'no-down':
      return [`${paint('yellow', '!')} there is no down`];
    case 'not-tried':
      return [paint('dim', `down was not tried: ${harmless(undo.why)}`)];
    case 'fails':
      return [
        `${paint('red', '✗')} ${undo.phase === 'down' ? 'down fails' : 'up fails after down'}: ${harmless(undo.failure.message)}${undo.at ? ` at ${where(undo.at, showPath)}` : ''}`,
      ];
    case 'differs':
      return undo.differences.map(
        ({words, at}) =>
          `${paint('red', '✗')} down does not undo up: ${harmless(words)}${at ? ` at ${where(at, showPath)}` : ''}`,
      );
    default:
      return undo satisfies never;
  }
}

function dataLine({what, result}: DataCheck, paint: Paint): string {
  switch (result.kind) {
    case 'passes':
      return `${paint('green', '✓')} ${harmless(what)} holds for today’s rows`;
    case 'offends':
      return `${paint('red', '✗')} ${harmless(what)}: ${result.rows} rows offend${result.example === undefined ? '' : `, such as ${harmless(result.example)}`}`;
    case 'unknown':
      return `${paint('yellow', '?')} ${harmless(what)}: ${harmless(result.failure.message)}`;
    default:
      return result satisfies never;
  }
}

function where({path, start}: FileRange, showPath: ShowPath): string {
  return `${showPath(path)}:${start.line + 1}:${start.column + 1}`;
}
