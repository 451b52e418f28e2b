import type {Edit, Fix} from '../finding.ts';
import type {LintFile, PlacedStatement} from '../file.ts';
import type {Step} from '../remedy.ts';
import {isSeenToRunAlone} from '../tools/flyway.ts';
import {isProgram} from '../tools/passage.ts';
import {undoneElsewhere} from './counterpart-edits.ts';
import {dependsOn} from './dependents.ts';
import {commentsOf, extentOf, withSemicolon} from './extent.ts';
import {addsOf, groupsOf, isFrame, needsNoTransaction, type Group} from './groups.ts';
import {placeInProgram} from './place-in-program.ts';
import {replacement} from './replacement.ts';
import {asWritten, inManner, mannerOf} from './text.ts';

/** What a fix does, without its words. */
export type Placed = Pick<Fix, 'edits' | 'adds' | 'elsewhere'>;

/**
 * Puts steps in a statement's place: into the file as far as its transaction allows that, the others into migrations
 * of their own behind it.
 * @returns undefined where that is not certain to leave files that do the same
 */
export function placeSteps(
  steps: readonly Step[],
  placed: PlacedStatement,
  file: LintFile,
): Placed | undefined {
  if (steps.length === 0) return withoutStatement(placed, file);
  if (isProgram(file.path)) return placeInProgram(steps, placed, file);
  const groups = groupsOf(steps);
  const [first] = groups;
  if (isFree(steps, placed, file) || (groups.length === 1 && first?.[0].how === 'any'))
    return inPlace(steps, placed, file);
  if (file.tool.id === 'sql') return behindCommit(groups, placed, file);
  if (!canRunAlone(steps, file)) return undefined;
  const marked = withMarker(steps, groups, placed, file);
  if (marked) return marked;
  return first?.[0].how === 'any' ? split(groups, placed, file) : moved(groups, placed, file);
}

/** The statement goes; the last one stays, because a file without any is a mistake to most tools. */
function withoutStatement(placed: PlacedStatement, {text, path, statements}: LintFile): Placed | undefined {
  if (statements.length < 2 || isProgram(path) || !placed.passage.verbatim) return undefined;
  return {edits: [{...extentOf(text, placed), text: ''}], adds: []};
}

/** Files of SQL of some tools cannot leave the transaction, or not for everything. */
function canRunAlone(steps: readonly Step[], {tool}: LintFile): boolean {
  const alone = steps.filter(({how}) => how === 'alone');
  if (tool.id === 'flyway') return alone.every(({sql}) => isSeenToRunAlone(sql));
  return tool.id !== 'node-pg-migrate' || alone.length === 0;
}

/** Each statement of the file runs by itself already. Flyway lets them only while none could run in a transaction. */
function isFree(steps: readonly Step[], placed: PlacedStatement, file: LintFile): boolean {
  const {inTransaction, passage} = placed;
  if (inTransaction || passage.block !== undefined) return false;
  if (file.tool.id === 'flyway')
    return (
      steps.every(({how}) => how === 'alone') &&
      othersOf(file, placed).every(each => needsNoTransaction(each.statement))
    );
  return passage.sent === 'each' || file.tool.isCut === true;
}

function othersOf({statements}: LintFile, placed: PlacedStatement): readonly PlacedStatement[] {
  return statements.filter(each => each !== placed && !isFrame(each.statement));
}

function inPlace(steps: readonly Step[], placed: PlacedStatement, file: LintFile): Placed | undefined {
  const edits = replacement(steps, placed, file);
  return edits && {edits, adds: []};
}

/** The whole part leaves the tool's transaction, where nothing else of it needs that. */
function withMarker(
  steps: readonly Step[],
  groups: readonly Group[],
  placed: PlacedStatement,
  file: LintFile,
): Placed | undefined {
  const {tool, counterpart} = file;
  if (tool.outside.how !== 'marker' || tool.id === 'node-pg-migrate') return undefined;
  const others = othersOf(file, placed);
  const several = tool.isCut === true && tool.id !== 'flyway';
  if (several ? !others.every(({statement}) => needsNoTransaction(statement)) : others.length > 0)
    return undefined;
  if (!several && (groups.length > 1 || groups[0]?.[0].how !== 'alone')) return undefined;
  // The mark of goose is about both directions.
  if (
    tool.id === 'goose' &&
    (counterpart?.statements ?? []).filter(each => !needsNoTransaction(each)).length > 1
  )
    return undefined;
  const edits = replacement(steps, placed, file);
  const frames = framesOf(file, placed, {timeouts: !several});
  const marks = tool.outside.edits({path: file.path, text: file.text}, file.direction);
  return edits && {edits: inOrder([...marks, ...frames, ...edits]), adds: []};
}

