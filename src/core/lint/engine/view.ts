import type {Direction} from '../../migrations/migration.ts';
import type {Span} from '../../sql/positions.ts';
import type {LintFile, PlacedStatement} from '../file.ts';
import type {LintStatement} from '../statement.ts';
import type {SchemaModel} from '../model/schema.ts';
import type {ToolDocument} from '../tools/tool.ts';
import {blocksOf, type InBlock} from './blocks.ts';
import {inDocument, type WholePassage} from './read.ts';

/** A statement in its document. */
export interface Site {
  readonly placed: PlacedStatement;
  /** @returns where a part of the statement's text stands in the document */
  readonly toDocument: (start: number, end: number) => Span;
}

/** One direction of a document. */
export interface View {
  readonly direction: Direction;
  readonly file: LintFile;
  readonly sites: readonly Site[];
}

/** What of a file is not said by its text. */
export type FilePart = Pick<LintFile, 'tool' | 'state' | 'history'>;

/** The other document, where directions have one each. */
export interface Counterpart {
  readonly document: ToolDocument;
  readonly passages: readonly WholePassage[];
}

/**
 * @returns the directions that a document has something of, or is meant for; up first, because down comes after it
 */
export function viewsOf(
  {path, text}: ToolDocument,
  passages: readonly WholePassage[],
  {before, ...part}: FilePart & {readonly before: SchemaModel},
  counterpart: Counterpart | undefined,
): readonly View[] {
  const present = (['up', 'down'] as const).filter(direction => has(passages, direction));
  const directions = present.length > 0 ? present : [directionOf(path, counterpart)];
  return directions.map(direction => {
    const own = passages.filter(({passage}) => passage.direction === direction);
    const sites = sitesOf(own);
    const other = counterpartOf(direction, {document: {path, text}, passages}, counterpart);
    const file: LintFile = {
      path,
      text,
      ...part,
      direction,
      statements: sites.map(({placed}) => placed),
      passages: own.map(({passage}) => passage),
      ...(other ? {counterpart: direction === 'down' ? {...other, before} : other} : {}),
    };
    return {direction, file, sites};
  });
}

function has(passages: readonly WholePassage[], direction: Direction): boolean {
  return passages.some(({passage}) => passage.direction === direction);
}

/** A file without any SQL is the other one of its counterpart. */
function directionOf(path: string, counterpart: Counterpart | undefined): Direction {
  const other = counterpart?.passages[0]?.passage.direction;
  if (other !== undefined) return opposite(other);
  return /\.down\.[^/\\]*$/i.test(path) ? 'down' : 'up';
}

function opposite(direction: Direction): Direction {
  return direction === 'up' ? 'down' : 'up';
}

function counterpartOf(
  direction: Direction,
  self: Counterpart,
  counterpart: Counterpart | undefined,
): LintFile['counterpart'] {
  const other = opposite(direction);
  const holder = has(self.passages, other) ? self : counterpart;
  if (!holder) return undefined;
  const placed = sitesOf(holder.passages.filter(({passage}) => passage.direction === other)).map(
    site => site.placed,
  );
  const {path, text} = holder.document;
  return {path, text, statements: placed.map(({statement}) => statement), placed};
}

/** @returns the statements of one direction, in order */
export function statementsOf(
  passages: readonly WholePassage[],
  direction: Direction,
): readonly LintStatement[] {
  return passages
    .filter(({passage}) => passage.direction === direction)
    .flatMap(({statements}) => statements.map(({statement}) => statement));
}

function sitesOf(passages: readonly WholePassage[]): readonly Site[] {
  const blocks = blocksOf(passages);
  return passages.flatMap(({passage, statements}, which) =>
    statements.flatMap(({statement, start}, index) => {
      const block = blocks[which]?.[index];
      return block ? [siteOf(passage, statement, start, block)] : [];
    }),
  );
}

function siteOf(
  passage: PlacedStatement['passage'],
  statement: LintStatement,
  offset: number,
  block: InBlock,
): Site {
  const toDocument: Site['toDocument'] = (start, end) => inDocument(passage, offset + start, offset + end);
  return {
    placed: {
      statement,
      passage,
      span: toDocument(0, statement.sql.length),
      inTransaction: block.inTransaction,
      ...(block.block === undefined ? {} : {block: block.block}),
    },
    toDocument,
  };
}
