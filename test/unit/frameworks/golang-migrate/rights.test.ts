import {chmod, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {createProject} from '../../../../src/frameworks/golang-migrate/project.ts';
import {createParser} from '../../../../src/parser/libpg-query.ts';

/** Rights do not bind root, so root becomes nobody for the moment. */
const nobody = 65_534;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'howdah-rights-'));
  await writeFile(join(folder, '1_first.up.sql'), 'SELECT 1;');
});

afterAll(async () => {
  await chmod(folder, 0o700);
  await rm(folder, {recursive: true});
});

async function withoutRights<T>(mode: number, act: () => Promise<T>): Promise<T> {
  await chmod(folder, mode);
  const root = userInfo().uid === 0;
  if (root) process.seteuid?.(nobody);
  try {
    return await act();
  } finally {
    if (root) process.seteuid?.(0);
  }
}

it('says so when a folder may not be written in, and leaves it as it was', async () => {
  const project = createProject(folder, createParser());
  const created = await withoutRights(0o555, () =>
    project.create({title: 'add orders', up: 'up', down: 'down', now: new Date(0)}),
  );
  expect(created).toMatchObject({
    ok: false,
    failure: {
      reason: 'unwritable-file',
      message: expect.stringContaining(folder),
      advice: expect.any(String),
    },
  });
  const listed = await project.list();
  expect(listed.ok && listed.value.migrations.map(({id}) => id)).toEqual(['1']);
});

it('says so when a folder may not be read', async () => {
  const listed = await withoutRights(0o000, () => createProject(folder, createParser()).list());
  expect(listed).toMatchObject({
    ok: false,
    failure: {reason: 'unreadable-file', message: expect.stringContaining(folder)},
  });
});
