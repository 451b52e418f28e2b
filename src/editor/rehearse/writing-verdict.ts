import {l10n} from 'vscode';
import type {Failure} from '../../core/outcome.ts';
import type {StepRehearsal} from '../../core/rehearse/report.ts';

/** What a rehearsal says of migrations that were just written. */
export interface WritingVerdict {
  readonly tone: 'good' | 'warning' | 'bad';
  /** One sentence. */
  readonly text: string;
  readonly more: readonly string[];
}

/** @returns what somebody should know of a step that passes, a sentence each */
export function cautionsOf({undo, dataLoss}: StepRehearsal): readonly string[] {
  return [
    ...undoWords(undo),
    ...dataLoss
      .filter(({direction}) => direction === 'up')
      .map(({what}) => l10n.t('Lost with it: {0}', what)),
  ];
}

function undoWords(undo: StepRehearsal['undo']): readonly string[] {
  switch (undo.kind) {
    case 'undone':
    case 'no-down':
    case 'not-tried':
      return [];
    case 'fails':
      return [l10n.t('Its down file fails: {0}', undo.failure.message)];
    case 'differs':
      return undo.differences.slice(0, 5).map(({words}) => l10n.t('Down does not undo it: {0}', words));
    default:
      return undo satisfies never;
  }
}

export function failing({failure}: StepRehearsal): WritingVerdict {
  const text = l10n.t('written, but it fails in its rehearsal. See to it before you apply it.');
  return {tone: 'bad', text, more: failure ? [failure.failure.message] : []};
}

export function notTried({message}: Failure): WritingVerdict {
  const text = l10n.t('written, but it could not be rehearsed.');
  return {tone: 'warning', text, more: [message]};
}
