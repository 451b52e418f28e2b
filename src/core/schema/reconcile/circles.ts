import type {ObjectOf, SchemaObject} from '../objects.ts';

type Links = ReadonlyMap<string, ReadonlySet<string>>;

const found = new WeakMap<
  ReadonlyMap<string, SchemaObject>,
  {readonly size: number; readonly tables: ReadonlySet<string>}
>();

/** @returns whether a foreign key may be one of several by which tables that are dropped point to each other. */
export function isInCircle(
  {parent = '', attributes}: ObjectOf<'constraint'>,
  drops: ReadonlyMap<string, SchemaObject>,
): boolean {
  const known = found.get(drops);
  const tables = known?.size === drops.size ? known.tables : circular(drops);
  found.set(drops, {size: drops.size, tables});
  const other = `table ${attributes.references ?? ''}`;
  return parent !== other && tables.has(parent) && tables.has(other);
}

/** Takes away, as long as there are any, tables that point to none of the others, and those that none points to. */
function circular(drops: ReadonlyMap<string, SchemaObject>): ReadonlySet<string> {
  const [forth, back] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()];
  for (const object of drops.values()) {
    if (object.kind !== 'constraint' || object.attributes.references === undefined) continue;
    const [from, to] = [object.parent ?? '', `table ${object.attributes.references}`];
    if (from === to || !drops.has(to)) continue;
    link(forth, from, to);
    link(back, to, from);
  }
  const tables = new Set([...forth.keys(), ...back.keys()]);
  for (const [links, reverse] of [
    [forth, back],
    [back, forth],
  ] as const)
    peel(tables, links, reverse);
  return tables;
}

export function link(links: Map<string, Set<string>>, from: string, to: string): void {
  const known = links.get(from);
  if (known) known.add(to);
  else links.set(from, new Set([to]));
}

/** Takes away, as long as there are any, those that have no link to any of the others. */
export function peel(tables: Set<string>, links: Links, reverse: Links): void {
  const count = (table: string): number =>
    [...(links.get(table) ?? [])].filter(other => tables.has(other)).length;
  const left = new Map([...tables].map(table => [table, count(table)]));
  const open = [...left].flatMap(([table, links]) => (links === 0 ? table : []));
  for (let table = open.pop(); table !== undefined; table = open.pop()) {
    tables.delete(table);
    for (const other of reverse.get(table) ?? []) {
      const now = (left.get(other) ?? 0) - 1;
      left.set(other, now);
      if (now === 0 && tables.has(other)) open.push(other);
    }
  }
}
