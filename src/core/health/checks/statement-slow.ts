import {defineCheck} from '../check.ts';
import type {Found} from '../finding.ts';
import type {StatementRow, StatementsPart} from '../parts/statements.ts';
import {
  excerpt,
  explainActions,
  isMaintenance,
  shareOf,
  statementEvidence,
  statementSubject,
} from '../statement-words.ts';
import {msWords, percent, sinceWords} from '../words.ts';

/** ms of execution in all; less is nobody’s trouble. */
const noticeable = 10_000;
/** Of the time since counting began that the statement was running; less loads no machine. */
const load = 0.01;
/** ms: what a person notices, many times. */
const slow = 100;
/** Calls; what ran once or twice was a report or a repair. */
const repeated = 5;
/** Of the time of all statements. */
const muchOfAll = 0.2;
const mostOfAll = 0.5;
/** The first are enough to begin with. */
const shown = 5;

export const check = defineCheck({
  id: 'statement-slow',
  area: 'queries',
  title: 'Statements that take much of all time',
  page: {
    looks:
      'A statement took a fifth of the execution time of all statements of the database and 100 ms on average, which is a warning, or half of it with fast calls, which is information. It ran five times and for 10 s at least, and was running for 1 % of the time since counting began. The first five are told.',
    silent:
      'Statements that change the schema or maintain it, dumps, and load that no machine notices. Statements that are as slow and run seldom.',
    sources: [
      'https://www.postgresql.org/docs/current/pgstatstatements.html',
      '`pg_stat_statements` of every version from 1.4',
    ],
  },
  needs: ['statements'],
  look({statements}, {now}) {
    return statements.rows
      .filter(row => matters(row, statements, now))
      .slice(0, shown)
      .map(row => findingOf(row, statements, now));
  },
});

function matters(row: StatementRow, part: StatementsPart, now: number): boolean {
  const {totalMs, calls, meanMs} = row;
  if (totalMs < noticeable || calls < repeated || isMaintenance(row)) return false;
  if (part.resetAt !== undefined && totalMs < load * (now - part.resetAt)) return false;
  return shareOf(row, part) >= (meanMs >= slow ? muchOfAll : mostOfAll);
}

function findingOf(row: StatementRow, part: StatementsPart, now: number): Found {
  const share = percent(shareOf(row, part));
  const each = row.meanMs >= slow;
  return {
    severity: each ? 'warning' : 'information',
    subject: statementSubject(row),
    what: `“${excerpt(row)}” takes ${share} of the time of all statements`,
    why: each
      ? `Each call takes ${msWords(row.meanMs)} on average. What makes this one faster makes the database faster as nothing else does.`
      : `Each call is fast (${msWords(row.meanMs)}), and there are so many that they are most of what the server does.`,
    fix: each
      ? 'Explain it with values that it is called with, and look for rows that are read and thrown away, estimates that are far off, and sorts on disk.'
      : 'Look in the program for a loop that asks once for each row, or for answers that could be kept for a moment. An index that holds all columns that are asked for may halve the time.',
    evidence: [...statementEvidence(row, part), sinceWords(part.resetAt, now)],
    actions: explainActions(row),
  };
}
