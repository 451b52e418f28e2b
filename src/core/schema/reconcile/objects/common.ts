import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {inCurrentDatabase} from '../../definition/current-database.ts';
import {literal, targetOf} from '../../definition/names.ts';
import {sorted} from '../../definition/options.ts';
import type {Options, Privileges} from '../../attributes.ts';
import type {ObjectOf, SchemaKind, SchemaSnapshot} from '../../objects.ts';
import type {Draft, Target, WriteContext} from '../writer.ts';
import {columnGrants} from './column-grants.ts';
import {grantedAtFirst} from './granted-at-first.ts';
import {defaultPrivileges, privilegeStatements} from './privileges.ts';
import {ownedHere, rolesHere} from './roles-here.ts';

/** What objects of many kinds have, and what is set in the same way for all of them. */
const commonAttributes = ['owner', 'privileges', 'comment', 'securityLabels', 'dependsOnExtensions'] as const;
type CommonAttribute = (typeof commonAttributes)[number];

interface CommonValues {
  readonly owner?: string;
  readonly comment?: string;
  readonly privileges?: Privileges;
  readonly securityLabels?: Options;
  readonly dependsOnExtensions?: readonly string[];
}

/** Without the two schemas, for a definition, nothing is known of where it runs. */
type CommonContext = Pick<WriteContext, 'versionNumber'> &
  Partial<Pick<WriteContext, 'from' | 'to' | 'otherRoles'>> & {
    /** False: nothing is said of whose it is, nor of what that role may do. */
    readonly owners?: boolean;
  };

export function isCommonAttribute(attribute: string): attribute is CommonAttribute {
  return commonAttributes.some(common => common === attribute);
}

/**
 * @returns the statements that give an object its owner, privileges, comment, labels and extensions, in the order in
 *   which they have to run: a new owner takes the old one's place in the privileges
 */
export function writeCommon(
  target: Target,
  change: {
    /** As it is; absent for one that was just made, of which everything is at its default. */
    readonly before?: CommonValues;
    readonly after: CommonValues;
    /** Which of them differ; absent for all. */
    readonly attributes?: ReadonlySet<string>;
  },
  context: CommonContext,
): readonly Draft[] {
  const {attributes} = change;
  const sets = (attribute: CommonAttribute): boolean => attributes?.has(attribute) ?? true;
  const {was, is} = sidesOf(target, change, context);
  const owner = (sets('owner') ? is.owner : was.owner) ?? is.owner;
  const grants = (side: CommonValues): Privileges | undefined =>
    side.privileges && renamed(side.privileges, side.owner, owner);
  const sides = {before: grants(was), after: grants(is), owner, versionNumber: context.versionNumber};
  const made: Readonly<Record<CommonAttribute, () => readonly string[]>> = {
    owner: () => ownerStatements(target, change.before ? was.owner : makerOf(context), is.owner),
    privileges: () => [
      ...privilegeStatements(target, sides),
      ...(context.to ? columnGrants(target, sides, context.to) : []),
    ],
    comment: () => commentStatements(target, was.comment, is.comment),
    securityLabels: () => labelStatements(target, was.securityLabels, is.securityLabels),
    dependsOnExtensions: () => dependStatements(target, was.dependsOnExtensions, is.dependsOnExtensions),
  };
  return commonAttributes
    .filter(sets)
    .flatMap(attribute => made[attribute]())
    .map(sql => ({sql: target.what === 'DATABASE' ? inCurrentDatabase(sql) : sql}));
}

/** What there is when the statements run, and what there is to be. */
function sidesOf(
  target: Target,
  {before, after}: {readonly before?: CommonValues; readonly after: CommonValues},
  {from, to, otherRoles, owners = true}: CommonContext,
): {readonly was: CommonValues; readonly is: CommonValues} {
  const was = before ?? madeBy(target, from);
  if (!owners) return {was, is: ownerless(after)};
  if (!from || !to || !otherRoles) return {was, is: after};
  const {owner: _, privileges: __, ...others} = after;
  const initial = defaultPrivileges(target.what, after.owner, to.versionNumber);
  return {was, is: {...others, ...ownedHere(before, after, rolesHere({from, to}), initial)}};
}

