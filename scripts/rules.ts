import {mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {allPages} from './rules/pages.ts';
import {withRuleSettings} from './rules/settings.ts';
import {newRule} from './rules/new-rule.ts';

const docs = join(import.meta.dirname, '../docs');
const [command, id = ''] = process.argv.slice(2);

if (command === 'new') {
  console.log(await newRule(id));
} else {
  const pages = await allPages();
  const stale = await stalePages(pages);
  if (command === '--check') check(stale);
  else {
    await write(pages, stale);
    await writeSettings();
  }
}

/** @returns the pages that are not as they should be, those that nobody needs among them */
async function stalePages(pages: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const there = (await readdir(join(docs, 'rules')).catch(() => [])).map(name => `rules/${name}`);
  const names = [...new Set([...pages.keys(), ...there])];
  const texts = await Promise.all(
    names.map(name => readFile(join(docs, name), 'utf8').catch(() => undefined)),
  );
  return names.filter((name, index) => texts[index] !== pages.get(name));
}

function check(stale: readonly string[]): void {
  if (stale.length === 0) return;
  console.error(`Not as the rules say: ${stale.map(name => `docs/${name}`).join(', ')}. Run npm run rules.`);
  process.exitCode = 1;
}

async function write(pages: ReadonlyMap<string, string>, stale: readonly string[]): Promise<void> {
  await mkdir(join(docs, 'rules'), {recursive: true});
  for (const name of stale) {
    const text = pages.get(name);
    await (text === undefined ? rm(join(docs, name)) : writeFile(join(docs, name), text));
  }
  console.log(`${pages.size} pages, ${stale.length} of them changed.`);
}

/** The manifest names all rules, where the editor completes and checks the setting of severities. */
async function writeSettings(): Promise<void> {
  const path = join(import.meta.dirname, '../package.json');
  await writeFile(path, withRuleSettings(await readFile(path, 'utf8')));
}
