import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';

export const kinds = ['dangerous', 'harmless'] as const;

/** Beside the files also the histories that they follow. */
export const corpusFolder = join(import.meta.dirname, 'corpus');

/** What an operator would say about a place. */
export interface Expectation {
  readonly rule: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface CorpusFile {
  readonly kind: (typeof kinds)[number];
  readonly name: string;
  /** Behind the header; what the linter gets. */
  readonly text: string;
  /** The header's number of lines. */
  readonly above: number;
  /** What the header says of the world around the file. */
  readonly world: ReadonlyMap<string, string>;
  readonly expected: readonly Expectation[];
}

export async function readCorpus(): Promise<readonly CorpusFile[]> {
  const files = await Promise.all(kinds.map(readKind));
  return files.flat();
}

async function readKind(kind: CorpusFile['kind']): Promise<readonly CorpusFile[]> {
  const names = await readdir(join(corpusFolder, kind)).catch((): string[] => []);
  return Promise.all(
    names
      .toSorted()
      .map(async name => fileOf(kind, name, await readFile(join(corpusFolder, kind, name), 'utf8'))),
  );
}

function fileOf(kind: CorpusFile['kind'], name: string, whole: string): CorpusFile {
  const border = /^(?:--|\/\/|#) ---\r?\n/m.exec(whole);
  if (!border) throw new Error(`${name} has no header`);
  const header = whole.slice(0, border.index);
  const text = whole.slice(border.index + border[0].length);
  const lines = header.split(/\r?\n/).map(line => line.replace(/^(?:--|\/\/|#)\s*/, ''));
  return {
    kind,
    name,
    text,
    above: lines.length,
    world: worldOf(lines.find(line => line.startsWith('corpus:')) ?? ''),
    expected: lines.flatMap(line => (line.startsWith('expect:') ? [expectationOf(line, text, name)] : [])),
  };
}

function worldOf(line: string): ReadonlyMap<string, string> {
  const parts = line.replace(/^corpus:/, '').split(';');
  return new Map(
    parts.flatMap(part => {
      const [, key = '', value = ''] = /^\s*(\w+)[\s=]\s*(.*?)\s*$/.exec(part) ?? [];
      return key ? [[key, value] as const] : [];
    }),
  );
}

function expectationOf(line: string, text: string, name: string): Expectation {
  const [, rule = '', quoted = '""', count = '1'] =
    /^expect:\s*([\w-]+)\s+at\s+(".*")(?:\s+#(\d+))?\s*$/.exec(line) ?? [];
  const words: unknown = JSON.parse(quoted);
  if (!rule || typeof words !== 'string') throw new Error(`${name}: not understood: ${line}`);
  let start = -1;
  for (let left = Number(count); left > 0; left -= 1) {
    start = text.indexOf(words, start + 1);
    if (start < 0) throw new Error(`${name}: not in the text: ${line}`);
  }
  return {rule, text: words, start, end: start + words.length};
}
