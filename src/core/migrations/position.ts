import type {Migration, Position} from './migration.ts';

/** Where a history without branches can be. */
export type LinearPosition = Exclude<Position, {readonly kind: 'heads'}>;

/** @returns the ids that a position names, in the order of the history; none for no version */
export function idsOf(position: Position): readonly string[] {
  switch (position.kind) {
    case 'none':
      return [];
    case 'at':
    case 'failed':
      return [position.id];
    case 'heads':
      return position.ids;
    default:
      return position satisfies never;
  }
}

/** @returns whether two positions are one and the same */
export function samePosition(one: Position, other: Position): boolean {
  const [ids, others] = [idsOf(one), idsOf(other)];
  return one.kind === other.kind && ids.length === others.length && ids.every(id => others.includes(id));
}

/** @returns the position of a history without branches; of several heads the last, which such a history never has */
export function linear(position: Position): LinearPosition {
  if (position.kind !== 'heads') return position;
  const id = position.ids.at(-1);
  return id === undefined ? {kind: 'none'} : {kind: 'at', id};
}

/** @returns the position with versions as the file names write them, such as `000012`; nothing for no version */
export function labelOf(position: Position, migrations: readonly Migration[]): string | undefined {
  const labels = idsOf(position).map(id => migrations.find(migration => migration.id === id)?.label ?? id);
  return labels.length === 0 ? undefined : labels.join(', ');
}
