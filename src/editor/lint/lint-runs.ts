import {EventEmitter, workspace, type Disposable, type TextDocument, type Uri} from 'vscode';
import {DisposableStore} from '../disposables.ts';
import type {ProjectStore} from '../migrations/project-store.ts';
import type {Checked, Checker} from './checker.ts';
import {isWanted} from './lint-documents.ts';

/** Milliseconds to wait for the next key. */
const whileTyping = 60;
/** Milliseconds to wait for more of what all documents depend on: statuses and projects change several at once. */
const whenAllChange = 250;

interface Run {
  readonly abort: AbortController;
  readonly version: number;
  readonly ends: Promise<Checked | undefined>;
}

/** Checks the open documents whenever they, or what is known of them, change. The last run counts. */
export class LintRuns implements Disposable {
  readonly #checked = new EventEmitter<{readonly uri: Uri; readonly checked: Checked | undefined}>();
  readonly #store = new DisposableStore();
  readonly #checker: Checker;
  readonly #projects: ProjectStore;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #runs = new Map<string, Run>();
  #all: NodeJS.Timeout | undefined;

  /** A document was checked, or is no longer to be: then `checked` is absent. */
  readonly onDidCheck = this.#checked.event;

  constructor(checker: Checker, projects: ProjectStore) {
    this.#checker = checker;
    this.#projects = projects;
    this.#store.add(this.#checked);
    this.#store.add(workspace.onDidOpenTextDocument(document => this.#soon(document, 0)));
    this.#store.add(workspace.onDidCloseTextDocument(document => this.#forget(document)));
    this.#store.add(
      workspace.onDidChangeTextDocument(({document, contentChanges}) => {
        if (contentChanges.length > 0) this.#changed(document);
      }),
    );
  }

  /** Checks all open documents again, soon. */
  readonly again = (): void => {
    clearTimeout(this.#all);
    this.#all = setTimeout(() => {
      for (const document of workspace.textDocuments) this.#soon(document, 0);
    }, whenAllChange);
  };

  /** @returns what is found in a document as it is now; nothing for one that is not checked */
  of(document: TextDocument): Promise<Checked | undefined> {
    if (!isWanted(document, this.#projects)) return Promise.resolve(undefined);
    const run = this.#runs.get(document.uri.toString());
    return run?.version === document.version ? run.ends : this.#run(document);
  }

  /** @returns what is found with what is known by now of all that it depends on */
  anew(document: TextDocument): Promise<Checked | undefined> {
    return isWanted(document, this.#projects) ? this.#run(document) : Promise.resolve(undefined);
  }

  dispose(): void {
    clearTimeout(this.#all);
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const {abort} of this.#runs.values()) abort.abort();
    this.#store.dispose();
  }

  #changed(document: TextDocument): void {
    if (!isWanted(document, this.#projects)) return;
    this.#runs.get(document.uri.toString())?.abort.abort();
    this.#soon(document, whileTyping);
    // What one file makes is what the others build on.
    this.#othersSoon(document);
  }

  #othersSoon(changed: TextDocument): void {
    for (const document of workspace.textDocuments)
      if (document !== changed) this.#soon(document, whenAllChange * 2);
  }

  #soon(document: TextDocument, milliseconds: number): void {
    const key = document.uri.toString();
    clearTimeout(this.#timers.get(key));
    if (!isWanted(document, this.#projects)) {
      if (this.#runs.has(key)) this.#forget(document);
      return;
    }
    this.#timers.set(
      key,
      setTimeout(() => {
        this.#timers.delete(key);
        if (!document.isClosed) void this.#run(document);
      }, milliseconds),
    );
  }

  async #run(document: TextDocument): Promise<Checked | undefined> {
    const key = document.uri.toString();
    this.#runs.get(key)?.abort.abort();
    const abort = new AbortController();
    const ends = this.#checker.check(document.uri.fsPath, document.getText(), {signal: abort.signal});
    const run: Run = {abort, version: document.version, ends};
    this.#runs.set(key, run);
    const checked = await ends;
    if (this.#runs.get(key) === run && !abort.signal.aborted)
      this.#checked.fire({uri: document.uri, checked});
    return checked;
  }

  #forget({uri}: TextDocument): void {
    const key = uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#runs.get(key)?.abort.abort();
    this.#runs.delete(key);
    this.#checked.fire({uri, checked: undefined});
  }
}
