import {readFile} from 'node:fs/promises';
import {createHistoryModel, type HistoryModel} from '../../core/lint/model/history.ts';
import type {ParseCache} from '../../core/lint/parse-cache.ts';
import type {ProjectFiles} from '../../core/lint/project-files.ts';
import type {Tool} from '../../core/lint/tools/tool.ts';
import {toolOfProject} from '../../core/lint/tools/tools.ts';
import {withoutByteOrderMark} from '../../core/sql/byte-order-mark.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Project, ProjectOptions} from '../../frameworks/framework.ts';
import {foldersOf} from '../../frameworks/folders-of.ts';
import {readArrivals} from '../../frameworks/git-arrivals.ts';
import {readEdits} from '../../frameworks/git-edits.ts';
import type {Reading} from '../status-now.ts';

/** A project's files in their order, with the schema that they lead to. */
export interface Series {
  readonly project: Project;
  readonly tool: Tool;
  readonly files: ProjectFiles;
  readonly model: HistoryModel;
  /** Absolute paths, each migration's up before its down. */
  readonly paths: readonly string[];
  readonly texts: ReadonlyMap<string, string>;
}

/** Where the bookkeeping is that says which files are applied. */
export interface Bookkeeper extends Reading {
  /** The connection's name. */
  readonly name: string;
  /** PostgreSQL's major version there. */
  readonly major: number;
}

/** Reads a project's files, and on a connection which of them are applied there. */
export async function readSeries(
  project: Project,
  options: ProjectOptions,
  {
    cache,
    now,
    bookkeeper,
  }: {readonly cache: ParseCache; readonly now: Date; readonly bookkeeper?: Bookkeeper},
): Promise<Outcome<Series>> {
  const history = await project.list();
  if (!history.ok) return history;
  const [edits, arrivals, freeLabel] = await Promise.all([
    Promise.all(foldersOf(project).map(readEdits)),
    readArrivals(project.folder),
    project.nextLabel(now),
  ]);
  const {session, environment} = bookkeeper ?? {};
  const hints = {arrivals, ...(environment ? {environment} : {})};
  const status = session && (await project.status(session, options, hints));
  if (status && !status.ok) return status;
  const tool = toolOfProject(project.framework, options);
  const model = createHistoryModel(cache, bookkeeper ? {major: bookkeeper.major} : {});
  const ups = history.value.migrations.flatMap(({id, up}) => (up === undefined ? [] : [{id, path: up}]));
  const duplicates = history.value.problems.flatMap(({kind, paths}) =>
    kind === 'duplicate-version' ? paths : [],
  );
  const listed = history.value.migrations.flatMap(({up, down}) => [up, down].flatMap(path => path ?? []));
  const paths = [...new Set([...listed, ...duplicates])];
  const texts = await readTexts(paths);
  model.set(ups.map(file => ({...file, tool, text: texts.get(file.path) ?? ''})));
  return ok({
    project,
    tool,
    model,
    paths,
    texts,
    files: {
      history: history.value,
      edited: new Set(edits.flatMap(each => [...each])),
      arrivals,
      ...(freeLabel === undefined ? {} : {freeLabel}),
      ...(status && bookkeeper ? {status: status.value, target: bookkeeper.name} : {}),
    },
  });
}

/** How many files are open at once: systems have limits. */
const atOnce = 64;

async function readTexts(paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (let from = 0; from < paths.length; from += atOnce)
    await Promise.all(
      paths.slice(from, from + atOnce).map(async path => void texts.set(path, await readText(path))),
    );
  return texts;
}

/** @returns empty for what cannot be read: whoever reads the file for itself is told */
export function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').then(withoutByteOrderMark, () => '');
}
