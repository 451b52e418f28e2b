import type {Migration} from '../migrations/migration.ts';

/** A row of a history that is drawn from its newest migration down. */
export interface Lane {
  /** Such as `│ ●─╯`: lines lead on from the row above to the row below; two signs for each column. */
  readonly drawing: string;
  /** What the drawing says, for those who do not see it. */
  readonly roles: readonly LaneRole[];
}

/** What a migration is among the others, with the ids that it is that of. */
export type LaneRole =
  | {readonly kind: 'head' | 'branch-point'}
  | {readonly kind: 'merge' | 'depends'; readonly ids: readonly string[]};

/** Drawings of more columns would push the names out of sight. */
const widest = 8;

/** What a column is drawn down to. */
interface Column {
  readonly id: string;
  /** By `depends_on` and not by `down_revision`. */
  readonly loose: boolean;
}

type Columns = (Column | undefined)[];

/**
 * @param migrations in the order in which they run
 * @returns the lane of each id, as rows are drawn in the opposite order; none for a history that is one line
 */
export function lanesOf(migrations: readonly Migration[]): ReadonlyMap<string, Lane> {
  const known = new Map(migrations.map(migration => [migration.id, migration]));
  const above = aboveOf(migrations, known);
  if (migrations.every(each => (above.get(each.id) ?? []).length <= 1 && belowOf(each, known).length <= 1)) {
    const heads = migrations.filter(({id, graph}) => graph && !above.has(id));
    if (heads.length <= 1) return new Map();
  }
  let columns: Columns = [];
  const lanes = new Map<string, Lane>();
  for (const migration of migrations.toReversed()) {
    if (!migration.graph) continue;
    const drawn = drawRow(columns, migration.id, belowOf(migration, known));
    columns = drawn.next;
    lanes.set(migration.id, {
      drawing: drawn.drawing,
      roles: rolesOf(migration, above.get(migration.id) ?? []),
    });
  }
  return lanes;
}

function belowOf({graph}: Migration, known: ReadonlyMap<string, Migration>): readonly Column[] {
  const parents = new Set(graph?.parents);
  return [
    ...[...parents].map(id => ({id, loose: false})),
    ...(graph?.dependsOn ?? []).filter(id => !parents.has(id)).map(id => ({id, loose: true})),
  ].filter(({id}) => known.has(id));
}

/** The children by `down_revision`, and those that need it otherwise, of each id that has some. */
function aboveOf(
  migrations: readonly Migration[],
  known: ReadonlyMap<string, Migration>,
): ReadonlyMap<string, readonly string[]> {
  const above = new Map<string, string[]>();
  for (const migration of migrations)
    for (const {id} of belowOf(migration, known)) above.set(id, [...(above.get(id) ?? []), migration.id]);
  return above;
}

interface Drawn {
  readonly drawing: string;
  readonly next: Columns;
}

function drawRow(before: Columns, id: string, below: readonly Column[]): Drawn {
  const ending = before.flatMap((column, place) => (column?.id === id ? [place] : []));
  const own = ending[0] ?? freeIn(before, before.length);
  const next: Columns = before.map(column => (column?.id === id ? undefined : column));
  const opening: number[] = [];
  const joining: number[] = [];
  for (const [index, column] of below.entries()) {
    const there = next.findIndex(each => each?.id === column.id);
    if (index > 0 && there >= 0) joining.push(there);
    else {
      const place = index === 0 ? own : freeIn(next, own + 1, new Set([own, ...ending]));
      next[place] = column;
      if (index > 0) opening.push(place);
    }
  }
  const ends = ending.filter(place => place !== own);
  const drawing = draw({before, next, own, ends, opening, joining});
  while (next.length > 0 && next.at(-1) === undefined) next.pop();
  return {drawing, next};
}

/** @returns the first column that nothing is drawn in, from `from` on where there is none before */
function freeIn(columns: Columns, from: number, taken: ReadonlySet<number> = new Set()): number {
  for (let place = 0; place < columns.length; place += 1)
    if (columns[place] === undefined && !taken.has(place)) return place;
  let place = Math.max(from, columns.length);
  while (taken.has(place)) place += 1;
  return place;
}

interface Row {
  readonly before: Columns;
  readonly next: Columns;
  readonly own: number;
  readonly ends: readonly number[];
  readonly opening: readonly number[];
  readonly joining: readonly number[];
}

function draw(row: Row): string {
  const {before, next, own, ends, opening, joining} = row;
  const tied = [own, ...ends, ...opening, ...joining];
  const [first, last] = [Math.min(...tied), Math.max(...tied)];
  const width = Math.max(before.length, next.length, own + 1);
  let text = '';
  for (let place = 0; place < Math.min(width, widest); place += 1) {
    const isCrossed = place > first && place < last;
    text += signOf(row, place, isCrossed) + (place >= first && place < last ? '─' : '\u2002');
  }
  return (width > widest ? `${text}…` : text).trimEnd();
}

function signOf({before, next, own, ends, opening, joining}: Row, place: number, isCrossed: boolean): string {
  const isLeft = place < own;
  if (place === own) return '●';
  if (ends.includes(place)) return isCrossed ? '┴' : isLeft ? '╰' : '╯';
  if (opening.includes(place)) return isCrossed ? '┬' : isLeft ? '╭' : '╮';
  if (joining.includes(place)) return isCrossed ? '┼' : isLeft ? '├' : '┤';
  const column = before[place] ?? next[place];
  if (column === undefined) return isCrossed ? '─' : '\u2002';
  return isCrossed ? '┼' : column.loose ? '┆' : '│';
}

function rolesOf({graph}: Migration, above: readonly string[]): readonly LaneRole[] {
  const {parents = [], dependsOn = []} = graph ?? {};
  const roles: LaneRole[] = [];
  if (above.length === 0) roles.push({kind: 'head'});
  if (above.length > 1) roles.push({kind: 'branch-point'});
  if (parents.length > 1) roles.push({kind: 'merge', ids: parents});
  if (dependsOn.length > 0) roles.push({kind: 'depends', ids: dependsOn});
  return roles;
}
