import {EventEmitter, type Disposable, type TreeItem} from 'vscode';
import type {NodeData, TreeNode} from './node.ts';

/** What comes within this time is told to the editor at once, in milliseconds. */
const together = 100;

/** The editor does not hear of a row that it is only about to take: it is told again, this often. */
const tellings = 20;

/**
 * Tells the editor which rows to draw again, and no others: whatever is told of has no row for a command until the editor
 * has asked for its children again.
 */
export class Redraws implements Disposable {
  readonly #changed = new EventEmitter<TreeNode[] | undefined>();
  readonly #draw: (row: TreeNode) => TreeItem;
  readonly #isShown: (row: TreeNode) => boolean;
  /** What the editor was given last, and what it was made of. */
  readonly #drawn = new Map<TreeNode, Drawn>();
  readonly #moved = new Set<TreeNode>();
  #all = false;
  #timer: NodeJS.Timeout | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(draw: (row: TreeNode) => TreeItem, isShown: (row: TreeNode) => boolean) {
    this.#draw = draw;
    this.#isShown = isShown;
  }

  draw(row: TreeNode): TreeItem {
    const item = this.#draw(row);
    this.#drawn.set(row, {looks: looks(item), data: row.data, told: 0});
    return item;
  }

  /** Other rows are below this one now, or below none at the top. */
  moved(row?: TreeNode): void {
    if (row) this.#moved.add(row);
    else this.#all = true;
    this.look();
  }

  /** What is shown may look different now. */
  look(): void {
    this.#timer ??= setTimeout(() => this.#tell(), together);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#changed.dispose();
  }

  #tell(): void {
    this.#timer = undefined;
    const changed = new Set(this.#moved);
    for (const row of this.#drawn.keys()) {
      if (!this.#isShown(row)) this.#drawn.delete(row);
      else if (this.#looksDifferent(row)) changed.add(row);
    }
    const all = this.#all;
    this.#moved.clear();
    this.#all = false;
    if (all) this.#drawn.clear();
    if (all) return this.#changed.fire(undefined);
    const highest = [...changed].filter(row => !isBelow(row, changed));
    if (highest.length > 0) this.#changed.fire(highest);
    if (this.#noteTold(changed)) this.#timer ??= setTimeout(() => this.#tell(), 2 * together);
  }

  /** @returns whether there are rows that the editor has to draw because of it */
  #noteTold(rows: ReadonlySet<TreeNode>): boolean {
    const told = [...rows].flatMap(row => this.#drawn.get(row) ?? []);
    for (const drawn of told) drawn.told += 1;
    return told.length > 0;
  }

  /** Tables may be there by the thousand: what shows nothing but its own data is looked at where that is new. */
  #looksDifferent(row: TreeNode): boolean {
    const before = this.#drawn.get(row);
    if (!before || before.told >= tellings) return false;
    if (before.data === row.data && !showsMore.has(row.data.kind)) return false;
    return looks(this.#draw(row)) !== before.looks;
  }
}

/** What the editor was given of a row. */
interface Drawn {
  readonly looks: string;
  readonly data: NodeData;
  /** How often it was told since that the row looks different. */
  told: number;
}

/** Show what is known elsewhere: a session, a status, findings. */
const showsMore: ReadonlySet<NodeData['kind']> = new Set(['connection', 'project', 'migration', 'sqlite']);

function isBelow({parent}: TreeNode, rows: ReadonlySet<TreeNode>): boolean {
  return parent !== undefined && (rows.has(parent) || isBelow(parent, rows));
}

/** All that a user sees or hears of a row, and what its menus depend on. */
function looks(item: TreeItem): string {
  const {tooltip, command, ...rest} = item;
  const text = typeof tooltip === 'object' ? tooltip.value : tooltip;
  return JSON.stringify([rest, text, command?.command]);
}
