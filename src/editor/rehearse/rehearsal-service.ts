import type {Disposable, WebviewPanel} from 'vscode';
import type {Parts} from '../parts.ts';

/** Everything on rehearsals that is loaded with the first one. */
export class RehearsalService implements Disposable {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async rehearseOne(_argument: unknown): Promise<void> {}
  async rehearsePending(_argument: unknown): Promise<void> {}
  async rehearseOnServer(_argument: unknown): Promise<void> {}
  async removeScratch(_argument: unknown): Promise<void> {}

  restore(panel: WebviewPanel, _state: unknown): void {
    this.#parts.log.info(panel.title);
  }

  dispose(): void {}
}
