import type {Disposable, ExtensionContext} from 'vscode';

/** The servers on which migrations are tried. Nothing is loaded or started before the first is opened. */
export class Stages implements Disposable {
  readonly #context: ExtensionContext;

  constructor(context: ExtensionContext) {
    this.#context = context;
  }

  dispose(): void {
    void this.#context;
  }
}
