import {
  commands,
  l10n,
  ProgressLocation,
  RelativePattern,
  Uri,
  window,
  workspace,
  type CancellationToken,
  type Disposable,
} from 'vscode';
import {DisposableStore} from '../disposables.ts';
import {countWords} from './lint-counts.ts';
import {foreignFolders, migrationFiles} from './lint-documents.ts';
import type {LintHome} from './lint-home.ts';
import {lintOptions} from './lint-settings.ts';
import {textOf} from './text-of.ts';

/** Milliseconds to wait for more changes before thousands of files are looked at again. */
const settle = 2000;

/** All migrations of the workspace, whether or not they are open: checked when asked, and followed from then on. */
export class WorkspaceCheck implements Disposable {
  readonly #store = new DisposableStore();
  readonly #home: LintHome;
  readonly #covered = new Set<string>();
  #running = false;
  #timer: NodeJS.Timeout | undefined;
  #round = 0;

  constructor(home: LintHome) {
    this.#home = home;
    const files = this.#store.add(workspace.createFileSystemWatcher(migrationFiles));
    this.#store.add(files.onDidChange(uri => void this.again(uri)));
    this.#store.add(
      files.onDidDelete(({fsPath}) => {
        this.#covered.delete(fsPath);
        this.#home.diagnostics.clear(fsPath);
      }),
    );
  }

  /** Whether a file's findings stay when its document is closed. */
  covers({fsPath}: Uri): boolean {
    return this.#covered.has(fsPath);
  }

  async run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      await this.#home.parts.projects.ready();
      const paths = await wantedPaths(this.#home);
      if (paths.length === 0) {
        void window.showInformationMessage(l10n.t('No migrations were found in this workspace.'));
        return;
      }
      const options = {
        location: ProgressLocation.Notification,
        title: l10n.t('Checking migrations'),
        cancellable: true,
      };
      const isDone = await window.withProgress(options, (progress, token) =>
        this.#checkEach(paths, token, done =>
          progress.report({message: `${done}/${paths.length}`, increment: 100 / paths.length}),
        ),
      );
      // What was not looked at may have errors.
      if (isDone) this.#tell();
    } finally {
      this.#running = false;
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#round += 1;
    this.#store.dispose();
  }

  async #refresh(): Promise<void> {
    this.#round += 1;
    const round = this.#round;
    const open = new Set(workspace.textDocuments.map(({uri}) => uri.fsPath));
    for (const path of this.#covered) {
      if (round !== this.#round) return;
      if (!open.has(path)) await this.#check(path);
    }
  }

  /** @returns whether nobody cancelled it */
  async #checkEach(
    paths: readonly string[],
    token: CancellationToken,
    tell: (done: number) => void,
  ): Promise<boolean> {
    const {diagnostics} = this.#home;
    for (const [index, path] of paths.entries()) {
      if (token.isCancellationRequested) return false;
      await this.#check(path);
      tell(index + 1);
    }
    const still = new Set(paths);
    for (const path of this.#covered) {
      if (still.has(path)) continue;
      this.#covered.delete(path);
      diagnostics.clear(path);
    }
    return true;
  }

  async #check(path: string): Promise<void> {
    const {checker, diagnostics} = this.#home;
    this.#covered.add(path);
    const isEnabled = lintOptions.enabled(Uri.file(path));
    const checked = isEnabled ? await checker.check(path, await textOf(path)) : undefined;
    // It may have been deleted meanwhile.
    if (checked && this.#covered.has(path)) await diagnostics.show(checked);
    else diagnostics.clear(path);
  }

  /** Looks at all covered files again, soon: what is known of them or wanted has changed. */
  readonly refresh = (): void => {
    clearTimeout(this.#timer);
    if (this.#covered.size > 0) this.#timer = setTimeout(() => void this.#refresh(), settle);
  };

  /** Looks at a covered file as it is on disk, once no editor has it any more. */
  async again(uri: Uri): Promise<void> {
    const isOpen = workspace.textDocuments.some(document => document.uri.toString() === uri.toString());
    if (this.#covered.has(uri.fsPath) && !isOpen) await this.#check(uri.fsPath);
  }

  #tell(): void {
    const words = countWords(this.#home.diagnostics.counts());
    const show = l10n.t('Show');
    if (words === '') {
      void window.showInformationMessage(
        l10n.t('No errors or warnings in the migrations of this workspace.'),
      );
      return;
    }
    void window
      .showInformationMessage(l10n.t('{0} in the migrations of this workspace.', words), show)
      .then(answer => {
        if (answer === show) void commands.executeCommand('workbench.actions.view.problems');
      });
  }
}

/** Those of projects in their order, then what the settings include. */
async function wantedPaths({parts: {projects}}: LintHome): Promise<readonly string[]> {
  const ofProjects = projects
    .list()
    .flatMap(project => projects.history(project)?.migrations ?? [])
    .flatMap(({up, down}) => [up, down].filter(path => path !== undefined));
  const found = await Promise.all(
    (workspace.workspaceFolders ?? []).flatMap(folder =>
      lintOptions
        .include(folder)
        .map(glob => workspace.findFiles(new RelativePattern(folder, glob), foreignFolders)),
    ),
  );
  const suffix = /\.(?:sql|psql|pgsql|py|[cm]?[jt]s)$/i;
  const others = found
    .flat()
    .map(({fsPath}) => fsPath)
    .filter(path => suffix.test(path))
    .toSorted();
  return [...new Set([...ofProjects, ...others])].filter(path => lintOptions.enabled(Uri.file(path)));
}
