import type {FileRange} from '../migrations/plan.ts';
import {rangesIn} from '../rehearse/ranges.ts';
import type {MigrationScript} from '../rehearse/script.ts';
import type {Parser} from '../sql/parser.ts';
import {offsetsOfBytes, type Span} from '../sql/positions.ts';
import type {Difference} from './comparison.ts';
import {clauseAt} from './declare/clause.ts';
import type {Mention} from './declare/mention.ts';
import {mentionsOf} from './declare/statements.ts';

/** Where a migration makes, changes or drops an object. */
export interface Declaration extends Pick<Mention, 'act' | 'about'> {
  /** The migration's id. */
  readonly migration: string;
  /** Absent where the script has no file. */
  readonly at?: FileRange;
}

/** What the files say of each object by its name; what they do by running code is not seen. */
export interface Declarations {
  /** In the order in which the migrations run, under the name that the object has at the end. */
  of(key: string): readonly Declaration[];
  /**
   * The line to show for a difference: where what is missing was made, where what differs was set last, where the table
   * of something extra was made. Absent when no file says anything of it.
   */
  placeOf(difference: Difference): FileRange | undefined;
}

export interface DeclarationOptions {
  /** Where names without a schema lie; `public` unless told. */
  readonly schema?: string;
  /** Called after each script, so that nobody is held up. */
  readonly pause?: () => Promise<void>;
}

/** @param scripts the ups of a history, in order; what does not parse is passed over */
export async function declarationsIn(
  parser: Parser,
  scripts: readonly MigrationScript[],
  {schema = 'public', pause}: DeclarationOptions = {},
): Promise<Declarations> {
  const known = new Map<string, Declaration[]>();
  for (const script of scripts) {
    if (script.direction === 'up') await addScript(parser, known, script, schema);
    await pause?.();
  }
  const of = (key: string): readonly Declaration[] => known.get(withoutArguments(key)) ?? [];
  return {of, placeOf: difference => placeFor(of, difference)};
}

async function addScript(
  parser: Parser,
  known: Map<string, Declaration[]>,
  script: MigrationScript,
  schema: string,
): Promise<void> {
  const rangeOf = script.path === undefined ? undefined : rangesIn(script.path, script.sql);
  for (const piece of script.pieces) {
    const text = script.sql.slice(piece.start, piece.end);
    const parsed = await parser.parse(text);
    if (!parsed.ok) continue;
    const found = parsed.value.flatMap(statement =>
      mentionsOf({schema}, statement).map(mention => ({mention, statement})),
    );
    const bytes = [...new Set(found.flatMap(({mention}) => mention.byte ?? []))].toSorted((a, b) => a - b);
    const offsets = offsetsOfBytes(text, bytes);
    const offsetOf = new Map(bytes.map((byte, index) => [byte, offsets[index] ?? 0]));
    for (const {mention, statement} of found) {
      const start = mention.byte === undefined ? undefined : offsetOf.get(mention.byte);
      const span = start === undefined ? statement : clauseAt(text, start, statement.end);
      add(known, mention, declaration(script, mention, rangeOf?.(moved(span, piece.start))));
    }
  }
}

function declaration(
  {migration}: MigrationScript,
  {act, about}: Mention,
  at: FileRange | undefined,
): Declaration {
  return {act, migration: migration.id, ...(about === undefined ? {} : {about}), ...(at ? {at} : {})};
}

function moved({start, end}: Span, by: number): Span {
  return {start: start + by, end: end + by};
}

function add(known: Map<string, Declaration[]>, {key, to}: Mention, made: Declaration): void {
  if (to !== undefined) rekey(known, key, to);
  const at = to ?? key;
  const list = known.get(at);
  if (list) list.push(made);
  else known.set(at, [made]);
}

/** The parts of a table go with it. */
function rekey(known: Map<string, Declaration[]>, from: string, to: string): void {
  const [oldName, newName] = [nameIn(from), nameIn(to)];
  const isMeant = (key: string): boolean =>
    key === from || (partKind.test(key) && nameIn(key).startsWith(`${oldName}.`));
  for (const [key, list] of [...known].filter(([key]) => isMeant(key))) {
    const name = nameIn(key);
    known.delete(key);
    known.set(
      key === from ? to : `${key.slice(0, -name.length)}${newName}${name.slice(oldName.length)}`,
      list,
    );
  }
}

const partKind = /^(?:column|constraint|trigger|policy|rule) /;

function nameIn(key: string): string {
  return (
    /^(?:materialized view|foreign data wrapper|event trigger|access method|text search \w+|\w+) ([^]*)$/.exec(
      key,
    )?.[1] ?? key
  );
}

function withoutArguments(key: string): string {
  return key.startsWith('function ') ? key.replace(/\([^]*\)$/, '') : key;
}

function placeFor(of: Declarations['of'], difference: Difference): FileRange | undefined {
  const {object, kind} = difference;
  const own = of(object.key);
  const made = own.filter(({act}) => act === 'create');
  const parent = object.parent === undefined ? [] : of(object.parent).filter(({act}) => act === 'create');
  switch (kind) {
    case 'missing':
      return (made.at(-1) ?? own.at(-1) ?? parent.at(-1))?.at;
    case 'extra':
      return (own.findLast(({act}) => act === 'drop') ?? parent.at(-1))?.at;
    case 'changed': {
      const set = own.findLast(({act, about}) => act === 'create' || about === difference.attribute);
      return (set ?? own.findLast(({act}) => act !== 'drop') ?? parent.at(-1))?.at;
    }
    default:
      return kind satisfies never;
  }
}
