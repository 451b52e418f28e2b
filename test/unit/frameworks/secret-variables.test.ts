import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {createProject} from '../../../src/frameworks/goose/project.ts';
import {readPortables} from '../../../src/frameworks/reshape/read-portables.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'howdah-secret-'));
  await writeFile(join(folder, '.env'), 'SECRET=hunter2\n');
});
afterEach(() => rm(folder, {recursive: true, force: true}));

it.each([
  ['takes', '-- +goose ENVSUB ON\n', false],
  ['does not take', '', true],
])('writes nothing of a migration that %s variables into other files', async (_what, marker, expected) => {
  await writeFile(join(folder, '1_a.sql'), `-- +goose Up\n${marker}CREATE ROLE r PASSWORD '$SECRET';\n`);
  const project = createProject({root: folder, folder, flags: {}}, createParser(), 'files');
  const read = await readPortables(project, {});
  expect(read.ok).toBe(expected);
  expect(JSON.stringify(read)).not.toContain('hunter2');
});
