import {createHash} from 'node:crypto';
import {isDeepStrictEqual} from 'node:util';
import type {Connection} from '../../core/connections/connection.ts';
import type {RowsAnswer} from '../../core/lint/rows/rows-answer.ts';
import type {PlacedQuestion, RowsDemand} from '../../core/lint/rows/rows-question.ts';
import {spokesmen} from '../../core/lint/rows/spokesmen.ts';
import type {Finding} from '../../core/lint/finding.ts';
import type {Checked} from './checker.ts';
import {answerWords, changedWords, type Asked} from './row-words.ts';

/** What was answered to all that a statement demands. */
export interface Told extends Asked {
  /** The statement's text. */
  readonly statement: string;
  readonly path: string;
  readonly connection: Connection;
  /** In the order of the questions. */
  readonly answers: readonly RowsAnswer[];
}

/** What was answered about statements, until the statement or the database is another one. */
export class RowAnswers {
  readonly #told = new Map<string, Told>();
  readonly #connection: () => Connection | undefined;

  /** @param connection whose rows count */
  constructor(connection: () => Connection | undefined) {
    this.#connection = connection;
  }

  of(demand: RowsDemand): Told | undefined {
    const told = this.#told.get(demandId(demand));
    return told && isSame(told.connection, this.#connection()) ? told : undefined;
  }

  remember(demand: RowsDemand, told: Told): void {
    this.#told.set(demandId(demand), told);
  }

  /** Forgets what a file has no longer. */
  keep({path, findings}: Pick<Checked, 'path' | 'findings'>): void {
    const own = [...this.#told].filter(([, told]) => told.path === path);
    if (own.length === 0) return;
    const there = new Set(this.#about(findings).flatMap(({rows}) => (rows ? [demandId(rows)] : [])));
    for (const [id] of own) if (!there.has(id)) this.#told.delete(id);
  }

  /** Forgets what another database has said, or the same before something was run on it. */
  forget(changed?: string): void {
    const now = this.#connection();
    for (const [id, {connection}] of this.#told)
      if (connection.id === changed || !isSame(connection, now)) this.#told.delete(id);
  }

  /** @returns the sentences that each finding tells; none for most of them */
  words({findings}: Pick<Checked, 'findings'>): ReadonlyMap<Finding, readonly string[]> {
    const words = new Map<Finding, readonly string[]>();
    if (this.#told.size === 0) return words;
    for (const [finding, questions] of spokesmen(this.#about(findings))) {
      const told = finding.rows && this.of(finding.rows);
      if (told && finding.rows) words.set(finding, sentences(finding.rows, told, questions));
    }
    return words;
  }

  /** Those of statements that were asked about: to form the questions of all others would take its time. */
  #about(findings: readonly Finding[]): readonly Finding[] {
    const statements = new Set([...this.#told.values()].map(({statement}) => statement));
    return findings.filter(({rows}) => rows && statements.has(rows.statement));
  }
}

/** @returns by what a demand is known to commands */
export function demandId({statement, questions}: RowsDemand): string {
  const asked = questions.map(({question}) => question);
  return createHash('sha256')
    .update(JSON.stringify([statement, asked]))
    .digest('base64url');
}

/** @returns a sentence for each answer, each once */
export function sentences(
  {questions, changedBefore}: RowsDemand,
  told: Told,
  among: readonly PlacedQuestion[] = questions,
): readonly string[] {
  const said = questions.flatMap((question, index) => {
    const answer = told.answers[index];
    return answer && among.includes(question) ? [{question, answer}] : [];
  });
  const offends = said.some(({answer}) => answer.kind === 'offends');
  const words = said
    .filter(({answer}) => !offends || answer.kind !== 'passes')
    .map(({question, answer}) => answerWords(question, answer, told));
  return [...new Set([...words, ...(offends ? changedBefore.map(changedWords) : [])])];
}

function isSame(a: Connection, b: Connection | undefined): boolean {
  return a.id === b?.id && isDeepStrictEqual(a.settings, b.settings);
}
