import {basename} from 'node:path';
import {l10n, languages, window, type Disposable} from 'vscode';
import type {ExplainMode} from '../../core/explain/origin.ts';
import type {Handler, Handlers} from '../commands/commands.ts';
import {DisposableStore} from '../disposables.ts';
import type {Parts} from '../parts.ts';
import {ExplainCodeLenses} from './code-lenses.ts';
import type {ExplainService} from './explain-service.ts';
import {AskedStatement, relationOf, selectedText, sqlLanguages} from './explain-source.ts';
import {explainViewType} from './explain-view-type.ts';

/** Plans of statements. What they need is loaded with the first one, so that starting the extension stays cheap. */
export class Explain implements Disposable {
  readonly #parts: Parts;
  readonly #store = new DisposableStore();
  #service: Promise<ExplainService> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    const lenses = this.#store.add(new ExplainCodeLenses(parts.projects));
    const selector = sqlLanguages.map(language => ({language}));
    this.#store.add(languages.registerCodeLensProvider(selector, lenses));
    this.#store.add(
      window.registerWebviewPanelSerializer(explainViewType, {
        deserializeWebviewPanel: async (panel, state) => (await this.#load()).restore(panel, state),
      }),
    );
  }

  /** @returns the handlers of all commands on plans. */
  commands(): Handlers<'explain'> {
    const withService =
      (act: (service: ExplainService) => Promise<void>): Handler =>
      async () =>
        act(await this.#load());
    return {
      'howdah.explain.plan': this.#explaining('explain'),
      'howdah.explain.analyze': this.#explaining('analyze'),
      'howdah.explain.generic': this.#explaining('generic'),
      'howdah.explain.select': async argument => {
        const relation = relationOf(argument);
        if (relation) await (await this.#load()).explainRelation(relation);
      },
      'howdah.explain.statement': async argument => {
        if (argument instanceof AskedStatement) await (await this.#load()).explainStatement(argument);
      },
      'howdah.explain.openFile': withService(service => service.openFile()),
      'howdah.explain.openClipboard': withService(service => service.openClipboard()),
      'howdah.explain.openText': async () => {
        const editor = window.activeTextEditor;
        if (!editor) return;
        const {document, selection} = editor;
        const text = document.getText(selection.isEmpty ? undefined : selection);
        await (await this.#load()).openText(basename(document.uri.path), text);
      },
      'howdah.explain.history': withService(service => service.showHistory()),
      'howdah.explain.clearHistory': withService(service => service.clearHistory()),
    };
  }

  dispose(): void {
    this.#store.dispose();
    void this.#service?.then(service => service.dispose());
  }

  /** What is selected is read before anything else: the user may click elsewhere meanwhile. */
  #explaining(mode: ExplainMode): Handler {
    return async argument => {
      const selected = selectedText(argument);
      if (selected) return (await this.#load()).explain(selected, mode);
      void window.showInformationMessage(
        l10n.t('Put the cursor into a statement of an SQL file, or select SQL in any other file.'),
      );
    };
  }

  #load(): Promise<ExplainService> {
    this.#service ??= import('./explain-service.ts').then(
      ({ExplainService}) => new ExplainService(this.#parts),
    );
    return this.#service;
  }
}
