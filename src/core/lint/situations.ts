import type {QualifiedName} from '../sql/objects.ts';
import type {Breathe} from './engine/breather.ts';
import {askedKey} from './engine/facts.ts';
import {harmlessOn} from './engine/harmless.ts';
import {inNewSession, passed, timelineOf} from './engine/timeline.ts';
import type {View, Site} from './engine/view.ts';
import type {SchemaModel} from './model/schema.ts';
import type {Situation} from './rule.ts';
import type {LintSettings} from './settings.ts';
import type {LintStatement} from './statement.ts';
import type {Target} from './target.ts';

/** What holds for all statements of a file. */
export interface World {
  readonly settings: LintSettings;
  readonly target?: Target;
  /** After the project's newest migration. */
  readonly last?: SchemaModel;
}

/** A situation, and which relations a rule has asked about there whether they are harmless, and was told no. */
export interface WatchedSituation extends Situation {
  readonly site: Site;
  readonly asked: Map<string, QualifiedName>;
}

/** @returns each statement's situation, and the schema after the last one; nothing where it is of no use any more */
export async function situationsOf(
  view: View,
  before: SchemaModel,
  world: World,
  breathe: Breathe,
): Promise<{readonly situations: readonly WatchedSituation[]; readonly after: SchemaModel} | undefined> {
  const situations: WatchedSituation[] = [];
  const {begin, next} = timelineOf(view, before);
  let now = begin;
  for (const [index, site] of view.sites.entries()) {
    const after = next();
    situations.push(situationOf({view, site, index, before: now, after}, world));
    now = after;
    if (!(await breathe())) return undefined;
  }
  return {situations, after: now};
}

/** @returns the schema after all statements of another document; nothing where it is of no use any more */
export async function afterDocument(
  before: SchemaModel,
  {statements, path}: {readonly statements: readonly LintStatement[]; readonly path: string},
  breathe: Breathe,
): Promise<SchemaModel | undefined> {
  let now = inNewSession(before);
  for (const statement of statements) {
    now = passed(now, statement, span => ({...span, path, id: ''}));
    if (!(await breathe())) return undefined;
  }
  return now;
}

/** @returns the schema after statements of another document */
export function afterStatements(
  before: SchemaModel,
  statements: readonly LintStatement[],
  path: string,
): SchemaModel {
  return statements.reduce(
    (now, statement) => passed(now, statement, span => ({...span, path, id: ''})),
    inNewSession(before),
  );
}

interface Moment {
  readonly view: View;
  readonly site: Site;
  readonly index: number;
  readonly before: SchemaModel;
  readonly after: SchemaModel;
}

function situationOf(
  {view, site, index, before, after}: Moment,
  {target, settings, last}: World,
): WatchedSituation {
  const {placed} = site;
  const asked = new Map<string, QualifiedName>();
  const first = view.sites[0]?.placed.span.start ?? 0;
  const sizes = {settings, ...(target ? {target} : {})};
  const isNew = (name: QualifiedName): boolean => {
    const made = before.relation(name)?.made;
    return made?.path === view.file.path && made.start >= first && made.start < placed.span.start;
  };
  const known = new Map<string, boolean>();
  const isHarmless = (name: QualifiedName): boolean => {
    const key = askedKey(name);
    const harmless = known.get(key) ?? (isNew(name) || harmlessOn(name, before, sizes));
    known.set(key, harmless);
    if (!harmless) asked.set(key, name);
    return harmless;
  };
  return {
    file: view.file,
    statement: placed.statement,
    index,
    before,
    after,
    ...(last ? {last} : {}),
    inTransaction: placed.inTransaction,
    major: target?.major ?? settings.postgresVersion,
    ...(target ? {target} : {}),
    isHarmless,
    isNew,
    site,
    asked,
  };
}
