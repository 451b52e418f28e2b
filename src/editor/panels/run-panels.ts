import {window, type Disposable} from 'vscode';
import {DisposableStore} from '../disposables.ts';
import type {RunPanelOptions, RunPanelSet} from './run-panel-set.ts';
import type {PanelHome} from './run-panel.ts';
import {runViewType} from './run-view-type.ts';

/** Begins to rehearse a plan once its panel is there, and shows the whole report on demand. */
export type RehearseBefore = (
  plan: Pick<RunPanelOptions, 'connection' | 'project' | 'plan'>,
) => Pick<RunPanelOptions, 'rehearse' | 'showRehearsal'>;

/** The run panels. What they need is loaded with the first one, so that starting the extension stays cheap. */
export class RunPanels implements Disposable {
  readonly #home: PanelHome;
  readonly #store = new DisposableStore();
  /** Given by the part that rehearses, which is made later. */
  rehearseBefore: RehearseBefore | undefined;
  #set: Promise<RunPanelSet> | undefined;

  constructor(home: PanelHome) {
    this.#home = home;
    this.#store.add(
      window.registerWebviewPanelSerializer(runViewType, {
        deserializeWebviewPanel: async (panel, state) => (await this.#load()).restore(panel, state),
      }),
    );
  }

  /**
   * Shows a plan and asks for its confirmation; while a run of the same project and connection
   * is going on, shows that one instead.
   * @returns once the panel is there, not once the user has answered
   */
  async show(options: RunPanelOptions): Promise<void> {
    await this.showOnly({...options, ...this.rehearseBefore?.(options)});
  }

  /** As `show`, for a database that no rehearsal stands for. */
  async showOnly(options: RunPanelOptions): Promise<void> {
    await (await this.#load()).show(options);
  }

  dispose(): void {
    this.#store.dispose();
    void this.#set?.then(set => set.dispose());
  }

  #load(): Promise<RunPanelSet> {
    this.#set ??= import('./run-panel-set.ts').then(({RunPanelSet}) => new RunPanelSet(this.#home));
    return this.#set;
  }
}
