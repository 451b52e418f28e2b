import {
  commands,
  languages,
  Uri,
  window,
  workspace,
  type TextDocumentContentProvider,
  type ViewColumn,
} from 'vscode';
import {DisposableStore} from '../disposables.ts';

const scheme = 'howdah';

/** Read-only documents with text that a command made: definitions, rows, the SQL of a plan. */
export class TextDocuments implements TextDocumentContentProvider {
  readonly #disposables = new DisposableStore();
  readonly #texts = new Map<string, string>();
  readonly #previewed = new Set<string>();
  #made = 0;

  constructor() {
    this.#disposables.add(workspace.registerTextDocumentContentProvider(scheme, this));
    this.#disposables.add(
      workspace.onDidCloseTextDocument(document => {
        const key = document.uri.toString();
        // A preview is no editor: its document is closed after a while, and read again when the tab comes back.
        if (!this.#previewed.has(key)) this.#texts.delete(key);
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
    const document = await workspace.openTextDocument(this.#add(name, text));
    await languages.setTextDocumentLanguage(document, language);
    await window.showTextDocument(document, {
      preview: true,
      ...(viewColumn === undefined ? {} : {viewColumn}),
    });
  }

  /**
   * Shows Markdown as it is meant to be read.
   * @param name the tab's title behind `[Preview]`, such as `Report.md`
   */
  async preview(name: string, text: string): Promise<void> {
    const uri = this.#add(name, text);
    this.#previewed.add(uri.toString());
    // Locked: another file of Markdown does not take its place.
    await commands.executeCommand('markdown.showPreview', uri, undefined, {locked: true});
  }

  #add(name: string, text: string): Uri {
    this.#made += 1;
    const uri = Uri.from({scheme, path: `/${this.#made}/${name.replaceAll('/', '∕')}`});
    this.#texts.set(uri.toString(), text);
    return uri;
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
