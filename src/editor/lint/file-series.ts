import {sep} from 'node:path';
import {setImmediate} from 'node:timers/promises';
import {RelativePattern, Uri, workspace, type Disposable, type TextDocument} from 'vscode';
import type {HistoryModel} from '../../core/lint/model/history.ts';
import type {SchemaModel} from '../../core/lint/model/schema.ts';
import {placeOfFile, type FilePlace, type ProjectFiles} from '../../core/lint/project-files.ts';
import type {Tool} from '../../core/lint/tools/tool.ts';
import {fail} from '../../core/outcome.ts';
import {withoutByteOrderMark} from '../../core/sql/byte-order-mark.ts';
import type {Project} from '../../frameworks/framework.ts';
import {readFiles} from '../../frameworks/shared/read-files.ts';
import {DisposableStore} from '../disposables.ts';
import {textOnDisk} from './text-of.ts';

/** Where the files of a series are read from. */
export interface SeriesSource {
  /** All that hold its files, absolute. */
  readonly folders: readonly string[];
  readonly tool: Tool;
  /** The files as they are now, with what is known of them. */
  read(): Promise<ProjectFiles>;
  /** The files that new migrations would be; absent where that is for the tool to say. */
  readonly draft?: Project['draft'];
}

const options = {pause: () => setImmediate(), now: () => performance.now()};

/** The migrations of one folder in their order, and the schema that they lead to. Open documents count as they are. */
export class FileSeries implements Disposable {
  readonly tool: Tool;
  readonly #folders: readonly string[];
  readonly #store = new DisposableStore();
  readonly #source: SeriesSource;
  readonly #model: HistoryModel;
  /** As they are on disk, of documents that were not open. */
  readonly #texts = new Map<string, string>();
  #files: Promise<ProjectFiles> | undefined;
  /** The model is not of the files as they are now. */
  #isStale = true;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(source: SeriesSource, model: HistoryModel) {
    this.tool = source.tool;
    this.#folders = source.folders;
    this.#source = source;
    this.#model = model;
    for (const folder of source.folders) this.#watch(folder);
    const {onDidChangeTextDocument, onDidOpenTextDocument, onDidCloseTextDocument} = workspace;
    this.#store.add(onDidChangeTextDocument(({document}) => this.#edited(document)));
    for (const on of [onDidOpenTextDocument, onDidCloseTextDocument])
      this.#store.add(on(document => this.#edited(document)));
  }

  /** Some tools have folders in it. */
  #watch(folder: string): void {
    const pattern = new RelativePattern(Uri.file(folder), '**');
    const files = this.#store.add(workspace.createFileSystemWatcher(pattern));
    for (const on of [files.onDidCreate, files.onDidChange, files.onDidDelete])
      this.#store.add(
        on(({fsPath}) => {
          this.#texts.delete(fsPath);
          this.#isStale = true;
        }),
      );
    for (const on of [files.onDidCreate, files.onDidDelete]) this.#store.add(on(() => this.outdate()));
  }

  /** The files in their order, with what is known of them. */
  files(): Promise<ProjectFiles> {
    this.#files ??= this.#source.read();
    return this.#files;
  }

  /** What is known of the files is looked up again when it is needed. */
  outdate(): void {
    this.#files = undefined;
    this.#isStale = true;
  }

  /** The files that new migrations would be. Failures: as of a project, and `unsupported` where there is none. */
  readonly draft: Project['draft'] = async requests =>
    this.#source.draft?.(requests) ?? fail('unsupported', 'This tool makes its files itself.');

  /** @returns nothing for a path that is no file of the series */
  async place(path: string): Promise<FilePlace | undefined> {
    return placeOfFile(path, await this.files());
  }

  /** The schema before a migration is applied, and after the newest one. */
  schemas({migration}: FilePlace): Promise<{readonly before: SchemaModel; readonly last: SchemaModel}> {
    return this.withModel(async (model, {history: {migrations}}) => {
      const at = migrations.findIndex(({id}) => id === migration?.id);
      const up = at < 0 ? undefined : migrations.slice(at).find(each => each.up !== undefined)?.up;
      const last = await model.last(options);
      return {before: up === undefined ? last : await model.kept(up, options), last};
    });
  }

  /** Has others wait, because the model is of the documents as they are when `act` begins. */
  withModel<T>(act: (model: HistoryModel, files: ProjectFiles) => Promise<T>): Promise<T> {
    const turn = this.#turn.then(async () => act(this.#model, await this.#fill()));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #edited({uri}: TextDocument): void {
    if (this.#folders.some(folder => uri.fsPath.startsWith(folder + sep))) this.#isStale = true;
  }

  async #fill(): Promise<ProjectFiles> {
    const files = await this.files();
    if (!this.#isStale) return files;
    // Whatever changes while texts are read counts for the next time.
    this.#isStale = false;
    const open = new Map(workspace.textDocuments.map(document => [document.uri.fsPath, document]));
    const ups = files.history.migrations.flatMap(({id, up}) => (up === undefined ? [] : [{id, path: up}]));
    await this.#read(ups.map(({path}) => path).filter(path => !open.has(path) && !this.#texts.has(path)));
    const text = (path: string): string => open.get(path)?.getText() ?? this.#texts.get(path) ?? '';
    this.#model.set(ups.map(({id, path}) => ({id, path, tool: this.tool, text: text(path)})));
    return files;
  }

  async #read(paths: readonly string[]): Promise<void> {
    const keep = (path: string, text: string): void => void this.#texts.set(path, withoutByteOrderMark(text));
    await readFiles(
      paths,
      path => path,
      (path, read) => (read.ok ? keep(path, read.value) : textOnDisk(path).then(text => keep(path, text))),
    );
  }
}
