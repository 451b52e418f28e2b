import {breather} from '../engine/breather.ts';
import {inDocument, type WholePassage} from '../engine/read.ts';
import type {HistoryFile} from '../model/history.ts';
import type {Model} from '../model/model.ts';
import type {Made} from '../model/schema.ts';
import type {StatementAt} from '../parse-cache.ts';
import type {ToolDocument} from '../tools/tool.ts';
import type {NavigateRequest, Place} from './request.ts';
import {identityOf, thingsNamed, type Thing} from './things.ts';
import {thingAt} from './under-cursor.ts';
import {tokensOf} from './walk/reader.ts';
import {namesIn} from './walk/statement.ts';

export interface ReferencesOptions {
  /** Also where it was made. */
  readonly withDefinition?: boolean;
  /** Files that take migrations back, each with the path of the migration's own file. */
  readonly downs?: readonly {readonly path: string; readonly text: string; readonly up: string}[];
}

/**
 * @returns all places that name what is under the cursor, under any name that it ever had, in the order of the history
 */
export async function referencesAt(
  request: NavigateRequest,
  {withDefinition = false, downs = []}: ReferencesOptions = {},
): Promise<readonly Place[]> {
  const found = await thingAt(request);
  if (!found) return [];
  const {history, document, tool, breathing = {}} = request;
  const search = new Search(found.thing, firstName(found.thing, [...history.files, document]));
  const first = history.files[0];
  const model = first ? await history.before(first.path, breathing) : await history.last(breathing);
  const breathe = breather(breathing);
  const isListed =
    history.files.some(({path}) => path === document.path) || downs.some(({path}) => path === document.path);
  const own: readonly HistoryFile[] = isListed ? [] : [{...document, tool, id: ''}];
  for (const file of [...history.files, ...own]) {
    const passages = await history.read(file, file.tool, breathing);
    model.beginFile();
    for (const passage of inOrder(passages)) search.through(model, passage, file);
    for (const down of downs.filter(({up}) => up === file.path)) {
      const copy = model.fork();
      for (const passage of await history.read(down, file.tool, breathing))
        search.through(copy, passage, {path: down.path, id: file.id});
    }
    if (!(await breathe())) break;
  }
  const {made} = found.thing;
  const isDefinition = (place: Place): boolean => place.path === made?.path && place.start === made.start;
  return withDefinition ? search.places : search.places.filter(place => !isDefinition(place));
}

/** @returns what stands where it is made */
function firstName({made}: Thing, documents: readonly ToolDocument[]): string | undefined {
  const text = documents.find(({path}) => path === made?.path)?.text.slice(made?.start, made?.end);
  return text && tokensOf(text).findLast(({isName}) => isName)?.name;
}

/** Up before down, as it is applied and taken back. */
function inOrder(passages: readonly WholePassage[]): readonly WholePassage[] {
  const isUp = ({passage}: WholePassage): boolean => passage.direction === 'up';
  return [...passages.filter(isUp), ...passages.filter(each => !isUp(each))];
}

class Search {
  readonly places: Place[] = [];
  readonly #identity: string;
  /** What it is called under the cursor, what it was called first, and what it was renamed to so far. */
  readonly #names: Set<string>;

  constructor(thing: Thing, first: string | undefined) {
    this.#identity = identityOf(thing);
    this.#names = new Set([lastPart(thing.name), ...(first === undefined ? [] : [first])]);
  }

  /** Applies the statements of a passage, and looks for names in them. */
  through(model: Model, passage: WholePassage, place: {readonly path: string; readonly id: string}): void {
    const isDown = passage.passage.direction === 'down';
    const changed = isDown ? model.fork() : model;
    for (const each of passage.statements) {
      const made = (span: {readonly start: number; readonly end: number}): Made => ({
        ...inDocument(passage.passage, each.start + span.start, each.start + span.end),
        ...place,
      });
      const isNaming = this.#isNaming(each);
      const before = isNaming ? changed.fork() : changed;
      changed.apply(each.statement, made);
      if (isNaming) this.#look(before, changed, each, made);
    }
  }

  /** Names are compared without quotes and case first, because that is quick. */
  #isNaming({statement: {sql, kind}}: StatementAt): boolean {
    if (kind === 'RenameStmt') return true;
    const text = sql.toLowerCase();
    return [...this.#names].some(name => text.includes(name.toLowerCase().replaceAll('"', '""')));
  }

  #look(
    before: Model,
    after: Model,
    {statement}: StatementAt,
    made: (span: {readonly start: number; readonly end: number}) => Made,
  ): void {
    for (const named of namesIn(tokensOf(statement.sql))) {
      const things = [before, after].flatMap(model => thingsNamed(model, named));
      const same = things.filter(({thing}) => identityOf(thing) === this.#identity);
      for (const {thing} of same) this.#names.add(lastPart(thing.name));
      const starts = new Set<number>();
      for (const {at} of same) {
        if (starts.has(at.start)) continue;
        starts.add(at.start);
        this.places.push(made(at));
      }
    }
  }
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
