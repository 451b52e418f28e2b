import {l10n, window} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {Guard} from '../../core/explain/origin.ts';
import {typeName} from '../confirm.ts';
import {confirmed, type GateStep} from './gate-step.ts';

/** What the gate let through: an execution under a guard, or the plan alone with a sentence that says why. */
export type Passage =
  | {readonly kind: 'execute'; readonly guard: Guard}
  | {readonly kind: 'plan'; readonly notes: readonly string[]};

export interface GateSubject {
  readonly connection: Connection;
  /** What it does, as a phrase: `deletes from orders`. */
  readonly what: string;
  /** ms; 0 for the server's own. */
  readonly statementTimeout: number;
}

/** Asks what a step demands, and what follows from the answer. @returns nothing when the user left */
export async function passGate(subject: GateSubject, step: GateStep): Promise<Passage | undefined> {
  const {connection} = subject;
  switch (step.kind) {
    case 'go':
      return step.guard === undefined ? {kind: 'plan', notes: []} : {kind: 'execute', guard: step.guard};
    case 'plan-only':
      return {
        kind: 'plan',
        notes: [
          l10n.t(
            '{0} is read-only and the statement writes, so it was planned and not executed.',
            connection.name,
          ),
        ],
      };
    case 'ask': {
      const answer = await askAbout(subject, step.about);
      if (answer === 'run') return passGate(subject, confirmed(step.guard, connection));
      return answer === 'plan' ? {kind: 'plan', notes: [plannedOnly()]} : undefined;
    }
    case 'type-name':
      return (await askName(subject, step.guard)) ? {kind: 'execute', guard: step.guard} : undefined;
    default:
      return step satisfies never;
  }
}

/** What is said of a plan that was asked for instead of an execution. */
export function plannedOnly(): string {
  return l10n.t('Planned only: the statement was not executed.');
}

/** Asks whether a statement is executed whose plan shows what no transaction takes back. */
export function askCautioned(target: string, sentences: readonly string[]): Promise<Choice> {
  return choose(l10n.t('Run this statement?'), {
    detail: [l10n.t('Target: {0}', target), ...sentences].join('\n\n'),
    run: l10n.t('Run It Anyway'),
  });
}

function askAbout({connection, what}: GateSubject, about: 'writes' | 'escapes'): Promise<Choice> {
  return choose(l10n.t('This statement {0}.', what), {
    detail: detailOf(about, connection.name),
    run: about === 'writes' ? l10n.t('Run and Roll Back') : l10n.t('Run It Anyway'),
  });
}

/** What the user wants; nothing when the user left. */
type Choice = 'plan' | 'run' | undefined;

async function choose(
  question: string,
  {detail, run}: {readonly detail: string; readonly run: string},
): Promise<Choice> {
  const plan = l10n.t('Show Plan Without Running');
  const answer = await window.showWarningMessage(question, {modal: true, detail}, plan, run);
  return answer === undefined ? undefined : answer === run ? 'run' : 'plan';
}

function detailOf(about: 'writes' | 'escapes', target: string): string {
  const warning =
    about === 'writes'
      ? l10n.t(
          'To measure it, it must really run; its transaction is then rolled back. What a roll-back does not undo: sequences advance, and triggers, foreign tables and dblink really act. Rows that it changes stay locked while it runs.',
        )
      : l10n.t('To measure it, it must really run, and no transaction undoes what this does.');
  return [l10n.t('Target: {0}', target), warning].join('\n\n');
}

function askName({connection, what, statementTimeout}: GateSubject, guard: Guard): Promise<boolean> {
  const limit = statementTimeout === 0 ? '' : l10n.t(' It is stopped after {0} s.', statementTimeout / 1000);
  const detail =
    guard === 'read-only'
      ? l10n.t('It is really executed there, in a read-only transaction.{0}', limit)
      : l10n.t('It {0}: it is really executed there, and then rolled back.{1}', what, limit);
  return typeName(connection, {
    what: l10n.t('execute the statement'),
    detail,
    action: l10n.t('Execute'),
  });
}
