import {languages, Uri, window, workspace, type TextDocumentContentProvider, type ViewColumn} from 'vscode';
import {DisposableStore} from '../disposables.ts';

const scheme = 'howdah';

/** Read-only documents with text that a command made: definitions, rows, the SQL of a plan. */
export class TextDocuments implements TextDocumentContentProvider {
  readonly #disposables = new DisposableStore();
  readonly #texts = new Map<string, string>();
  #made = 0;

  constructor() {
    this.#disposables.add(workspace.registerTextDocumentContentProvider(scheme, this));
    this.#disposables.add(
      workspace.onDidCloseTextDocument(document => {
        if (document.uri.scheme === scheme) this.#texts.delete(document.uri.toString());
      }),
    );
  }

  /**
   * Opens a text read-only.
   * @param name the tab's title, such as `orders.sql`
   * @param language a language id of the editor, such as `sql`
   * @param viewColumn where it is shown; in the active group unless told
   */
  async open(name: string, language: string, text: string, viewColumn?: ViewColumn): Promise<void> {
    this.#made += 1;
    const uri = Uri.from({scheme, path: `/${this.#made}/${name.replaceAll('/', '∕')}`});
    this.#texts.set(uri.toString(), text);
    const document = await workspace.openTextDocument(uri);
    await languages.setTextDocumentLanguage(document, language);
    await window.showTextDocument(document, {
      preview: true,
      ...(viewColumn === undefined ? {} : {viewColumn}),
    });
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
