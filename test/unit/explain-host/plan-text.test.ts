import {mkdtemp, rm, truncate, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {planText, type PlanText} from '../../../src/editor/explain/plan-text.ts';
import {readPlanFile} from '../../../src/editor/explain/read-plan-file.ts';

function pieces(text: PlanText): readonly string[] {
  const all: string[] = [];
  for (let offset: number | null = 0; offset !== null;) {
    const piece: ReturnType<PlanText['piece']> = text.piece(offset);
    if (!piece) throw new Error(`no piece at ${offset}`);
    all.push(piece.text);
    offset = piece.next;
  }
  return all;
}

describe('a plan’s text', () => {
  it.each([
    ['nothing', []],
    ['one character', ['x']],
    ['empty parts', ['', 'a', '', 'b']],
    ['a million characters', ['0123456789'.repeat(100_000)]],
    ['a pair of surrogates at the end of a piece', [`${'x'.repeat(262_143)}🐘 and more`]],
  ])('of %s travels in small pieces and arrives whole', (_, parts) => {
    const text = planText(parts);
    const all = pieces(text);
    expect(all.join('')).toBe(parts.join(''));
    expect([...text.pieces()].join('')).toBe(parts.join(''));
    expect(text.length).toBe(parts.join('').length);
    expect(Math.max(...all.map(piece => piece.length))).toBeLessThanOrEqual(262_144);
    expect(all.some(piece => /[\uD800-\uDBFF]$/.test(piece))).toBe(false);
  });

  it('has no piece in the middle of another, behind the end or before the beginning', () => {
    const text = planText(['abc']);
    expect([text.piece(1), text.piece(3), text.piece(-1)]).toEqual([undefined, undefined, undefined]);
  });
});

describe('a plan’s file', () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'howdah-plans-'))));
  afterAll(() => rm(folder, {recursive: true}));

  it.each([
    ['UTF-8', Buffer.from('Seq Scan on größe 🐘')],
    ['UTF-8 with a mark', Buffer.from('\uFEFFSeq Scan on größe 🐘')],
    ['UTF-16, as PowerShell writes it', Buffer.from('\uFEFFSeq Scan on größe 🐘', 'utf16le')],
    ['UTF-16, the other way round', Buffer.from('\uFEFFSeq Scan on größe 🐘', 'utf16le').swap16()],
  ])('is read as %s', async (name, bytes) => {
    await writeFile(join(folder, name), bytes);
    const read = await readPlanFile(join(folder, name));
    expect(read.ok && [...read.value.pieces()].join('')).toBe('Seq Scan on größe 🐘');
  });

  it('keeps a character whose bytes are in two chunks', async () => {
    const text = `${'x'.repeat(256 * 1024 - 1)}ß${'y'.repeat(10)}`;
    await writeFile(join(folder, 'chunks'), text);
    const read = await readPlanFile(join(folder, 'chunks'));
    expect(read.ok && [...read.value.pieces()].join('') === text).toBe(true);
  });

  it('is refused above 256 MiB, without being read', async () => {
    await writeFile(join(folder, 'large'), '');
    await truncate(join(folder, 'large'), 256 * 1024 * 1024 + 1);
    const read = await readPlanFile(join(folder, 'large'));
    expect(read).toMatchObject({ok: false, failure: {reason: 'invalid-input'}});
    expect(!read.ok && read.failure.message).toBe(
      'The file has 257 MiB; plans of up to 256 MiB can be opened.',
    );
  });

  it('that is not there is a failure', async () => {
    expect(await readPlanFile(join(folder, 'none'))).toMatchObject({
      ok: false,
      failure: {reason: 'unreadable-file', message: 'The file could not be read (ENOENT).'},
    });
  });
});
