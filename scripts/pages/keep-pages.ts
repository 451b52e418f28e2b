import {mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';

const docs = join(import.meta.dirname, '../../docs');

export interface GeneratedPages {
  /** Texts by their path in `docs`. */
  readonly pages: ReadonlyMap<string, string>;
  /** A folder in `docs` that holds nothing else. */
  readonly folder: string;
  /** What writes them, such as `rules`. */
  readonly script: string;
}

/** Writes generated pages, and removes those that nobody needs any more. */
export async function writePages(generated: GeneratedPages): Promise<void> {
  const {pages, folder} = generated;
  const stale = await stalePages(generated);
  await mkdir(join(docs, folder), {recursive: true});
  for (const name of stale) {
    const text = pages.get(name);
    await (text === undefined ? rm(join(docs, name)) : writeFile(join(docs, name), text));
  }
  console.log(`${pages.size} pages, ${stale.length} of them changed.`);
}

/** Lets the process fail when a page is not as it would be written now. */
export async function checkPages(generated: GeneratedPages): Promise<void> {
  const stale = await stalePages(generated);
  if (stale.length === 0) return;
  const names = stale.map(name => `docs/${name}`).join(', ');
  console.error(`Not as they should be: ${names}. Run npm run ${generated.script}.`);
  process.exitCode = 1;
}

async function stalePages({pages, folder}: GeneratedPages): Promise<readonly string[]> {
  const there = (await readdir(join(docs, folder)).catch(() => [])).map(name => `${folder}/${name}`);
  const names = [...new Set([...pages.keys(), ...there])];
  const texts = await Promise.all(
    names.map(name => readFile(join(docs, name), 'utf8').catch(() => undefined)),
  );
  return names.filter((name, index) => texts[index] !== pages.get(name));
}
