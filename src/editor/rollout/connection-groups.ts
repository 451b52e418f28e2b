import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {workspace} from 'vscode';
import {readGroups, type ConnectionGroup} from '../../core/rollout/groups.ts';
import {configOf} from '../lint/lint-config.ts';
import {settings} from '../settings.ts';

/** @returns the groups of `howdah.json`, then those of the settings; the first of a name counts */
export async function connectionGroups(): Promise<readonly ConnectionGroup[]> {
  const folders = workspace.workspaceFolders ?? [];
  const shared = await Promise.all(folders.map(({uri}) => groupsIn(join(uri.fsPath, 'howdah.json'))));
  const all = [...shared.flat(), ...readGroups(settings.connectionGroups())];
  return all.filter(({name}, index) => all.findIndex(other => other.name === name) === index);
}

/** What is wrong with the file is told in the file. */
async function groupsIn(path: string): Promise<readonly ConnectionGroup[]> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const config = text === undefined ? undefined : configOf(text);
  return config?.ok === true ? config.value.groups : [];
}
