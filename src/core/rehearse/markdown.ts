import type {FileRange} from '../migrations/plan.ts';
import {nameOf} from '../schema/key.ts';
import {counted} from '../words.ts';
import {rounded} from './quantities.ts';
import type {DataCheck, ObservedStatement, RehearsalReport, StepRehearsal, UndoVerdict} from './report.ts';

const places: Readonly<Record<RehearsalReport['where'], string>> = {
  embedded: 'the embedded PostgreSQL',
  scratch: 'a scratch database',
  server: 'the server itself, between BEGIN and ROLLBACK',
};

/** @returns the report as a document, for a pull request or a ticket. Names are code, so that nothing in them is markup */
export function rehearsalMarkdown(report: RehearsalReport): string {
  const {where, version, target, steps, notes, milliseconds} = report;
  const facts = target === undefined ? '' : `, with sizes and traffic of ${code(target)}`;
  return [
    '# Rehearsal',
    `${counted(steps.length, 'migration')} on ${places[where]} (PostgreSQL ${version})${facts}, in ${rounded(milliseconds)} ms.`,
    ...steps.map(stepMarkdown),
    ...(notes.length > 0 ? ['## Notes', bullets(notes.map(escaped))] : []),
  ]
    .join('\n\n')
    .concat('\n');
}

const verdicts: Readonly<Record<StepRehearsal['verdict'], string>> = {
  passes: 'runs',
  fails: 'fails',
  'not-run': 'not run',
};

function stepMarkdown(step: StepRehearsal): string {
  const {migration, verdict, failure, milliseconds} = step;
  const time = verdict === 'not-run' ? '' : ` (${rounded(milliseconds)} ms)`;
  return [
    `## ${escaped(`${migration.label} ${migration.title}`)}: ${verdicts[verdict]}${time}`,
    ...(failure ? [`**${escaped(failure.failure.message)}**${placeWords(failure.at)}`] : []),
    ...statementsMarkdown(step.statements),
    ...changesMarkdown(step),
    ...(verdict === 'passes' ? [`**Down:** ${undoMarkdown(step.undo)}`] : []),
    ...section(
      'Data that goes',
      step.dataLoss.map(
        ({direction, grade, what, at, rows}) =>
          `${direction === 'up' ? 'Up' : 'Down'}${grade === 'since' ? ', what is written after the migration' : ''}: ${escaped(what)}${rows === undefined ? '' : ` ${counted(rows, 'row')}.`}${placeWords(at)}`,
      ),
    ),
    ...section('Rows of the target', (step.liveData ?? []).map(checkMarkdown)),
  ].join('\n\n');
}

function statementsMarkdown(statements: readonly ObservedStatement[]): readonly string[] {
  const telling = statements.filter(({words}) => words.length > 0);
  if (telling.length === 0) return [];
  return section(
    'Locks, scans and rewrites',
    telling.flatMap(({command, range, words}) =>
      words.map(each => `${code(command)} in line ${range.start.line + 1}: ${escaped(each)}`),
    ),
  );
}

const marks = {added: '+', removed: '−', changed: '~'} as const;

function changesMarkdown({changes}: StepRehearsal): readonly string[] {
  return section(
    'Changes of the schema',
    changes.map(({object, change, attributes}) => {
      const names = change === 'changed' ? ` (${attributes.map(({name}) => name).join(', ')})` : '';
      return `${marks[change]} ${object.kind} ${code(nameOf(object))}${names}`;
    }),
  );
}

function undoMarkdown(undo: UndoVerdict): string {
  switch (undo.kind) {
    case 'undone':
      return 'undoes up; up, down and up lead to the same schema.';
    case 'no-down':
      return 'there is none.';
    case 'not-tried':
      return `not tried. ${escaped(undo.why)}`;
    case 'fails':
      return `${undo.phase === 'down' ? 'fails' : 'up fails after it'}: ${escaped(undo.failure.message)}${placeWords(undo.at)}`;
    case 'differs':
      return `does not undo up.\n\n${bullets(
        undo.differences.map(
          ({words, at, grade}) => `${escaped(words)}${grade ? ' (hardly matters)' : ''}${placeWords(at)}`,
        ),
      )}`;
    default:
      return undo satisfies never;
  }
}

function checkMarkdown({what, result, at}: DataCheck): string {
  switch (result.kind) {
    case 'passes':
      return `${escaped(what)} would hold.`;
    case 'offends': {
      const example = result.example === undefined ? '' : `, such as ${code(result.example)}`;
      return `**${escaped(what)}** would fail: ${result.atLeast ? 'at least ' : ''}${counted(result.rows, 'row')}${example}${placeWords(at)}`;
    }
    case 'unknown':
      return `${escaped(what)}: not known. ${escaped(result.failure.message)}`;
    default:
      return result satisfies never;
  }
}

function section(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`### ${title}`, bullets(items)];
}

function bullets(items: readonly string[]): string {
  return items.map(item => `- ${item}`).join('\n');
}

/** The file's name and the 1-based line, as editors and review tools show it. */
function placeWords(at: FileRange | undefined): string {
  return at ? ` (${code(`${at.path.split(/[\\/]/).at(-1) ?? ''}:${at.start.line + 1}`)})` : '';
}

function code(text: string): string {
  const ticks = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  const pad = ticks.length > 1 ? ' ' : '';
  return `${ticks}${pad}${text.replaceAll(/[\r\n]+/g, ' ')}${pad}${ticks}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ').replaceAll(/[\\`*_[\]<>#|~]/g, String.raw`\$&`);
}
