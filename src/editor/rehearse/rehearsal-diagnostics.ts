import {
  CodeAction,
  CodeActionKind,
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  languages,
  l10n,
  Location,
  Uri,
  workspace,
  type CodeActionProvider,
  type DiagnosticCollection,
  type Disposable,
  type Range,
  type TextDocument,
} from 'vscode';
import type {FileRange} from '../../core/migrations/plan.ts';
import type {Failure} from '../../core/outcome.ts';
import type {RehearsalReport, ReplayStop, StepRehearsal} from '../../core/rehearse/report.ts';
import type {CommandId} from '../commands/commands.ts';
import {DisposableStore} from '../disposables.ts';
import {rangeOf} from '../migrations/run-diagnostics.ts';

/** What rehearsals found, in the files, until a file is changed or rehearsed anew. */
export class RehearsalDiagnostics implements Disposable {
  readonly #store = new DisposableStore();
  readonly #collection = this.#store.add(languages.createDiagnosticCollection('howdah-rehearsal'));

  constructor() {
    // Files that no editor has open are changed as well: by a branch switch, by another program.
    const files = this.#store.add(workspace.createFileSystemWatcher('**/*.sql', true, false, false));
    for (const on of [files.onDidChange, files.onDidDelete]) {
      this.#store.add(on(uri => this.#collection.delete(uri)));
    }
    this.#store.add(languages.registerCodeActionsProvider({scheme: 'file'}, new ToReport(this.#collection)));
    this.#store.add(
      workspace.onDidChangeTextDocument(({document, contentChanges}) => {
        if (contentChanges.length > 0) this.#collection.delete(document.uri);
      }),
    );
  }

  /** Takes the place of what an earlier rehearsal found in the same files. */
  show({steps, version}: RehearsalReport): void {
    for (const step of steps.filter(({verdict}) => verdict !== 'not-run')) {
      const found = [...failureOf(step), ...undoOf(step), ...lossesOf(step)];
      for (const path of [step.migration.up, step.migration.down]) {
        if (path === undefined) continue;
        const own = found.filter(each => each.path === path).map(({diagnostic}) => diagnostic);
        for (const diagnostic of own) diagnostic.source = `Howdah · PostgreSQL ${version}`;
        this.#collection.set(Uri.file(path), own);
      }
    }
  }

  /** A file of the history that does not run. What only the embedded server lacks is no fault of the file. */
  showStop({migration, failure, at, cause}: ReplayStop): void {
    if (cause !== 'sql') return;
    const path = at?.path ?? migration.up;
    if (path === undefined) return;
    const {diagnostic} = errorAt(path, at, failure);
    diagnostic.source = 'Howdah';
    this.#collection.set(Uri.file(path), [diagnostic]);
  }

  dispose(): void {
    this.#store.dispose();
  }
}

/** Leads from a problem to the report that it is from. */
class ToReport implements CodeActionProvider {
  readonly #collection: DiagnosticCollection;

  constructor(collection: DiagnosticCollection) {
    this.#collection = collection;
  }

  provideCodeActions({uri}: TextDocument, range: Range): CodeAction[] {
    const here = (this.#collection.get(uri) ?? []).filter(each => each.range.intersection(range));
    if (here.length === 0) return [];
    const command: CommandId = 'howdah.rehearse.migration';
    const title = l10n.t('Show the rehearsal of this migration');
    const action = new CodeAction(title, CodeActionKind.QuickFix);
    action.command = {command, title, arguments: [uri]};
    action.diagnostics = here;
    return [action];
  }
}

interface Found {
  readonly path: string;
  readonly diagnostic: Diagnostic;
}

function failureOf({failure, migration}: StepRehearsal): readonly Found[] {
  const path = failure?.at?.path ?? migration.up;
  return failure && path !== undefined ? [errorAt(path, failure.at, failure.failure)] : [];
}

function undoOf({undo, migration}: StepRehearsal): readonly Found[] {
  const {down} = migration;
  if (down === undefined) return [];
  if (undo.kind === 'fails') {
    const path = undo.at?.path ?? down;
    const found = errorAt(path, undo.at, undo.failure);
    found.diagnostic.message =
      undo.phase === 'down'
        ? l10n.t('Rolling back fails: {0}', found.diagnostic.message)
        : l10n.t('After rolling back, applying fails: {0}', found.diagnostic.message);
    return [found];
  }
  if (undo.kind !== 'differs') return [];
  return undo.differences.map(({words, at, grade}) => {
    const severity = grade === 'low' ? DiagnosticSeverity.Hint : DiagnosticSeverity.Warning;
    return {path: at?.path ?? down, diagnostic: new Diagnostic(rangeOf(at), words, severity)};
  });
}

function lossesOf({dataLoss, migration}: StepRehearsal): readonly Found[] {
  return dataLoss.flatMap(({direction, what, at}) => {
    const path = at?.path ?? migration[direction];
    if (path === undefined) return [];
    const message =
      direction === 'up'
        ? l10n.t('Applying deletes data: {0}', what)
        : l10n.t('Rolling back deletes data: {0}', what);
    return [{path, diagnostic: new Diagnostic(rangeOf(at), message, DiagnosticSeverity.Hint)}];
  });
}

function errorAt(path: string, at: FileRange | undefined, {message, server}: Failure): Found {
  const lines = [server?.message ?? message, server?.detail, server?.hint].filter(Boolean);
  const diagnostic = new Diagnostic(rangeOf(at), lines.join('\n'), DiagnosticSeverity.Error);
  if (server) diagnostic.code = server.sqlState;
  if (server?.where) {
    const place = new Location(Uri.file(path), diagnostic.range);
    diagnostic.relatedInformation = [
      new DiagnosticRelatedInformation(place, l10n.t('Where: {0}', server.where)),
    ];
  }
  return {path, diagnostic};
}
