import type {Situation} from '../../rule.ts';
import {onceFor} from './once-for.ts';

/** @returns the statements of each transaction, in order; those that run by themselves are in none */
export const transactionsOf = onceFor(transactionsIn);

function transactionsIn(situations: readonly Situation[]): readonly (readonly Situation[])[] {
  const blocks = new Map<number, Situation[]>();
  for (const situation of situations) {
    const block = situation.file.statements[situation.index]?.block;
    if (block === undefined || !situation.inTransaction) continue;
    const others = blocks.get(block) ?? [];
    others.push(situation);
    blocks.set(block, others);
  }
  return [...blocks.values()];
}
