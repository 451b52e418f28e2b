import {Diagnostic, DiagnosticSeverity, languages, Range, workspace, type Disposable} from 'vscode';
import type {Failure} from '../../core/outcome.ts';
import {offsetOfPosition, type Span} from '../../core/sql/positions.ts';
import {tokenAt} from '../../core/sql/tokens.ts';
import {DisposableStore} from '../disposables.ts';
import type {StatementPlace} from './history-record.ts';
import {documentOf, rangeIn} from './statement-marks.ts';
import type {Subject} from './subject.ts';

/** What is wrong with a statement, at its token, until its document is edited or the statement is explained again. */
export class StatementDiagnostics implements Disposable {
  readonly #store = new DisposableStore();
  readonly #collection = this.#store.add(languages.createDiagnosticCollection('howdah.explain'));

  constructor() {
    this.#store.add(
      workspace.onDidChangeTextDocument(({document, contentChanges}) => {
        if (contentChanges.length > 0) this.#collection.delete(document.uri);
      }),
    );
  }

  /**
   * Shows a failure whose position the server gave.
   * @param span UTF-16 offsets in `place.original`
   * @param target the connection that said so; empty for the parser
   * @returns whether it could be shown
   */
  async show(place: StatementPlace, span: Span, failure: Failure, target: string): Promise<boolean> {
    const document = await documentOf(place);
    const range = document && rangeIn(document, place, span);
    if (!document || !range) return false;
    this.#collection.set(document.uri, [diagnosticOf(range, failure, target)]);
    return true;
  }

  async clear(place: StatementPlace | undefined): Promise<void> {
    const document = place && (await documentOf(place));
    if (document) this.#collection.delete(document.uri);
  }

  dispose(): void {
    this.#store.dispose();
  }
}

/** @returns the token in `place.original` that the server's position in the sent statement names. */
export function tokenOf({verdict, sql, toPlace}: Subject, failure: Failure): Span | undefined {
  const position = failure.server?.position;
  if (position === undefined) return undefined;
  const {start, end} = tokenAt(sql, offsetOfPosition(sql, position));
  const from = verdict.explained.start;
  const last = toPlace(from + Math.max(start, end - 1));
  return {start: toPlace(from + start), end: last + 1};
}

function diagnosticOf(range: Range, {message, server}: Failure, target: string): Diagnostic {
  const lines = [server?.message ?? message, server?.detail, server?.hint].filter(Boolean);
  const shown = range.isEmpty ? new Range(range.start, range.start.translate(0, 1)) : range;
  const diagnostic = new Diagnostic(shown, lines.join('\n'), DiagnosticSeverity.Error);
  diagnostic.source = target === '' ? 'Howdah' : `Howdah · ${target}`;
  if (server) diagnostic.code = server.sqlState;
  return diagnostic;
}
