import type {Span} from '../../sql/positions.ts';
import type {Model} from '../model/model.ts';
import type {Made, SchemaModel} from '../model/schema.ts';
import type {LintStatement} from '../statement.ts';
import type {Site, View} from './view.ts';

/** Statements that leave the schema as it is. */
const inert = new Set([
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
  'CopyStmt',
  'CommentStmt',
  'GrantStmt',
  'VacuumStmt',
  'LockStmt',
  'ExplainStmt',
]);

/** What was applied, and the schema that it led to, which nothing changes any more. */
interface Step {
  readonly site: Site;
  readonly path: string;
  readonly id: string;
  readonly after: SchemaModel;
}

interface Timeline {
  readonly begin: SchemaModel;
  readonly steps: readonly Step[];
}

/** Of the last file that began with a schema: whoever writes in it leaves what stands before as it was. */
const kept = new WeakMap<SchemaModel, Timeline>();

/** @returns the schema at the beginning, and what gives the one after the first statement of a view, after the second, and so on */
export function timelineOf(
  view: View,
  before: SchemaModel,
): {readonly begin: SchemaModel; readonly next: () => SchemaModel} {
  const known = kept.get(before);
  const begin = known?.begin ?? inNewSession(before);
  const steps: Step[] = [];
  kept.set(before, {begin, steps});
  const {path, history} = view.file;
  const id = history.id ?? '';
  let isKnown = known !== undefined;
  const next = (): SchemaModel => {
    const now = steps.at(-1)?.after ?? begin;
    const site = view.sites[steps.length];
    if (!site) return now;
    const step = known?.steps[steps.length];
    isKnown &&= step?.path === path && step.id === id && isAlike(step.site, site);
    const after = isKnown && step ? step.after : passed(now, site.placed.statement, madeAt(site, path, id));
    steps.push({site, path, id, after});
    return after;
  };
  return {begin, next};
}

/** The same statement at the same place; only in a program can the text around it move a part of it. */
function isAlike({placed: one}: Site, {placed: other}: Site): boolean {
  return (
    one.statement === other.statement &&
    one.span.start === other.span.start &&
    one.span.end === other.span.end &&
    one.passage.verbatim &&
    other.passage.verbatim
  );
}

function madeAt({toDocument}: Site, path: string, id: string): (span: Span) => Made {
  return ({start, end}) => ({...toDocument(start, end), path, id});
}

/** @returns the schema after a statement; the one before stays as it is */
export function passed(
  before: SchemaModel,
  statement: LintStatement,
  made: (span: Span) => Made,
): SchemaModel {
  if (inert.has(statement.kind) || !isChanging(before)) return before;
  const after = before.fork();
  after.apply(statement, made);
  return after;
}

export function inNewSession(before: SchemaModel): SchemaModel {
  if (!isChanging(before)) return before;
  const model = before.fork();
  model.beginFile();
  return model;
}

function isChanging(model: SchemaModel): model is Model {
  return 'fork' in model && 'apply' in model;
}
