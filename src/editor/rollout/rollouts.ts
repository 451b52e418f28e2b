import {window, type Disposable} from 'vscode';
import {DisposableStore} from '../disposables.ts';
import {pickProject} from '../migrations/subject.ts';
import type {Parts} from '../parts.ts';
import {TreeNode} from '../tree/node.ts';
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
    const data = argument instanceof TreeNode ? argument.data : undefined;
    const project = data?.kind === 'project' ? data.project : await pickProject(this.#parts);
    if (!project) return;
    const marked = data?.kind === 'project' || data?.kind === 'connection' ? data.connection : undefined;
    const {chooseTargets} = await import('./choose-targets.ts');
    const chosen = await chooseTargets(this.#parts, marked);
    if (chosen) await (await this.#load()).show({project, ...chosen});
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
