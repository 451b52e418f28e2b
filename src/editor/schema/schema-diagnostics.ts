import {Diagnostic, DiagnosticSeverity, languages, Uri, workspace, type Disposable} from 'vscode';
import type {Severity} from '../../core/schema/comparison.ts';
import {DisposableStore} from '../disposables.ts';
import {rangeOf} from '../migrations/run-diagnostics.ts';
import type {Compared} from './compared.ts';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
} as const satisfies Record<Severity, DiagnosticSeverity>;

/** Of one comparison: more than this in the Problems view helps nobody. */
const most = 1000;

/**
 * What differs, at the line of the migration that declares it, for as long as the comparison stands: until the next one,
 * or until the file is edited.
 */
export class SchemaDiagnostics implements Disposable {
  readonly #store = new DisposableStore();
  readonly #collection = this.#store.add(languages.createDiagnosticCollection('howdah.schema'));
  /** By subject, then by the file's path. */
  readonly #known = new Map<string, ReadonlyMap<string, readonly Diagnostic[]>>();

  constructor() {
    this.#store.add(
      workspace.onDidChangeTextDocument(({document, contentChanges}) => {
        if (contentChanges.length > 0) this.#forget(document.uri);
      }),
    );
  }

  /** @param key of the subject; `target` names its connection */
  show(key: string, target: string, {comparison, origins}: Compared): void {
    const files = new Map<string, Diagnostic[]>();
    for (const [index, difference] of comparison.differences.slice(0, most).entries()) {
      const at = origins[index]?.at;
      if (!at) continue;
      const diagnostic = new Diagnostic(
        rangeOf(at),
        `${target}: ${difference.words}`,
        severities[difference.severity],
      );
      diagnostic.source = 'howdah';
      diagnostic.code = difference.kind === 'changed' ? difference.attribute : difference.kind;
      files.set(at.path, [...(files.get(at.path) ?? []), diagnostic]);
    }
    this.clear(key);
    this.#known.set(key, files);
    this.#draw(files.keys());
  }

  clear(key: string): void {
    const files = this.#known.get(key);
    this.#known.delete(key);
    if (files) this.#draw(files.keys());
  }

  dispose(): void {
    this.#store.dispose();
  }

  #forget(uri: Uri): void {
    if (uri.scheme !== 'file') return;
    for (const [key, files] of this.#known) {
      if (files.has(uri.fsPath))
        this.#known.set(key, new Map([...files].filter(([path]) => path !== uri.fsPath)));
    }
    this.#collection.delete(uri);
  }

  #draw(paths: Iterable<string>): void {
    for (const path of paths) {
      const all = [...this.#known.values()].flatMap(files => files.get(path) ?? []);
      this.#collection.set(Uri.file(path), all);
    }
  }
}
