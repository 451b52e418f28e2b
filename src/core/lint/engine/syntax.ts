import type {Finding} from '../finding.ts';
import type {LintSettings} from '../settings.ts';
import {severityOf} from './findings.ts';
import {inDocument, type WholePassage} from './read.ts';

/** Of the findings that are no rule's. */
export const syntaxRule = 'syntax';

/** Longer ones repeat all of a string that has no end. */
const longestMessage = 160;

/** @returns what the parser refuses, at the token that it names */
export function syntaxFindings(
  passages: readonly WholePassage[],
  settings: LintSettings,
): readonly Finding[] {
  const severity = severityOf(syntaxRule, 'error', settings);
  if (severity === 'off') return [];
  return passages.flatMap(({passage, errors}) =>
    errors
      .filter(
        ({statement}) =>
          !(passage.placeholders ?? []).some(
            ({start, end}) => start < statement.end && end > statement.start,
          ),
      )
      .map(({at, message}) => ({
        ...inDocument(passage, at.start, at.end),
        rule: syntaxRule,
        severity,
        what: shortened(message),
        why: 'PostgreSQL’s parser refuses the statement here, so nothing of what is sent with it runs.',
        fix: '',
        facts: [],
        fixes: [],
        related: [],
      })),
  );
}

function shortened(message: string): string {
  const [line = ''] = message.split(/[\r\n]/);
  if (line.length <= longestMessage && line.length === message.length) return message;
  return `${line.slice(0, longestMessage)}…`;
}
