import {readFile} from 'node:fs/promises';
import {dirname, join, resolve} from 'node:path';
import {readProjectConfig, type ProjectConfig} from '../../core/lint/read-settings.ts';
import {rules} from '../../core/lint/rules.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Invocation} from '../runner.ts';

const name = 'howdah.json';

/**
 * Reads the file that is named, or else the nearest `howdah.json` from where the command looks upwards.
 * @returns what holds without settings where there is no such file
 */
export async function readConfig(
  named: string | undefined,
  {cwd, showPath}: Invocation,
): Promise<Outcome<ProjectConfig>> {
  const found = named === undefined ? await nearest(cwd) : await textOf(resolve(cwd, named));
  if (!found)
    return named === undefined
      ? ok({lint: {}, groups: []})
      : fail('unreadable-file', `${showPath(resolve(cwd, named))} cannot be read.`);
  try {
    return readProjectConfig(JSON.parse(found.text), new Set(rules.map(({id}) => id)));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return fail('invalid-input', `${showPath(found.path)} is no JSON: ${error.message}`);
  }
}

interface Found {
  readonly path: string;
  readonly text: string;
}

async function nearest(folder: string): Promise<Found | undefined> {
  const found = await textOf(join(folder, name));
  const parent = dirname(folder);
  return found ?? (parent === folder ? undefined : nearest(parent));
}

function textOf(path: string): Promise<Found | undefined> {
  return readFile(path, 'utf8').then(
    text => ({path, text}),
    () => undefined,
  );
}
