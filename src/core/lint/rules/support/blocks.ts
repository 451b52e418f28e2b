import type {Situation} from '../../rule.ts';

/** @returns the statements of each transaction, in order; those that run by themselves are in none */
export function transactionsOf(situations: readonly Situation[]): readonly (readonly Situation[])[] {
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