/** A transaction of the file's own, and timeouts, which would be a second statement beside one that runs alone. */
function framesOf(
  file: LintFile,
  placed: PlacedStatement,
  {timeouts}: {readonly timeouts: boolean},
): readonly Edit[] {
  return file.statements
    .filter(each => each !== placed && isFrame(each.statement))
    .filter(({statement}) => timeouts || statement.kind === 'TransactionStmt')
    .map(each => ({...extentOf(file.text, each), text: ''}));
}

/** The first steps stay, the others follow in migrations of their own. */
function split(groups: readonly Group[], placed: PlacedStatement, file: LintFile): Placed | undefined {
  const [first, ...rest] = groups;
  if (!first || isNeeded(rest.flat(), placed, file)) return undefined;
  const edits = replacement(first, placed, file);
  const adds = addsOf(rest, placed, file, mannerOf(file, placed));
  return edits && adds && withUndo(edits, adds, rest, file);
}

/** The statement leaves the file, unless it is the only one. */
function moved(groups: readonly Group[], placed: PlacedStatement, file: LintFile): Placed | undefined {
  const [first, ...rest] = groups;
  const adds = addsOf(
    othersOf(file, placed).length === 0 ? rest : groups,
    placed,
    file,
    mannerOf(file, placed),
  );
  if (!first || !adds) return undefined;
  if (othersOf(file, placed).length === 0) {
    const isPossible = first[0].how === 'own' || file.tool.outside.how === 'alone';
    const edits = isPossible ? replacement(first, placed, file) : undefined;
    return (
      edits && withUndo(inOrder([...framesOf(file, placed, {timeouts: true}), ...edits]), adds, rest, file)
    );
  }
  if (isNeeded(groups.flat(), placed, file)) return undefined;
  const comments = commentsOf(file.text, placed);
  const explained = adds.map((add, index) => (index === 0 ? {...add, up: `${comments}${add.up}`} : add));
  return withUndo([{...extentOf(file.text, placed), text: ''}], explained, groups, file);
}

function withUndo(
  edits: readonly Edit[],
  adds: Placed['adds'],
  groups: readonly Group[],
  file: LintFile,
): Placed | undefined {
  // What takes a migration back cannot wait for another one that goes on.
  if (file.direction === 'down' && adds.length > 0) return undefined;
  const beside = undoneElsewhere(file, groups.flat());
  return {
    edits: inOrder([...edits, ...beside.edits]),
    adds,
    ...(beside.elsewhere.length > 0 && {elsewhere: beside.elsewhere}),
  };
}

function isNeeded(steps: readonly Step[], placed: PlacedStatement, {statements}: LintFile): boolean {
  return statements
    .slice(statements.indexOf(placed) + 1)
    .some(({statement}) => !isFrame(statement) && dependsOn(statement, placed.statement, steps));
}

/** A transaction that the file itself makes: what may not be in it goes behind its COMMIT. */
function behindCommit(groups: readonly Group[], placed: PlacedStatement, file: LintFile): Placed | undefined {
  const index = file.statements.indexOf(placed);
  const commit = file.statements.find(({statement}, at) => at > index && endsTransaction(statement));
  const stays = groups[0]?.[0].how === 'any' ? groups[0] : [];
  const goes = stays.length > 0 ? groups.slice(1).flat() : groups.flat();
  if (!commit || isNeeded(goes, placed, file)) return undefined;
  const manner = mannerOf(file, placed);
  const texts = goes.map(({sql}) =>
    asWritten(inManner(sql, manner, placed.statement.sql), placed.passage, file.path),
  );
  const own =
    stays.length > 0 ? replacement(stays, placed, file) : [{...extentOf(file.text, placed), text: ''}];
  const {end} = withSemicolon(file.text, commit);
  const text = texts.map(sql => `${manner.lineEnd}${manner.lineEnd}${sql};`).join('');
  if (!own || texts.includes(undefined)) return undefined;
  return {edits: inOrder([...own, {start: end, end, text}]), adds: []};
}

function endsTransaction({kind, node}: PlacedStatement['statement']): boolean {
  return kind === 'TransactionStmt' && node['kind'] === 'TRANS_STMT_COMMIT';
}

/** Where two places overlap, as the extents of neighbours may, the first one has it. */
function inOrder(edits: readonly Edit[]): readonly Edit[] {
  const sorted = edits.toSorted((one, other) => one.start - other.start || one.end - other.end);
  return sorted.reduce<readonly Edit[]>((kept, edit) => {
    const end = kept.at(-1)?.end ?? 0;
    return [...kept, edit.start < end ? {...edit, start: Math.min(end, edit.end)} : edit];
  }, []);
}
