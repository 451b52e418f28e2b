import {basename} from 'node:path';
import {setImmediate} from 'node:timers/promises';
import {
  CompletionItem,
  CompletionItemKind,
  Hover,
  l10n,
  languages,
  Location,
  MarkdownString,
  Uri,
  type CancellationToken,
  type Disposable,
  type Position,
  type ReferenceContext,
  type TextDocument,
} from 'vscode';
import type {HistoryModel} from '../../core/lint/model/history.ts';
import {complete, type CompletionItem as Completion} from '../../core/lint/navigate/complete.ts';
import {definitionAt} from '../../core/lint/navigate/definition.ts';
import {hoverAt} from '../../core/lint/navigate/hover.ts';
import {referencesAt} from '../../core/lint/navigate/references.ts';
import type {NavigateRequest, Place, ThingKind} from '../../core/lint/navigate/request.ts';
import type {ProjectFiles} from '../../core/lint/project-files.ts';
import {DisposableStore} from '../disposables.ts';
import {isWanted, migrationFiles} from './lint-documents.ts';
import type {LintHome} from './lint-home.ts';
import {placesIn} from './places.ts';
import {plainWords} from './plain-words.ts';
import {textOf} from './text-of.ts';

/** Names of the schema in migrations: what they are, where they come from, who uses them, and which there are. */
export class Navigation implements Disposable {
  readonly #store = new DisposableStore();
  readonly #home: LintHome;

  constructor(home: LintHome) {
    this.#home = home;
    const files = {scheme: 'file', pattern: migrationFiles};
    this.#store.add(
      languages.registerHoverProvider(files, {
        provideHover: (document, position, token) => this.#hover(document, position, token),
      }),
    );
    this.#store.add(
      languages.registerDefinitionProvider(files, {
        provideDefinition: (document, position, token) => this.#definition(document, position, token),
      }),
    );
    this.#store.add(
      languages.registerReferenceProvider(files, {
        provideReferences: (document, position, context, token) =>
          this.#references(document, position, context, token),
      }),
    );
    this.#store.add(
      languages.registerCompletionItemProvider(
        files,
        {
          provideCompletionItems: (document, position, token) => this.#complete(document, position, token),
        },
        '.',
        '"',
      ),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #hover(
    document: TextDocument,
    position: Position,
    token: CancellationToken,
  ): Promise<Hover | undefined> {
    const found = await this.#ask(document, position, token, request => hoverAt(request));
    if (!found) return undefined;
    const words = new MarkdownString();
    words.appendCodeblock(found.definition, 'sql');
    const changed = found.changed && found.changed.path !== found.made?.path ? found.changed : undefined;
    await appendPlace(words, l10n.t('Made in'), found.made);
    await appendPlace(words, l10n.t('Changed last in'), changed);
    return new Hover(words, placesIn(document.getText())(found.span));
  }

  async #definition(
    document: TextDocument,
    position: Position,
    token: CancellationToken,
  ): Promise<Location | undefined> {
    const place = await this.#ask(document, position, token, request => definitionAt(request));
    return place && locationOf(place);
  }

  async #references(
    document: TextDocument,
    position: Position,
    {includeDeclaration}: ReferenceContext,
    token: CancellationToken,
  ): Promise<Location[]> {
    const places = await this.#ask(document, position, token, async (request, files) =>
      referencesAt(request, {withDefinition: includeDeclaration, downs: await downsOf(files)}),
    );
    return Promise.all((places ?? []).map(place => locationOf(place)));
  }

  async #complete(
    document: TextDocument,
    position: Position,
    token: CancellationToken,
  ): Promise<CompletionItem[]> {
    const items = await this.#ask(document, position, token, request => complete(request));
    const placeOf = placesIn(document.getText());
    return (items ?? []).map(item => itemOf(item, placeOf));
  }

  /** Asks about a place of a document, as the schema is there. Files without a series stand for themselves. */
  async #ask<T>(
    document: TextDocument,
    position: Position,
    token: CancellationToken,
    question: (request: NavigateRequest, files?: ProjectFiles) => Promise<T>,
  ): Promise<T | undefined> {
    const {series: all, parts, alone} = this.#home;
    if (!isWanted(document, parts.projects)) return undefined;
    const path = document.uri.fsPath;
    const about = {document: {path, text: document.getText()}, offset: document.offsetAt(position)};
    const owner = all.owner(path, about.document.text);
    if (!owner || token.isCancellationRequested) return undefined;
    const {tool, series} = owner;
    const breathing = {pause: () => setImmediate(), now: () => performance.now()};
    const ask = (history: HistoryModel, up?: string, files?: ProjectFiles): Promise<T> =>
      question({...about, tool, history, breathing, ...(up === undefined ? {} : {up})}, files);
    if (!series) return ask(alone);
    const place = await series.place(path);
    const up = place?.direction === 'down' ? place.migration?.up : undefined;
    return series.withModel(async (model, files) =>
      token.isCancellationRequested ? undefined : ask(model, up, files),
    );
  }
}

async function downsOf(
  files: ProjectFiles | undefined,
): Promise<readonly {readonly path: string; readonly text: string; readonly up: string}[]> {
  const pairs = (files?.history.migrations ?? []).flatMap(({up, down}) =>
    up === undefined || down === undefined ? [] : [{up, path: down}],
  );
  return Promise.all(pairs.map(async pair => ({...pair, text: await textOf(pair.path)})));
}

async function locationOf({path, ...span}: Place): Promise<Location> {
  return new Location(Uri.file(path), placesIn(await textOf(path))(span));
}

async function appendPlace(words: MarkdownString, text: string, place: Place | undefined): Promise<void> {
  if (!place) return;
  const {uri, range} = await locationOf(place);
  const link = uri.with({fragment: `L${range.start.line + 1}`}).toString();
  words.appendMarkdown(`\n\n${plainWords(text)} [${plainWords(basename(place.path))}](${link})`);
}

const kinds: Readonly<Record<ThingKind, CompletionItemKind>> = {
  table: CompletionItemKind.Struct,
  view: CompletionItemKind.Interface,
  'materialized view': CompletionItemKind.Interface,
  column: CompletionItemKind.Field,
  constraint: CompletionItemKind.Constant,
  index: CompletionItemKind.Reference,
  type: CompletionItemKind.TypeParameter,
  'enum value': CompletionItemKind.EnumMember,
  function: CompletionItemKind.Function,
  trigger: CompletionItemKind.Event,
  policy: CompletionItemKind.Property,
  sequence: CompletionItemKind.Value,
  schema: CompletionItemKind.Module,
  keyword: CompletionItemKind.Keyword,
};

function itemOf(completion: Completion, placeOf: ReturnType<typeof placesIn>): CompletionItem {
  const {label, kind, detail, insert, replaces, order} = completion;
  const item = new CompletionItem({label, description: detail}, kinds[kind]);
  item.insertText = insert;
  item.range = placeOf(replaces);
  item.sortText = `${order} ${label}`;
  // A name in quotes is found by what was typed of it, with its quote or without.
  item.filterText = insert;
  return item;
}
