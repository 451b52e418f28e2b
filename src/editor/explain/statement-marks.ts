import {
  DecorationRangeBehavior,
  OverviewRulerLane,
  Range,
  TextEditorRevealType,
  ThemeColor,
  Uri,
  ViewColumn,
  window,
  workspace,
  type Disposable,
  type TextDocument,
  type TextEditor,
} from 'vscode';
import type {Span} from '../../core/sql/positions.ts';
import {DisposableStore} from '../disposables.ts';
import type {StatementPlace} from './history-record.ts';
import {placeNow} from './subject.ts';

/** Marks the part of a statement that a node of its plan comes from; one mark at a time, in all editors of its file. */
export class StatementMarks implements Disposable {
  readonly #store = new DisposableStore();
  readonly #type = this.#store.add(
    window.createTextEditorDecorationType({
      backgroundColor: new ThemeColor('editor.findMatchHighlightBackground'),
      // High-contrast themes have borders where others have backgrounds.
      borderColor: new ThemeColor('editor.findMatchHighlightBorder'),
      borderStyle: 'solid',
      borderWidth: '1px',
      overviewRulerColor: new ThemeColor('editorOverviewRuler.findMatchForeground'),
      overviewRulerLane: OverviewRulerLane.Center,
      rangeBehavior: DecorationRangeBehavior.ClosedClosed,
    }),
  );
  #marked: {readonly document: TextDocument; readonly range: Range} | undefined;

  constructor() {
    this.#store.add(
      workspace.onDidChangeTextDocument(({document, contentChanges}) => {
        if (contentChanges.length > 0 && document === this.#marked?.document) this.clear();
      }),
    );
    this.#store.add(window.onDidChangeVisibleTextEditors(editors => this.#draw(editors)));
  }

  /**
   * Marks and reveals a part of the statement, and leaves the focus where it is. A document that is not in sight is
   * brought there only when the same part is asked for once more: whoever walks over a plan has put it away.
   * @param span UTF-16 offsets in `place.original`
   * @param panel the column of the panel that asks, which the editor must not cover
   * @returns false when the document is gone or the statement in it was changed
   */
  async mark(place: StatementPlace, span: Span, panel: ViewColumn | undefined): Promise<boolean> {
    const before = this.#marked;
    this.clear();
    const document = await documentOf(place);
    const range = document && rangeIn(document, place, span);
    if (!document || !range) return false;
    this.#marked = {document, range};
    const isAskedAgain = before?.document === document && before.range.isEqual(range);
    const editor = editorOf(document) ?? (isAskedAgain ? await showBeside(document, panel) : undefined);
    editor?.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
    this.#draw(window.visibleTextEditors);
    return true;
  }

  /** Opens the statement, with the cursor at `span` where one is given. */
  async open(place: StatementPlace, span?: Span, panel?: ViewColumn): Promise<boolean> {
    const document = await documentOf(place);
    if (!document) return false;
    const found = rangeIn(document, place, span ?? {start: 0, end: place.original.length});
    const viewColumn = editorOf(document)?.viewColumn ?? besideColumn(panel);
    await window.showTextDocument(document, {viewColumn, ...(found ? {selection: found} : {})});
    return found !== undefined;
  }

  clear(): void {
    this.#marked = undefined;
    this.#draw(window.visibleTextEditors);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #draw(editors: readonly TextEditor[]): void {
    for (const editor of editors) {
      const here = editor.document === this.#marked?.document;
      editor.setDecorations(this.#type, here && this.#marked ? [this.#marked.range] : []);
    }
  }
}

/** @returns the range of a part of a statement in its document as it is now. */
export function rangeIn(document: TextDocument, place: StatementPlace, span: Span): Range | undefined {
  const start = placeNow(document.getText(), place);
  if (start === undefined) return undefined;
  return new Range(document.positionAt(start + span.start), document.positionAt(start + span.end));
}

/** @returns the document, opened again where it is a file. */
export async function documentOf({uri}: StatementPlace): Promise<TextDocument | undefined> {
  const open = workspace.textDocuments.find(document => document.uri.toString() === uri);
  const parsed = Uri.parse(uri);
  if (open || parsed.scheme !== 'file') return open;
  try {
    return await workspace.openTextDocument(parsed);
  } catch {
    return undefined;
  }
}

function editorOf(document: TextDocument): TextEditor | undefined {
  return window.visibleTextEditors.find(editor => editor.document === document);
}

function showBeside(document: TextDocument, panel: ViewColumn | undefined): Thenable<TextEditor> {
  return window.showTextDocument(document, {viewColumn: besideColumn(panel), preserveFocus: true});
}

/** @returns a column in which nothing covers the panel. */
export function besideColumn(panel: ViewColumn | undefined): ViewColumn {
  return panel === ViewColumn.One ? ViewColumn.Two : ViewColumn.One;
}
