import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {checkPages, writePages} from './pages/keep-pages.ts';
import {newRule} from './rules/new-rule.ts';
import {allPages} from './rules/pages.ts';
import {withRuleSettings} from './rules/settings.ts';

const [command, id = ''] = process.argv.slice(2);

if (command === 'new') {
  console.log(await newRule(id));
} else {
  const generated = {pages: await allPages(), folder: 'rules', script: 'rules'};
  if (command === '--check') await checkPages(generated);
  else {
    await writePages(generated);
    await writeSettings();
  }
}

/** The manifest names all rules, where the editor completes and checks the setting of severities. */
async function writeSettings(): Promise<void> {
  const path = join(import.meta.dirname, '../package.json');
  await writeFile(path, withRuleSettings(await readFile(path, 'utf8')));
}
