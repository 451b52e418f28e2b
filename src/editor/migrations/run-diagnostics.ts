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

/** The error of the last run on each connection, at its exact token in the file, until the file is edited or runs through there. */
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
    diagnostic.source = sourceOf(target);
    if (server) diagnostic.code = server.sqlState;
    if (server?.where) {
      diagnostic.relatedInformation = [
        new DiagnosticRelatedInformation(
          new Location(uri, diagnostic.range),
          l10n.t('Where: {0}', server.where),
        ),
      ];
    }
    this.#collection.set(uri, [...this.#ofOthers(uri, target), diagnostic]);
  }

  /** Takes the error off files that ran through on `target`; what they did on other connections is as true as before. */
  clear(paths: readonly string[], target: string): void {
    for (const uri of paths.map(path => Uri.file(path)))
      if (this.#collection.has(uri)) this.#collection.set(uri, this.#ofOthers(uri, target));
  }

  #ofOthers(uri: Uri, target: string): readonly Diagnostic[] {
    return (this.#collection.get(uri) ?? []).filter(({source}) => source !== sourceOf(target));
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

function sourceOf(target: string): string {
  return `Howdah · ${target}`;
}
