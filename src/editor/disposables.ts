import type {Disposable} from 'vscode';

/** Holds what its owner subscribed to, and lets go of all of it at once. */
export class DisposableStore implements Disposable {
  readonly #held: Disposable[] = [];

  add<T extends Disposable>(disposable: T): T {
    this.#held.push(disposable);
    return disposable;
  }

  dispose(): void {
    for (const disposable of this.#held.splice(0).toReversed()) disposable.dispose();
  }
}
