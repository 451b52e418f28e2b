import type {Disposable, WebviewPanel} from 'vscode';
import type {Parts} from '../parts.ts';

/** Everything on schema validation that is loaded with the first one. */
export class SchemaService implements Disposable {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async validate(_argument: unknown): Promise<void> {}
  async compareWith(_argument: unknown): Promise<void> {}

  restore(panel: WebviewPanel, _state: unknown): void {
    this.#parts.log.info(panel.title);
  }

  dispose(): void {}
}
