import {l10n} from 'vscode';
import type {WorkLocks} from '../../core/rehearse/work-locks.ts';
import {isWeaker} from '../../core/rehearse/work-locks.ts';
import type {FixProof} from '../../postgres/rehearse/prove-fix.ts';

/** A menu shows no more of a line. */
const longest = 90;

/** @returns what a fix was seen to do, to stand behind its title; empty where that says nothing about the fix */
export function proofWords(proof: FixProof): string {
  switch (proof.kind) {
    case 'same-schema':
      return lockWords(proof.original, proof.fixed);
    case 'other-schema':
      return l10n.t('leads to another schema: {0}', shortened(proof.differences[0] ?? ''));
    case 'mends':
      return l10n.t('proven: runs, which the file as it is does not');
    case 'fails':
      return refutes(proof) ? l10n.t('fails: {0}', shortened(proof.failure.message)) : '';
    default:
      return proof satisfies never;
  }
}

/** Whether a fix was seen to break what runs without it. */
export function refutes(proof: FixProof): boolean {
  return proof.kind === 'fails' && proof.which === 'fixed';
}

function lockWords(original: WorkLocks, fixed: WorkLocks): string {
  const isBetter = isWeaker(fixed, original);
  if (!isBetter && !isWeaker(original, fixed)) return l10n.t('proven: runs, and leads to the same schema');
  const [before, after] =
    fixed.duringWork === original.duringWork
      ? [original.ever, fixed.ever]
      : [original.duringWork, fixed.duringWork];
  if (before !== undefined && after !== undefined)
    return isBetter
      ? l10n.t('proven: same schema, {0} instead of {1}', after, before)
      : l10n.t('proven: same schema, but {0} instead of {1}', after, before);
  return isBetter
    ? l10n.t('proven: same schema, without work under {0}', before ?? '')
    : l10n.t('proven: same schema, but with work under {0}', after ?? '');
}

function shortened(words: string): string {
  const line = (words.split('\n')[0] ?? '').replace(/\.$/, '');
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
