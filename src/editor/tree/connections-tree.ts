import {isDeepStrictEqual} from 'node:util';
import {
  EventEmitter,
  commands,
  l10n,
  window,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {summaryWords} from '../connections/status-bar.ts';
import {DisposableStore} from '../disposables.ts';
import type {FoundObject} from '../../core/catalog/object.ts';
import {childRows, rootRows, type Sources} from './children.ts';
import {rowOfFound} from './found-row.ts';
import {describe, isDescribedLater} from './definable.ts';
import {projectLabel} from '../migrations/project-words.ts';
import {itemOf} from './items.ts';
import type {TreeNode} from './node.ts';
import {rowAlong, rowOfObject, type Rows} from './row-path.ts';
import {connectionsOfRows} from './selected-rows.ts';

/** The tree of connections. Children are read when a row is expanded and kept until something they show changes. */
export class ConnectionsTree implements TreeDataProvider<TreeNode> {
  readonly #changed = new EventEmitter<TreeNode | undefined>();
  readonly #disposables = new DisposableStore();
  readonly #loaded = new Map<string, readonly TreeNode[]>();
  readonly #sources: Sources;
  readonly #view: TreeView<TreeNode>;
  #roots: readonly TreeNode[] = [];
  #projects = '';
  #findings: (paths: readonly string[]) => string = () => '';

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(sources: Sources) {
    this.#sources = sources;
    this.#disposables.add(this.#changed);
    this.#view = this.#disposables.add(
      window.createTreeView('howdah.connections', {
        treeDataProvider: this,
        showCollapseAll: true,
        canSelectMany: true,
      }),
    );
    this.#disposables.add(this.#view.onDidChangeSelection(({selection}) => tellOfSelection(selection)));
    const {connections, sessions, projects, statuses} = sources;
    this.#disposables.add(connections.onDidChange(() => this.#connectionsChanged()));
    this.#disposables.add(projects.onDidChange(() => this.#projectsChanged()));
    this.#disposables.add(statuses.onDidChange(() => this.#statusChanged()));
    this.#disposables.add(sessions.onDidChange(connection => this.#connectionChanged(connection)));
  }

  getTreeItem(node: TreeNode): TreeItem {
    const item = this.#draw(node);
    if (isDescribedLater(node.data)) item.tooltip = undefined;
    return item;
  }

  /** Called when the pointer rests on a row that has no tooltip yet. */
  async resolveTreeItem(item: TreeItem, node: TreeNode): Promise<TreeItem> {
    const {data} = node;
    if (!isDescribedLater(data) || !('connection' in data)) return item;
    const {tooltip} = this.#draw(node);
    const facts = typeof tooltip === 'string' ? tooltip : '';
    const session = await this.#sources.sessions.browse(data.connection);
    item.tooltip = session.ok ? await describe(session.value, data, facts) : facts;
    return item;
  }

  #draw(node: TreeNode): TreeItem {
    const {connections, sessions, projects, statuses} = this.#sources;
    return itemOf(node, {
      isConnected: id => sessions.isConnected(id),
      serverVersion: id => sessions.server(id)?.version,
      isTarget: id => connections.target()?.id === id,
      notes: id => connections.notes(id),
      status: (connection, project) => statuses.get(connection, project),
      failure: (connection, project) => statuses.failure(connection, project),
      projectLabel: project => projectLabel(projects, project),
      frameworkName: project => projects.frameworkName(project),
      findings: paths => this.#findings(paths),
    });
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    return [...(await this.#children(node))];
  }

  async #children(node?: TreeNode): Promise<readonly TreeNode[]> {
    if (!node) return this.#readRoots();
    const loaded = this.#loaded.get(node.id);
    if (loaded) return loaded;
    const rows = await childRows(this.#sources, node);
    if (node.data.kind === 'connection' || !saysFailure(rows)) this.#loaded.set(node.id, rows);
    return rows;
  }

  /** The selected rows, for a command that is not taken from one. */
  get selected(): readonly TreeNode[] {
    return this.#view.selection;
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  /** Appends the page that follows a *Load more* row; the rows around it may have been read again since it was drawn. */
  async more(row: TreeNode): Promise<void> {
    if (!row.parent) return;
    const parent = this.#asItIsNow(row.parent);
    const shown = await this.#children(parent);
    const last = shown.find(({data}) => data.kind === 'more');
    if (last?.data.kind !== 'more') return;
    const next = await childRows(this.#sources, parent, last.data.after);
    this.#loaded.set(parent.id, [...shown.filter(sibling => sibling !== last), ...next]);
    this.#changed.fire(parent);
  }

  /** The view knows the rows that were drawn last, and no others of the same name. */
  #asItIsNow(node: TreeNode): TreeNode {
    const siblings = node.parent ? this.#loaded.get(node.parent.id) : this.#roots;
    return siblings?.find(({id}) => id === node.id) ?? node;
  }

  /** Forgets what was read below a row, or below all rows, and reads again what is shown. */
  refresh(node?: TreeNode): void {
    for (const id of this.#loaded.keys()) {
      if (!node || id === node.id || id.startsWith(`${node.id}/`)) this.#loaded.delete(id);
    }
    this.#changed.fire(node);
  }

  /** Forgets all that was read of one connection: a migration may have changed anything. */
  refreshConnection({id}: Connection): void {
    const root = this.#roots.find(row => row.id === id);
    if (root) this.refresh(root);
  }

  /**
   * Shows beside migrations what is found in their files.
   * @param words of the files at absolute paths; empty for nothing
   */
  showFindings(words: (paths: readonly string[]) => string): void {
    this.#findings = words;
    for (const root of this.#roots) {
      const projects = this.#loaded.get(root.id)?.filter(({data}) => data.kind === 'project') ?? [];
      for (const project of projects) if (this.#loaded.has(project.id)) this.#changed.fire(project);
    }
  }

  /** Selects and expands a connection. */
  async reveal({id}: Connection): Promise<void> {
    const root = this.#roots.find(row => row.id === id);
    if (root) await this.#view.reveal(root, {select: true, focus: true, expand: true});
  }

  /** Selects an object that a search found. */
  async revealObject(connection: Connection, found: FoundObject): Promise<void> {
    await this.revealAlong(connection, [found]);
  }

  /**
   * Selects the last object of a path, which leads from a table over its partitions.
   * @param index of that object, to be selected instead of it
   * @returns false when a step of the path is not there
   */
  async revealAlong(connection: Connection, path: readonly FoundObject[], index?: string): Promise<boolean> {
    if (this.#roots.length === 0) await this.#readRoots();
    const root = this.#roots.find(({id}) => id === connection.id);
    const row = root && (await rowAlong(this.#rows, root, path, index));
    if (row) await this.#view.reveal(row, {select: true, focus: true, expand: true});
    return row !== undefined;
  }

  readonly #rows: Rows = {
    children: node => this.#children(node),
    found: async (list, found) => {
      const loaded = await this.#children(list);
      const known = rowOfObject(loaded, found);
      const row = known ?? (await rowOfFound(this.#sources, list, found));
      if (row && !known) {
        this.#loaded.set(list.id, [row, ...loaded]);
        this.#changed.fire(list);
      }
      return row;
    },
  };

  dispose(): void {
    this.#disposables.dispose();
  }

  async #readRoots(): Promise<readonly TreeNode[]> {
    this.#roots = await rootRows(this.#sources);
    await commands.executeCommand('setContext', 'howdah.ready', true);
    return this.#roots;
  }

  /**
   * A connection that failed is not tried again by itself, which could ask for a password: its row stays as it is
   * until the user connects or refreshes, or until its address is another.
   */
  #connectionsChanged(): void {
    const {connections} = this.#sources;
    const failed = this.#roots.filter(({id, data}) => {
      const before = data.kind === 'connection' ? data.connection.settings : undefined;
      return (
        saysFailure(this.#loaded.get(id) ?? []) && isDeepStrictEqual(connections.get(id)?.settings, before)
      );
    });
    const kept = new Set(failed.map(({id}) => id));
    for (const id of this.#loaded.keys()) if (!kept.has(id)) this.#loaded.delete(id);
    this.#changed.fire(undefined);
  }

  /** Rows of projects come and go, and are named by how many there are. */
  #projectsChanged(): void {
    const ids = this.#sources.projects.list().map(({id}) => id);
    const before = this.#projects;
    this.#projects = ids.join('\n');
    if (before === this.#projects) return;
    for (const root of this.#roots) {
      const rows = this.#loaded.get(root.id);
      if (rows === undefined || saysFailure(rows)) continue;
      this.#loaded.delete(root.id);
      this.#changed.fire(root);
    }
  }

  #connectionChanged({id}: Connection): void {
    const root = this.#roots.find(row => row.id === id);
    if (saysFailure(this.#loaded.get(id) ?? [])) this.#loaded.delete(id);
    if (root) this.#changed.fire(root);
    void commands.executeCommand(
      'setContext',
      'howdah.connected',
      this.#sources.sessions.connectedIds().length > 0,
    );
  }

  /**
   * What shows a status is drawn again: the projects' rows and what is below them, from what is known. The whole
   * connection is said to have changed, because the editor may not have met its newer rows yet.
   */
  #statusChanged(): void {
    for (const root of this.#roots) {
      const rows = this.#loaded.get(root.id);
      for (const {data, id} of rows ?? []) if (data.kind === 'project') this.#loaded.delete(id);
      if (rows) this.#changed.fire(root);
    }
    this.#drawBadge();
  }

  #drawBadge(): void {
    const target = this.#sources.connections.target();
    const summary = target && this.#sources.statuses.summary(target);
    const value = summary ? summary.pending + summary.failed : 0;
    this.#view.badge =
      target && summary && value > 0
        ? {value, tooltip: l10n.t('{0}: {1}', target.name, summaryWords(summary))}
        : undefined;
  }
}

/** For the palette, which knows nothing of a list's selection. */
function tellOfSelection(selection: readonly TreeNode[]): void {
  const several = connectionsOfRows(selection).length > 1;
  void commands.executeCommand('setContext', 'howdah.severalSelected', several);
}

function saysFailure(rows: readonly TreeNode[]): boolean {
  return rows.some(({data}) => data.kind === 'message' && data.failure !== undefined);
}
