import type {Diagnosis, Trace} from '../../frameworks/framework.ts';
import type {Paint, Style} from '../paint.ts';
import {table, type Cell} from './table.ts';

const looks: Readonly<Record<Trace['found'], readonly [mark: string, words: string, style: Style]>> = {
  done: ['✓', 'is there', 'green'],
  'not-done': ['✗', 'is not there', 'red'],
  unknown: ['?', 'cannot be told', 'yellow'],
};

/** @returns what the failed file left behind, statement by statement, and the ways out by number */
export function renderDiagnosis(diagnosis: Diagnosis, paint: Paint): string {
  const rows = diagnosis.traces.map((trace): readonly Cell[] => {
    const [mark, words, style] = looks[trace.found];
    return [
      {text: mark, paint: text => paint(style, text)},
      {text: `line ${trace.line + 1}`},
      {text: trace.object},
      {text: words, paint: text => paint(style, text)},
    ];
  });
  const choices = diagnosis.choices.map(
    (choice, index) =>
      `${paint('bold', `${index + 1}. ${choice.title}`)}${choice.recommended ? ' (recommended)' : ''}\n   ${choice.why}\n`,
  );
  return `${diagnosis.words}\n${table(rows)}\n${choices.join('')}`;
}
