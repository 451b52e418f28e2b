import {isDeepStrictEqual} from 'node:util';
import {commands, l10n, window, type TreeDataProvider, type TreeItem, type TreeView} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {summaryWords} from '../connections/status-bar.ts';
import {DisposableStore} from '../disposables.ts';
import type {FoundObject} from '../../core/catalog/object.ts';
import {childRows, knownRows, rootRows, saysFailure, type Sources} from './children.ts';
import {rowOfFound} from './found-row.ts';
import {describe, isDescribedLater} from './definable.ts';
import {projectLabel} from '../migrations/project-words.ts';
import {itemOf} from './items.ts';
import type {NodeData, TreeNode} from './node.ts';
import {Redraws} from './redraws.ts';
import {rowAlong, rowOfObject, type Rows} from './row-path.ts';
import {tellOfSelection} from './selected-rows.ts';
import {ShownRows} from './shown-rows.ts';

/** The tree of connections. Children are read when a row is expanded and kept until something they show changes. */
export class ConnectionsTree implements TreeDataProvider<TreeNode> {
  readonly #disposables = new DisposableStore();
  readonly #shown = new ShownRows();
  /** What is being read below a row; a refresh lets go of it. */
  readonly #reading = new Map<TreeNode, {readonly rows: Promise<readonly TreeNode[]>}>();
  readonly #redraws: Redraws;
  readonly #sources: Sources;
  readonly #view: TreeView<TreeNode>;
  #projects = '';
  #findings: (paths: readonly string[]) => string = () => '';

  readonly onDidChangeTreeData: Redraws['onDidChange'];

  constructor(sources: Sources) {
    this.#sources = sources;
    this.#redraws = this.#disposables.add(
      new Redraws(
        row => this.#item(row),
        row => this.#shown.has(row),
      ),
    );
    this.onDidChangeTreeData = this.#redraws.onDidChange;
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
    return this.#redraws.draw(node);
  }

  #item(node: TreeNode): TreeItem {
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
    const known = this.#shown.below(node);
    if (known) return known;
    const reading = this.#reading.get(node) ?? {rows: childRows(this.#sources, node)};
    this.#reading.set(node, reading);
    const rows = await reading.rows;
    // Whoever asked first has put them there, or a refresh came between.
    if (this.#reading.get(node) !== reading) return this.#shown.below(node) ?? rows;
    this.#reading.delete(node);
    if (node.data.kind !== 'connection' && saysFailure(rows)) return rows;
    this.#shown.put(node, rows);
    return this.#shown.below(node) ?? rows;
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
    const {parent} = row;
    if (!parent) return;
    const shown = await this.#children(parent);
    const last = shown.find(({data}) => data.kind === 'more');
    if (last?.data.kind !== 'more') return;
    const next = await childRows(this.#sources, parent, last.data.after);
    this.#put(parent, [...shown.filter(sibling => sibling !== last), ...next]);
  }

  #put(parent: TreeNode, rows: readonly TreeNode[]): void {
    if (this.#shown.put(parent, rows)) this.#redraws.moved(parent);
    else this.#redraws.look();
  }

  /** Forgets what was read below a row, or below all rows, and reads again what is shown. */
  refresh(node?: TreeNode): void {
    this.#shown.forget(node);
    this.#reading.clear();
    this.#redraws.moved(node);
  }

  /**
   * Reads again what was read of a connection, since a migration may have changed anything, and draws what is different:
   * only then, so that the rows stay there for commands meanwhile.
   */
  refreshConnection({id}: Connection): void {
    const root = this.#root(id);
    if (!root || !this.#shown.below(root)) return;
    if (this.#sources.sessions.isConnected(id)) void this.#readAgain(root);
    else this.refresh(root);
  }

  async #readAgain(root: TreeNode): Promise<void> {
    for (const node of this.#shown.readBelow(root)) {
      const rows = this.#shown.below(node) && (await childRows(this.#sources, node));
      // What is above it may have been read again meanwhile, or a refresh have come.
      if (!rows || !this.#shown.below(node)) continue;
      if (saysFailure(rows)) this.refresh(node);
      else this.#put(node, rows);
    }
  }

  #root(id: string): TreeNode | undefined {
    return this.#shown.below()?.find(row => row.id === id);
  }

  /**
   * Shows beside migrations what is found in their files.
   * @param words of the files at absolute paths; empty for nothing
   */
  showFindings(words: (paths: readonly string[]) => string): void {
    this.#findings = words;
    this.#redraws.look();
  }

  /** Selects and expands a connection. */
  async reveal({id}: Connection): Promise<void> {
    const root = this.#root(id);
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
    if (!this.#shown.below()) await this.#readRoots();
    const root = this.#root(connection.id);
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
      if (row && !known) this.#put(list, [row, ...loaded]);
      return row;
    },
  };

  dispose(): void {
    this.#disposables.dispose();
  }

  async #readRoots(): Promise<readonly TreeNode[]> {
    await this.#sources.connections.discover();
    this.#shown.put(undefined, rootRows(this.#sources));
    await commands.executeCommand('setContext', 'howdah.ready', true);
    return this.#shown.below() ?? [];
  }

  /**
   * A connection that failed is not tried again by itself, which could ask for a password: its row stays as it is
   * until the user connects or refreshes, or until its address is another.
   */
  #connectionsChanged(): void {
    if (!this.#shown.below()) return this.#redraws.moved();
    const before = new Map(this.#shown.below()?.map(row => [row, row.data]));
    if (this.#shown.put(undefined, rootRows(this.#sources))) this.#redraws.moved();
    for (const [row, data] of before) {
      if (this.#shown.has(row) && this.#isOther(row, data)) this.refresh(row);
    }
    this.#redraws.look();
  }

  #isOther(row: TreeNode, before: NodeData): boolean {
    const now = row.data;
    if (now.kind !== 'connection' || before.kind !== 'connection') return now.kind !== before.kind;
    const failed = saysFailure(this.#shown.below(row) ?? []);
    return failed
      ? !isDeepStrictEqual(now.connection.settings, before.connection.settings)
      : !isDeepStrictEqual(now.connection, before.connection);
  }

  /** Rows of projects come and go, and are named by how many there are. */
  #projectsChanged(): void {
    const ids = this.#sources.projects.list().map(({id}) => id);
    const before = this.#projects;
    this.#projects = ids.join('\n');
    if (before === this.#projects) return;
    for (const root of this.#shown.below() ?? []) {
      const rows = this.#shown.below(root);
      if (rows && !saysFailure(rows)) this.refresh(root);
    }
  }

  #connectionChanged({id}: Connection): void {
    const root = this.#root(id);
    if (root && saysFailure(this.#shown.below(root) ?? [])) this.refresh(root);
    this.#redraws.look();
    void commands.executeCommand(
      'setContext',
      'howdah.connected',
      this.#sources.sessions.connectedIds().length > 0,
    );
  }

  /** What shows a status is drawn again from what is known. */
  #statusChanged(): void {
    for (const root of this.#shown.below() ?? []) {
      for (const row of this.#shown.below(root) ?? []) if (this.#shown.below(row)) this.#showStatus(row);
    }
    this.#redraws.look();
    this.#drawBadge();
  }

  #showStatus(row: TreeNode): void {
    if (row.data.kind !== 'project') return;
    const rows = knownRows(this.#sources.statuses, row);
    if (rows) this.#put(row, rows);
    else this.refresh(row);
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
