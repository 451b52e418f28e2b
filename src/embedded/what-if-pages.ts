/**
 * Pages of a B-tree in which nothing is, with as many levels as a full one: the planner adds to the cost of each
 * descent by the height that it reads in the metapage, and may go down to the first or last leaf to learn a column's
 * extremes, which here are not found. Little-endian, as WASM is.
 * Source: https://www.postgresql.org/docs/18/storage-page-layout.html; access/nbtree.h of PostgreSQL 18
 */

const blockSize = 8192;
const headerSize = 24;
/** Where BTPageOpaqueData begins: at the page's end. */
const special = blockSize - 16;
const pageVersion = 4;
const leafFlag = 1;
const rootFlag = 2;
/** An index tuple without columns that leads to the first child. */
const downlinkSize = 8;
/** INDEX_ALT_TID_MASK: the tuple is a pivot. */
const pivotMask = 0x2000;
/** LP_NORMAL, between the 15 bits of the offset and the 15 of the length. */
const normalPointer = 1 << 15;

/** @returns what to write into the file of an index so that its root is block 1, `height` levels above the leaves */
export function rootInMetapage(height: number): {readonly offset: number; readonly bytes: Buffer} {
  const bytes = Buffer.alloc(16);
  // btm_root, btm_level, btm_fastroot, btm_fastlevel, behind btm_magic and btm_version
  for (const [place, value] of [1, height, 1, height].entries()) bytes.writeUInt32LE(value, place * 4);
  return {offset: headerSize + 8, bytes};
}

/** @returns the blocks from 1 on: one for each level, the root first and an empty leaf last */
export function emptyTreeLevels(height: number): Buffer {
  return Buffer.concat(
    Array.from({length: height + 1}, (_, depth) => pageAt(height - depth, {block: depth + 1, height})),
  );
}

function pageAt(level: number, {block, height}: {readonly block: number; readonly height: number}): Buffer {
  const page = Buffer.alloc(blockSize);
  const items = level === 0 ? 0 : 1;
  const upper = special - items * downlinkSize;
  page.writeUInt16LE(headerSize + items * 4, 12);
  page.writeUInt16LE(upper, 14);
  page.writeUInt16LE(special, 16);
  page.writeUInt16LE(blockSize + pageVersion, 18);
  if (level > 0) writeDownlink(page, upper, block + 1);
  page.writeUInt32LE(level, special + 8);
  page.writeUInt16LE((level === 0 ? leafFlag : 0) | (level === height ? rootFlag : 0), special + 12);
  return page;
}

function writeDownlink(page: Buffer, offset: number, child: number): void {
  page.writeUInt32LE(offset + normalPointer + downlinkSize * 0x2_0000, headerSize);
  // the block's number is kept as its upper and its lower half
  page.writeUInt16LE(child >>> 16, offset);
  page.writeUInt16LE(child & 0xffff, offset + 2);
  page.writeUInt16LE(downlinkSize | pivotMask, offset + 6);
}
