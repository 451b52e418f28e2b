import {Uri, type Disposable} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {HistoryModel} from '../../core/lint/model/history.ts';
import type {ProjectFiles} from '../../core/lint/project-files.ts';
import type {Tool} from '../../core/lint/tools/tool.ts';
import {toolOf, toolOfProject} from '../../core/lint/tools/tools.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {foldersOf} from '../../frameworks/folders-of.ts';
import type {Project} from '../../frameworks/framework.ts';
import {DisposableStore} from '../disposables.ts';
import type {Parts} from '../parts.ts';
import {projectOptions} from '../settings.ts';
import {FileSeries, type SeriesSource} from './file-series.ts';
import {folderOfFile, sourceOfFolder} from './folder-series.ts';
import {GitFacts} from './git-facts.ts';

/** A file's tool and, where its place among others is known, the series that it belongs to. */
export interface Owner {
  readonly tool: Tool;
  readonly series?: FileSeries;
}

/** The series of the workspace: one for each project, and one for each folder of a tool that no project owns. */
export class SeriesStore implements Disposable {
  readonly #parts: Parts;
  readonly #parser: Parser;
  readonly #createModel: () => HistoryModel;
  readonly #target: () => Connection | undefined;
  readonly #series = new Map<string, FileSeries>();
  readonly #store = new DisposableStore();
  readonly #git: GitFacts;

  /** @param target the connection whose bookkeeping counts */
  constructor(
    parts: Parts,
    parser: Parser,
    createModel: () => HistoryModel,
    target: () => Connection | undefined,
  ) {
    this.#parts = parts;
    this.#parser = parser;
    this.#createModel = createModel;
    this.#target = target;
    this.#git = this.#store.add(new GitFacts(parts.projects));
  }

  /** Calls `listener` when what is known of files may have changed, but for their texts. */
  onDidChange(listener: () => void): Disposable {
    const outdated = (): void => {
      for (const series of this.#series.values()) series.outdate();
      listener();
    };
    const store = new DisposableStore();
    const {projects, statuses, connections} = this.#parts;
    for (const {onDidChange} of [projects, statuses, connections, this.#git])
      store.add(onDidChange(outdated));
    return store;
  }

  /** @returns nothing for a file that is no migration */
  owner(path: string, text: string): Owner | undefined {
    const project = this.#parts.projects.file(Uri.file(path))?.project;
    if (project) {
      const series = this.ofProject(project);
      return {tool: series.tool, series};
    }
    const tool = toolOf({path, text});
    if (!tool) return undefined;
    const series = this.#ofFolder(path, tool);
    return {tool, ...(series ? {series} : {})};
  }

  ofProject(project: Project): FileSeries {
    const tool = toolOfProject(project.framework, projectOptions({}, Uri.file(project.folder)));
    return this.#keep(tool.isCut ? `${project.id} in pieces` : project.id, () =>
      this.#sourceOf(project, tool),
    );
  }

  dispose(): void {
    for (const series of this.#series.values()) series.dispose();
    this.#store.dispose();
  }

  /** As long as no project is found, and in a workspace that is not trusted, a folder is what its files say. */
  #ofFolder(path: string, tool: Tool): FileSeries | undefined {
    const folder = folderOfFile(tool.id, path);
    if (folder === undefined) return undefined;
    return this.#keep(`${tool.id} in ${folder}`, () => sourceOfFolder(folder, tool, this.#parser));
  }

  #keep(key: string, source: () => SeriesSource): FileSeries {
    const known = this.#series.get(key);
    if (known) return known;
    const series = new FileSeries(source(), this.#createModel());
    this.#series.set(key, series);
    return series;
  }

  #sourceOf(project: Project, tool: Tool): SeriesSource {
    return {
      folders: foldersOf(project),
      tool,
      read: () => this.#read(project),
      draft: requests => project.draft(requests),
    };
  }

  async #read(project: Project): Promise<ProjectFiles> {
    const {projects, statuses} = this.#parts;
    const freeLabel = await project.nextLabel(new Date());
    const target = this.#target();
    const status = target && statuses.get(target, project);
    return {
      history: projects.history(project) ?? {migrations: [], problems: []},
      ...this.#git.of(project),
      ...(target && status ? {status, target: target.name} : {}),
      ...(freeLabel === undefined ? {} : {freeLabel}),
    };
  }
}
