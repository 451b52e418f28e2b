import {workspace, type Disposable, type TextDocument} from 'vscode';
import type {Handler, Handlers} from '../commands/commands.ts';
import {DisposableStore} from '../disposables.ts';
import type {Parts} from '../parts.ts';
import {isWanted} from './lint-documents.ts';
import type {LintService} from './lint-service.ts';

/** Findings on migration files. The parser and the rules are loaded with the first of these files that is opened. */
export class Lint implements Disposable {
  readonly #parts: Parts;
  readonly #store = new DisposableStore();
  #waiting = new DisposableStore();
  #service: Promise<LintService> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#store.add(workspace.onDidOpenTextDocument(document => this.#look([document])));
    // A file may turn out to be a project's, and the user may want more files looked at than before.
    for (const on of [parts.projects.onDidChange, workspace.onDidChangeConfiguration])
      this.#store.add(on(() => this.#look(workspace.textDocuments)));
    setImmediate(() => this.#look(workspace.textDocuments));
  }

  /** @returns the handlers of all commands on findings. */
  commands(): Handlers<'lint'> {
    const withService =
      (act: (service: LintService, argument: unknown) => Promise<void>): Handler =>
      async argument =>
        act(await this.#load(), argument);
    return {
      'howdah.lint.checkAll': withService(service => service.checkAll()),
      'howdah.lint.fixAll': withService(service => service.fixAll()),
      'howdah.lint.showRule': withService((service, rule) => service.showRule(rule)),
      'howdah.lint.configureRule': withService((service, about) => service.configureRule(about)),
      'howdah.lint.showOnly': withService(service => service.showOnly()),
      'howdah.lint.showAll': withService(service => service.showAll()),
      'howdah.lint.showAdded': withService((service, paths) => service.showAdded(paths)),
      'howdah.lint.askRows': withService((service, about) => service.askRows(about)),
      'howdah.lint.showRows': withService((service, about) => service.showRows(about)),
    };
  }

  dispose(): void {
    this.#waiting.dispose();
    this.#store.dispose();
    void this.#service?.then(service => service.dispose());
  }

  #look(documents: readonly TextDocument[]): void {
    if (this.#service || !documents.some(document => isWanted(document, this.#parts.projects))) return;
    void this.#load();
  }

  #load(): Promise<LintService> {
    this.#service ??= import('./lint-service.ts').then(({LintService}) => new LintService(this.#parts));
    return this.#service;
  }
}
