import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  languages,
  l10n,
  Location,
  Range,
  Uri,
  workspace,
} from 'vscode';
import type {FileRange, Stopped} from '../../core/migrations/plan.ts';
import {DisposableStore} from '../disposables.ts';

/** The error of the last run, at its exact token in the file, until the file is edited or runs through. */
export class RunDiagnostics {
  readonly #disposables = new DisposableStore();
  readonly #collection = this.#disposables.add(languages.createDiagnosticCollection('howdah'));

  constructor() {
    this.#disposables.add(
      workspace.onDidChangeTextDocument(({document, contentChanges}) => {
        if (contentChanges.length > 0) this.#collection.delete(document.uri);
      }),
    );
  }

  /** Shows why a run stopped; `target` names the connection it ran on. */
  show(stopped: Stopped, target: string): void {
    const path = stopped.at?.path ?? stopped.step.path;
    if (path === undefined) return;
    const uri = Uri.file(path);
    const {server, message} = stopped.failure;
    const lines = [server?.message ?? message, server?.detail, server?.hint].filter(Boolean);
    const diagnostic = new Diagnostic(rangeOf(stopped.at), lines.join('\n'), DiagnosticSeverity.Error);
    diagnostic.source = `Howdah · ${target}`;
    if (server) diagnostic.code = server.sqlState;
    if (server?.where) {
      diagnostic.relatedInformation = [
        new DiagnosticRelatedInformation(
          new Location(uri, diagnostic.range),
          l10n.t('Where: {0}', server.where),
        ),
      ];
    }
    this.#collection.set(uri, [diagnostic]);
  }

  /** Takes the error off files that ran through. */
  clear(paths: readonly string[]): void {
    for (const path of paths) this.#collection.delete(Uri.file(path));
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}

/** @returns the editor's range of a place in a file; the first line where there is none. */
export function rangeOf(at: FileRange | undefined): Range {
  if (!at) return new Range(0, 0, 0, Number.MAX_SAFE_INTEGER);
  return new Range(at.start.line, at.start.column, at.end.line, at.end.column);
}
