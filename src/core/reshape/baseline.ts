import {compareSchemas} from '../schema/compare/compare.ts';
import type {Difference} from '../schema/comparison.ts';
import type {Gap, SchemaObject, SchemaSnapshot} from '../schema/objects.ts';
import {migrationTexts, type MigrationText} from '../schema/reconcile/migration-files.ts';
import {reconcile} from '../schema/reconcile/reconcile.ts';
import type {LeftOut} from '../schema/reconciliation.ts';
import {mentions} from '../sql/locate.ts';
import type {Parser} from '../sql/parser.ts';
import type {DatabaseRows} from './rows.ts';
import {withRows} from './with-rows.ts';
import {withoutBooks} from './without-books.ts';

/** A schema, and the state from which a migration leads to it. */
export interface BaselineSides {
  /** A database with nothing in it, in a cluster that has the roles that the live one names. */
  readonly empty: SchemaSnapshot;
  readonly live: SchemaSnapshot;
}

export interface BaselineOptions {
  /** Tables in which the tool keeps its books, qualified: they are no part of the schema. */
  readonly tables?: readonly string[];
  /** To write as well; without them none are. */
  readonly rows?: DatabaseRows;
  /** Milliseconds since 1970; rows of the day before it have the moment of the run. */
  readonly now?: number;
  readonly pause?: () => Promise<void>;
}

export interface Baseline {
  /** One, unless PostgreSQL refuses a statement in a transaction: then several, one after the other. */
  readonly texts: readonly MigrationText[];
  /** What no statement is written for. */
  readonly leftOut: readonly LeftOut[];
  /** What was not read or is not written. */
  readonly gaps: readonly Gap[];
  /** Names of roles that the statements name: they have to be there wherever these run. */
  readonly roles: readonly string[];
}

/**
 * Writes the migrations that make a schema of nothing. What belongs to the role that read it will belong to whoever runs
 * them; other owners and grants are kept.
 * @example
 * (await writeBaseline(parser, {empty, live})).texts[0]?.up; // CREATE TABLE public.orders (…)
 */
export async function writeBaseline(
  parser: Parser,
  sides: BaselineSides,
  options: BaselineOptions = {},
): Promise<Baseline> {
  const live = withoutBooks(sides.live, options.tables ?? []);
  const roles = rolesIn(live);
  const empty = knowing(sides.empty, roles);
  const compared = await compareSchemas(parser, live, empty, compareOptions(live, empty, options));
  const comparison = {...compared, otherRoles: true};
  // Nothing is in use while it is made, so that no statement needs a form that locks for a shorter time.
  const how = {safe: false, renames: false};
  const up = await reconcile({from: empty, to: live, comparison, options: how}, options.pause);
  const statements = options.rows
    ? withRows(up.statements, live, options.rows, options.now ?? Date.now())
    : up.statements;
  const files = migrationTexts({...up, statements}, {statements: [], leftOut: []}, {inUse: false});
  const texts = files.map(file => ({...file, down: refusal}));
  const named = roles
    .map(({name}) => name)
    .filter(name => name !== live.user && texts.some(text => mentions(text.up, name)));
  return {texts, leftOut: up.leftOut, gaps: comparison.gaps, roles: named};
}

/** What would undo it drops a schema that was there before any migration, with all of its rows. */
const refusal = `-- The schema was there before the migrations, so this drops nothing. Write the statements here if they should.
DO $$ BEGIN RAISE EXCEPTION 'The baseline is not rolled back: it would drop the whole schema.'; END $$;
`;

/** @returns the roles that objects of a schema refer to */
export function rolesIn({objects}: SchemaSnapshot): readonly SchemaObject[] {
  return [...objects.values()].filter(({kind}) => kind === 'role');
}

function knowing(snapshot: SchemaSnapshot, roles: readonly SchemaObject[]): SchemaSnapshot {
  const added = roles.map((role): [string, SchemaObject] => [role.key, role]);
  return {...snapshot, objects: new Map([...added, ...snapshot.objects])};
}

/** @returns in what the schema after the baseline is not the live one */
export async function baselineDifferences(
  parser: Parser,
  {live: all, made}: {readonly live: SchemaSnapshot; readonly made: SchemaSnapshot},
  options: BaselineOptions = {},
): Promise<readonly Difference[]> {
  const live = withoutBooks(all, options.tables ?? []);
  const {differences} = await compareSchemas(parser, live, made, compareOptions(live, made, options));
  return differences;
}

function compareOptions(
  live: SchemaSnapshot,
  replayed: SchemaSnapshot,
  {pause}: BaselineOptions,
): Parameters<typeof compareSchemas>[3] {
  return {
    sameRole: {expected: live.user, live: replayed.user},
    // What roles are is not a migration's to say.
    ignore: [{kind: 'role'}],
    ...(pause ? {pause} : {}),
  };
}

/** @returns titles for the files, the first as the user wants it */
export function baselineTitles(title: string, texts: readonly MigrationText[]): readonly string[] {
  return texts.map((text, index) => (index === 0 ? title : `${title} ${text.title}`));
}