function ownerless({owner, privileges, ...others}: CommonValues): CommonValues {
  if (!privileges) return others;
  const granted = Object.entries(privileges).filter(([role]) => role !== owner);
  return {...others, privileges: Object.fromEntries(granted)};
}

/** Where the roles are others, what belongs to the one that runs the migration is not given to it by name. */
function makerOf({from, otherRoles}: CommonContext): string | undefined {
  return otherRoles ? from?.user : undefined;
}

function madeBy(target: Target, from: SchemaSnapshot | undefined): CommonValues {
  const privileges = from && grantedAtFirst(target, from);
  return privileges ? {owner: from.user, privileges} : {};
}

/**
 * The same for an object of which all is known: `before` is absent for one that was just made.
 */
export function writeCommonOf(
  after: ObjectOf<SchemaKind>,
  change: {readonly before?: ObjectOf<SchemaKind>; readonly attributes?: ReadonlySet<string>},
  context: CommonContext,
): readonly Draft[] {
  // What default privileges grant is their own attribute of that name; the others of these have nothing in common.
  if (unlike.has(after.kind)) return [];
  const {before, attributes} = change;
  return writeCommon(
    targetOf(after),
    {
      ...(before ? {before: commonValues(before)} : {}),
      after: commonValues(after),
      ...(attributes ? {attributes} : {}),
    },
    context,
  );
}

const unlike = new Set<SchemaKind>(['default privileges', 'role']);

function commonValues({
  attributes,
}: ObjectOf<SchemaKind>): CommonValues & {readonly [other: string]: unknown} {
  return attributes;
}

function ownerStatements({what, name}: Target, was?: string, is?: string): readonly string[] {
  // ALTER EXTENSION has no OWNER TO.
  if (is === undefined || was === is || what === 'EXTENSION') return [];
  return [`ALTER ${what} ${name} OWNER TO ${quoteWhereNeeded(is)}`];
}

function commentStatements({what, name}: Target, was?: string, is?: string): readonly string[] {
  if (was === is) return [];
  return [`COMMENT ON ${what} ${name} IS ${is === undefined ? 'NULL' : literal(is)}`];
}

function labelStatements({what, name}: Target, was: Options = {}, is: Options = {}): readonly string[] {
  const label = (provider: string, text: string): string =>
    `SECURITY LABEL FOR ${quoteWhereNeeded(provider)} ON ${what} ${name} IS ${text}`;
  return [
    ...sorted(was).flatMap(([provider]) => (provider in is ? [] : [label(provider, 'NULL')])),
    ...sorted(is).flatMap(([provider, text]) =>
      was[provider] === text ? [] : [label(provider, literal(text))],
    ),
  ];
}

function dependStatements(
  {what, name}: Target,
  was: readonly string[] = [],
  is: readonly string[] = [],
): readonly string[] {
  const alter = (no: string, extension: string): string =>
    `ALTER ${what} ${name} ${no}DEPENDS ON EXTENSION ${quoteWhereNeeded(extension)}`;
  return [
    ...was.filter(extension => !is.includes(extension)).map(extension => alter('NO ', extension)),
    ...is.filter(extension => !was.includes(extension)).map(extension => alter('', extension)),
  ];
}

/** As PostgreSQL does it when an object gets a new owner. */
function renamed(privileges: Privileges, from: string | undefined, to: string | undefined): Privileges {
  if (from === undefined || to === undefined || from === to || !(from in privileges)) return privileges;
  const {[from]: owners = [], ...others} = privileges;
  return {...others, [to]: [...new Set([...owners, ...(others[to] ?? [])])].toSorted()};
}
