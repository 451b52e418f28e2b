import {breather, type Breathe, type Breathing} from '../engine/breather.ts';
import {inDocument, readDocument, type WholePassage} from '../engine/read.ts';
import type {Span} from '../../sql/positions.ts';
import type {ParseCache} from '../parse-cache.ts';
import type {Tool, ToolDocument} from '../tools/tool.ts';
import type {Made} from './schema.ts';
import {createModel, type Model, type ModelOptions} from './model.ts';

/** What applies a migration. */
export interface HistoryFile extends ToolDocument {
  /** Of the migration. */
  readonly id: string;
  readonly tool: Tool;
}

/** The schema at each point of a history. Models that it gives away may be changed by whoever gets them. */
export interface HistoryModel {
  /** @param files in the order in which they run; what did not change is not read again */
  set(files: readonly HistoryFile[]): void;
  /** As they were set. */
  readonly files: readonly HistoryFile[];
  /** @returns the schema when a file begins; of a path that is not in the history, the schema at its end */
  before(path: string, options?: Breathing): Promise<Model>;
  /** @returns as `before`, and the same object for as long as no file before it changes: it must not be changed */
  kept(path: string, options?: Breathing): Promise<Model>;
  /** @returns the schema at the end of the history */
  last(options?: Breathing): Promise<Model>;
  /** @returns the SQL of a document, parsed; what did not change since the last time is not parsed again */
  read(document: ToolDocument, tool: Tool, options?: Breathing): Promise<readonly WholePassage[]>;
}

/** Schemas are kept at every so many files: to reach one in between takes no longer than to read those. */
const step = 20;
/** How many of those that were asked for are kept beside. */
const recent = 4;

/**
 * @param cache what is parsed already
 * @param options what there is before the first file
 */
export function createHistoryModel(cache: ParseCache, options: ModelOptions = {}): HistoryModel {
  return new History(cache, options);
}

class History implements HistoryModel {
  readonly #cache: ParseCache;
  readonly #start: Model;
  files: readonly HistoryFile[] = [];
  /** Where in `files` a path is. */
  #places: ReadonlyMap<string, number> = new Map();
  /** The schema before the file of that number, at regular distances and where somebody asked. */
  #points = new Map<number, Model>();
  #asked: readonly number[] = [];

  constructor(cache: ParseCache, options: ModelOptions) {
    this.#cache = cache;
    this.#start = createModel(options);
  }

  set(files: readonly HistoryFile[]): void {
    const before = this.files;
    let same = 0;
    while (same < files.length && isSame(files[same], before[same])) same += 1;
    if (same === files.length && same === before.length) return;
    this.files = files;
    this.#places = new Map(files.map(({path}, index) => [path, index]));
    this.#points = new Map([...this.#points].filter(([index]) => index <= same));
  }

  async before(path: string, options: Breathing = {}): Promise<Model> {
    return (await this.kept(path, options)).fork();
  }

  kept(path: string, options: Breathing = {}): Promise<Model> {
    return this.#at(this.#places.get(path) ?? this.files.length, options);
  }

  async last(options: Breathing = {}): Promise<Model> {
    return (await this.#at(this.files.length, options)).fork();
  }

  read(document: ToolDocument, tool: Tool, options: Breathing = {}): Promise<readonly WholePassage[]> {
    return readDocument(document, tool, this.#cache, breather(options));
  }

  async #at(index: number, options: Breathing): Promise<Model> {
    const {files} = this;
    const points = this.#points;
    const kept = points.get(index);
    if (kept) {
      this.#remember(index, kept);
      return kept;
    }
    const nearest = Math.max(0, ...[...points.keys()].filter(each => each <= index));
    const model = (points.get(nearest) ?? this.#start).fork();
    // What somebody gives up halfway would be kept as if it were all.
    const {signal: _signal, ...patient} = options;
    const breathe = breather(patient);
    for (let at = nearest; at < index; at += 1) {
      // The files may be others by now: then these are the points of nobody.
      if (at % step === 0) points.set(at, model.fork());
      const file = files[at];
      if (file) await applyFile(model, file, this.#cache, breathe);
    }
    if (points === this.#points) this.#remember(index, model);
    return model;
  }

  #remember(index: number, model: Model): void {
    this.#points.set(index, model);
    this.#asked = [index, ...this.#asked.filter(each => each !== index)];
    for (const old of this.#asked.slice(recent)) if (old % step !== 0) this.#points.delete(old);
    this.#asked = this.#asked.slice(0, recent);
  }
}

function isSame(one: HistoryFile | undefined, other: HistoryFile | undefined): boolean {
  return (
    one?.path === other?.path &&
    one?.id === other?.id &&
    one?.tool === other?.tool &&
    one?.text === other?.text
  );
}

/** Statements that do not parse are passed over. */
async function applyFile(
  model: Model,
  file: HistoryFile,
  cache: ParseCache,
  breathe: Breathe,
): Promise<void> {
  model.beginFile();
  for (const passage of await readDocument(file, file.tool, cache, breathe))
    if (passage.passage.direction === 'up') await applyPassage(model, passage, file, breathe);
  model.beginFile();
}

async function applyPassage(
  model: Model,
  passage: WholePassage,
  place: Pick<HistoryFile, 'path' | 'id'>,
  breathe: Breathe,
): Promise<void> {
  for (const {statement, start} of passage.statements) {
    model.apply(statement, madeIn(passage, start, place));
    await breathe();
  }
}

/**
 * @param start of a statement, in its passage
 * @returns what turns a span of the statement into its place in the history
 */
export function madeIn(
  {passage}: WholePassage,
  start: number,
  {path, id}: Pick<HistoryFile, 'path' | 'id'>,
): (span: Span) => Made {
  return span => ({...inDocument(passage, start + span.start, start + span.end), path, id});
}
