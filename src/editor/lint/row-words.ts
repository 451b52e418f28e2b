import {l10n} from 'vscode';
import type {Failure} from '../../core/outcome.ts';
import type {RowsAnswer} from '../../core/lint/rows/rows-answer.ts';
import type {Offence, RowsQuestion} from '../../core/lint/rows/rows-question.ts';

/** Whose rows were asked, and when, in milliseconds since 1970. */
export interface Asked {
  readonly name: string;
  readonly at: number;
}

/** @returns one sentence */
export function answerWords(question: RowsQuestion, answer: RowsAnswer, {name, at}: Asked): string {
  const time = new Date(at).toLocaleTimeString([], {hour: '2-digit', minute: '2-digit'});
  switch (answer.kind) {
    case 'passes':
      return l10n.t('All rows of {0} pass on {1}, looked at {2}.', question.table, name, time);
    case 'offends':
      return l10n.t(
        '{0} {1} on {2}, looked at {3}.',
        rowWords(answer, question.table),
        offenceWords(question.offence, answer.rows),
        name,
        time,
      );
    case 'missing':
      return l10n.t('{0} is not on {1} yet.', answer.object, name);
    case 'unknown':
      return failureWords(question.table, answer.failure, name);
    default:
      return answer satisfies never;
  }
}

type Offending = Extract<RowsAnswer, {kind: 'offends'}>;

function rowWords({rows, of, atLeast}: Offending, table: string): string {
  const count = rows.toLocaleString();
  const words =
    of === undefined
      ? rows === 1
        ? l10n.t('{0} row of {1}', count, table)
        : l10n.t('{0} rows of {1}', count, table)
      : of === 1
        ? l10n.t('{0} of 1 row of {1}', count, table)
        : l10n.t('{0} of {1} rows of {2}', count, of.toLocaleString(), table);
  return atLeast ? l10n.t('At least {0}', words) : words;
}

function offenceWords(offence: Offence, rows: number): string {
  const one = rows === 1;
  switch (offence.kind) {
    case 'null':
      return one ? l10n.t('has no {0}', offence.column) : l10n.t('have no {0}', offence.column);
    case 'no-value':
      return l10n.t('would have no {0}', offence.column);
    case 'check':
      return offence.name === undefined
        ? one
          ? l10n.t('breaks the CHECK')
          : l10n.t('break the CHECK')
        : one
          ? l10n.t('breaks {0}', offence.name)
          : l10n.t('break {0}', offence.name);
    case 'orphan': {
      const columns = offence.columns.join(', ');
      return one
        ? l10n.t('has a {0} that {1} does not have', columns, offence.references)
        : l10n.t('have a {0} that {1} does not have', columns, offence.references);
    }
    case 'duplicate':
      return l10n.t('share their {0} with another row', offence.keys.join(', '));
    case 'type':
      return one
        ? l10n.t('has a {0} that is no {1}', offence.column, offence.type)
        : l10n.t('have a {0} that is no {1}', offence.column, offence.type);
    default:
      return offence satisfies never;
  }
}

/** Source: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function failureWords(table: string, {message, server}: Failure, name: string): string {
  switch (server?.sqlState) {
    case '42501':
      return l10n.t('The role may not read all rows of {0} on {1}: {2}', table, name, message);
    case '57014':
      return l10n.t('To look at all rows of {0} takes too long on {1}.', table, name);
    case '55P03':
      return l10n.t('{0} is locked on {1}, so its rows could not be looked at.', table, name);
    default:
      return l10n.t('The rows of {0} on {1} could not be asked: {2}', table, name, message);
  }
}

/** @returns that today's rows are not those that the statement finds */
export function changedWords(table: string): string {
  return l10n.t('An earlier statement of this file changes rows of {0}; that is not counted in.', table);
}
