/** A column of an index, with what the statistics say of it. */
export interface IndexColumn {
  /** Average bytes of a value that is not null; a short text has one byte of length in it. */
  readonly width: number;
  /** `pg_type.typalign` in bytes: 1, 2, 4 or 8. */
  readonly alignment: number;
  /** Part of the rows in which it is null. */
  readonly nulls: number;
  /** Number of different values. */
  readonly distinct: number;
  /** False for a column that is only carried along (INCLUDE). */
  readonly key: boolean;
}

export interface IndexShape {
  /** Access method: `btree`, `hash`, `gin`, … */
  readonly method: string;
  readonly unique: boolean;
  /** Percent; the method's own where absent. */
  readonly fillfactor?: number;
  /** Whether rows with equal keys may share one tuple. */
  readonly deduplicates: boolean;
  readonly columns: readonly IndexColumn[];
  /** Rows that are in it: of a partial index those of its predicate. */
  readonly rows: number;
  /** Different combinations of its keys; of independent columns where absent. */
  readonly groups?: number;
  /** 8 kB blocks of its table. */
  readonly tableBlocks: number;
  /** Of BRIN: `pages_per_range`. */
  readonly pagesPerRange?: number;
}

export interface IndexSize {
  /** 8 kB blocks of a new index. */
  readonly blocks: number;
  /** Of a B-tree: levels above the leaves. */
  readonly height?: number;
  /** `computed` from how the method lays out its pages; `assumed` where it depends on the values themselves. */
  readonly basis: 'computed' | 'assumed';
}

const blockSize = 8192;
const header = 24;
const tupleHeader = 8;
const linePointer = 4;
/** BTPageOpaqueData, and that of the other methods. */
const special = 16;
const usable = blockSize - header - special;

/**
 * How large an index is right after CREATE INDEX.
 *
 * B-tree: a leaf holds tuples of 8 bytes and the columns, each at its alignment, rounded up to 8 bytes, and a line
 * pointer of 4; it is filled to `fillfactor` (90 %), and its first tuple is the high key. Rows with equal keys share
 * tuples of up to 812 bytes with 6 bytes for each row. Pages above the leaves are filled to 70 %. One page is the
 * metapage. Hash: tuples of 20 bytes with their line pointer, buckets filled to 75 %, their number rounded up as a new
 * index has it. BRIN: one tuple for each range. Everything else is assumed to have half the bytes of its columns.
 * Source: https://www.postgresql.org/docs/18/btree.html; nbtsort.c (_bt_pagestate, _bt_load), nbtree.h, hashpage.c
 */
export function indexSize(shape: IndexShape): IndexSize {
  switch (shape.method) {
    case 'btree':
      return btreeSize(shape);
    case 'hash':
      return {blocks: hashBlocks(shape), basis: 'computed'};
    case 'brin':
      return {blocks: brinBlocks(shape), basis: 'computed'};
    default:
      return {blocks: assumedBlocks(shape), basis: 'assumed'};
  }
}

function btreeSize(shape: IndexShape): IndexSize {
  const {rows, columns, fillfactor = 90} = shape;
  const size = tupleSize(columns);
  const filled = usable - (blockSize * (100 - fillfactor)) / 100 - size - linePointer;
  const leaves = Math.max(1, Math.ceil((rows * bytesPerRow(shape, size)) / filled));
  let [blocks, height] = [leaves + 1, 0];
  for (let level = leaves; level > 1; height += 1) {
    level = Math.ceil(level / fanout(columns));
    blocks += level;
  }
  return {blocks, height, basis: 'computed'};
}

/**
 * @param blocks of a B-tree that is there
 * @returns its levels above the leaves, by how many children a page of its keys holds
 */
export function btreeHeight(blocks: number, columns: readonly IndexColumn[]): number {
  let height = 0;
  for (let level = blocks - 1; level > 1; height += 1) level = Math.ceil(level / fanout(columns));
  return height;
}

/** Children of a page that is filled to 70 percent; carried columns are on the leaves only. */
function fanout(columns: readonly IndexColumn[]): number {
  const size = tupleSize(columns.filter(({key}) => key)) + linePointer;
  return Math.max(2, Math.floor((usable * 0.7) / size));
}

function tupleSize(columns: readonly IndexColumn[]): number {
  return aligned(columns.reduce(addColumn, tupleHeader), 8);
}

function addColumn(bytes: number, {width, alignment}: IndexColumn): number {
  return aligned(bytes, alignment) + width;
}

function aligned(bytes: number, to: number): number {
  return Math.ceil(bytes / to) * to;
}

/** What a page is filled to at most for one tuple of many rows: a tenth of it, without the line pointer. */
const largestPosting = 812;
const rowPointer = 6;

/** A null has no bytes but a bitmap in its tuple's header, and all nulls are equal. */
function bytesPerRow(shape: IndexShape, size: number): number {
  const {columns, rows} = shape;
  const [first, second] = columns;
  const nulls = first && !second ? first.nulls : 0;
  const present = rows * (1 - nulls);
  const groups = shape.groups ?? groupsOf(columns, present);
  const withNull = bytesPerTuple(shape, tupleHeader * 2, rows * nulls);
  return nulls * withNull + (1 - nulls) * bytesPerTuple(shape, size, present / Math.max(1, groups));
}

/** @param group rows that have one key */
function bytesPerTuple({unique, deduplicates}: IndexShape, size: number, group: number): number {
  const alone = size + linePointer;
  const most = Math.floor((largestPosting - size) / rowPointer);
  if (unique || !deduplicates || group < 2 || most < 2) return alone;
  const full = Math.floor(group / most);
  const left = group - full * most;
  const posting = (count: number): number => aligned(size + count * rowPointer, 8) + linePointer;
  return (full * posting(most) + (left <= 1 ? left * alone : posting(left))) / group;
}

/** Independent columns have as many combinations as their product, and never more than rows. */
function groupsOf(columns: readonly IndexColumn[], rows: number): number {
  return Math.min(
    rows,
    columns.filter(({key}) => key).reduce((product, {distinct}) => product * Math.max(1, distinct), 1),
  );
}

function hashBlocks({rows, fillfactor = 75}: IndexShape): number {
  const perBucket = Math.floor((usable * fillfactor) / 100 / (aligned(tupleHeader + 4, 8) + linePointer));
  const wanted = Math.max(2, rows / perBucket);
  const power = 2 ** Math.ceil(Math.log2(wanted));
  // beyond 512 buckets a power of two comes in four steps
  const quarter = power / 8;
  const buckets = wanted <= 512 ? power : Math.ceil(wanted / quarter) * quarter;
  return buckets + 3;
}

function brinBlocks({columns, tableBlocks, pagesPerRange = 128}: IndexShape): number {
  const ranges = Math.ceil(tableBlocks / pagesPerRange);
  const tuple = aligned(tupleHeader + columns.reduce((sum, {width}) => sum + 2 * width, 0), 8) + linePointer;
  const map = Math.max(1, Math.ceil(ranges / 1360));
  return 1 + map + Math.max(1, Math.ceil((ranges * tuple) / usable));
}

function assumedBlocks({columns, rows}: IndexShape): number {
  const width = columns.reduce((sum, column) => sum + column.width * (1 - column.nulls), 0);
  return Math.max(2, Math.ceil((rows * width) / 2 / usable));
}
