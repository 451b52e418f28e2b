import {window, type Disposable} from 'vscode';
import {DisposableStore} from '../disposables.ts';
import type {Project} from '../../frameworks/framework.ts';
import {pickCommonProject} from '../migrations/subject.ts';
import type {Parts} from '../parts.ts';
import type {TreeNode} from '../tree/node.ts';
import {connectionsOfRows, selectedRows} from '../tree/selected-rows.ts';
import type {RolloutSet} from './rollout-set.ts';
import {rolloutViewType} from './rollout-view-type.ts';

/** Rollouts. What they need is loaded with the first one, so that starting the extension stays cheap. */
export class Rollouts implements Disposable {
  readonly #parts: Parts;
  readonly #store = new DisposableStore();
  #set: Promise<RolloutSet> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#store.add(
      window.registerWebviewPanelSerializer(rolloutViewType, {
        deserializeWebviewPanel: async (panel, state) => (await this.#load()).restore(panel, state),
      }),
    );
  }

  /** Asks for the targets, and shows what would run on each. */
  async applyToSeveral(argument: unknown): Promise<void> {
    const rows = selectedRows(argument, undefined);
    const project = await this.#projectOf(rows);
    if (!project) return;
    const {chooseTargets} = await import('./choose-targets.ts');
    const chosen = await chooseTargets(this.#parts, connectionsOfRows(rows));
    if (chosen) await (await this.#load()).show({project, ...chosen});
  }

  /** Shows what would run on each of the selected connections; from the palette, on those of the tree's selection. */
  async rollOutToSelected(argument: unknown, selected: unknown): Promise<void> {
    const rows = selectedRows(argument, argument === undefined ? this.#parts.tree.selected : selected);
    const connections = connectionsOfRows(rows);
    // A row beside the selection is not one of several.
    if (connections.length < 2) return this.applyToSeveral(argument);
    const project = await this.#projectOf(rows);
    if (!project) return;
    const {targetsOf} = await import('./choose-targets.ts');
    await (await this.#load()).show({project, ...(await targetsOf(connections))});
  }

  /** The project of the rows, where they are of one; otherwise the user picks among those of their connections. */
  async #projectOf(rows: readonly TreeNode[]): Promise<Project | undefined> {
    const named = rows.flatMap(({data}) => (data.kind === 'project' ? [data.project] : []));
    const [first] = named;
    if (first && named.every(({id}) => id === first.id)) return first;
    return pickCommonProject(this.#parts, connectionsOfRows(rows));
  }

  dispose(): void {
    this.#store.dispose();
    void this.#set?.then(set => set.dispose());
  }

  #load(): Promise<RolloutSet> {
    this.#set ??= import('./rollout-set.ts').then(({RolloutSet}) => new RolloutSet(this.#parts));
    return this.#set;
  }
}
