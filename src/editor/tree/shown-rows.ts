import type {TreeNode} from './node.ts';

/**
 * The rows that were read, each one object for as long as it is among them. The editor hands a command the object that
 * it was given: of one that was replaced it hands over nothing.
 */
export class ShownRows {
  /** By the row that they are below; those at the top by the empty text. */
  readonly #lists = new Map<string, readonly TreeNode[]>();
  readonly #rows = new Map<string, TreeNode>();

  below(parent?: TreeNode): readonly TreeNode[] | undefined {
    return this.#lists.get(parent?.id ?? '');
  }

  has(row: TreeNode): boolean {
    return this.#rows.get(row.id) === row;
  }

  /** All of a connection, and rows below which something was read; parents first. */
  readBelow(root: TreeNode): readonly TreeNode[] {
    return [...this.#lists.keys()]
      .filter(id => id === root.id || id.startsWith(`${root.id}/`))
      .toSorted((one, other) => one.length - other.length)
      .flatMap(id => this.#rows.get(id) ?? []);
  }

  /**
   * Puts what was read in the place of what was read before; a row that stays is the same object with newer data.
   * @returns whether other rows are there now, or the same ones in another order
   */
  put(parent: TreeNode | undefined, read: readonly TreeNode[]): boolean {
    const before = this.below(parent);
    const rows = read.map(row => this.#keep(row));
    this.#lists.set(parent?.id ?? '', rows);
    const now = new Set(rows);
    for (const gone of before?.filter(row => !now.has(row)) ?? []) this.#remove(gone);
    return before?.length !== rows.length || rows.some((row, index) => row !== before[index]);
  }

  /** Forgets what was read below a row, or below all; the rows themselves stay who they are. */
  forget(node?: TreeNode): void {
    for (const id of this.#lists.keys())
      if (id !== '' && (!node || id === node.id || id.startsWith(`${node.id}/`))) this.#lists.delete(id);
  }

  #keep(row: TreeNode): TreeNode {
    const known = this.#rows.get(row.id) ?? row;
    known.data = row.data;
    this.#rows.set(row.id, known);
    return known;
  }

  #remove(row: TreeNode): void {
    this.forget(row);
    for (const id of this.#rows.keys())
      if (id === row.id || id.startsWith(`${row.id}/`)) this.#rows.delete(id);
  }
}
