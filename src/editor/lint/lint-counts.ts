import {l10n, StatusBarAlignment, window, type Disposable} from 'vscode';
import type {CommandId} from '../commands/commands.ts';
import {DisposableStore} from '../disposables.ts';
import type {ConnectionsTree} from '../tree/connections-tree.ts';
import type {FindingCounts, LintDiagnostics} from './lint-diagnostics.ts';

const showAll: CommandId = 'howdah.lint.showAll';

/** Milliseconds between two looks: a check of all migrations changes thousands of counts. */
const often = 400;

/** How many findings there are: in the status bar, where a click shows them, and beside migrations in the tree. */
export class LintCounts implements Disposable {
  readonly #store = new DisposableStore();
  readonly #item = this.#store.add(
    window.createStatusBarItem('howdah.findings', StatusBarAlignment.Left, 39),
  );
  readonly #diagnostics: LintDiagnostics;

  readonly #tree: ConnectionsTree;
  #timer: NodeJS.Timeout | undefined;

  constructor(diagnostics: LintDiagnostics, tree: ConnectionsTree) {
    this.#diagnostics = diagnostics;
    this.#tree = tree;
    this.#item.name = l10n.t('Howdah: Findings in Migrations');
    this.#store.add(diagnostics.onDidChange(() => this.#soon()));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#store.dispose();
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#draw();
      this.#tree.showFindings(paths => countWords(this.#diagnostics.counts(paths)));
    }, often);
  }

  #draw(): void {
    const {errors, warnings} = this.#diagnostics.counts();
    const {only} = this.#diagnostics;
    if (errors + warnings === 0 && only === undefined) return this.#item.hide();
    this.#item.text =
      only === undefined ? `$(checklist) ${iconsOf(errors, warnings)}` : `$(filter-filled) ${only}`;
    this.#item.command = only === undefined ? 'workbench.actions.view.problems' : showAll;
    const counts = l10n.t('{0} in migrations', countWords({errors, warnings}));
    this.#item.tooltip =
      only === undefined
        ? l10n.t('Howdah: {0}. Click to see them.', counts)
        : l10n.t('Howdah: only findings of {0} are shown. Click to show all again.', only);
    this.#item.accessibilityInformation = {label: only === undefined ? counts : this.#item.tooltip};
    this.#item.show();
  }
}

function iconsOf(errors: number, warnings: number): string {
  return [errors > 0 ? `$(error) ${errors}` : '', warnings > 0 ? `$(warning) ${warnings}` : '']
    .filter(Boolean)
    .join(' ');
}

/** @returns the gravest first; empty where there is neither */
export function countWords({errors, warnings}: FindingCounts): string {
  const error = errors === 1 ? l10n.t('1 error') : l10n.t('{0} errors', errors);
  const warning = warnings === 1 ? l10n.t('1 warning') : l10n.t('{0} warnings', warnings);
  return [errors > 0 ? error : '', warnings > 0 ? warning : ''].filter(Boolean).join(', ');
}
