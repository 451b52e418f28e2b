import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {withRuleSettings} from './rules/settings.ts';

/** Writes the ids of all rules into the manifest, where the editor completes and checks the setting of severities. */
const path = join(import.meta.dirname, '../package.json');
await writeFile(path, withRuleSettings(await readFile(path, 'utf8')));
