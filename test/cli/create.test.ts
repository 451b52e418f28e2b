import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {documentOf, useCli} from './repository.ts';
import {createFolder, type Folder} from './rig.ts';

const {cli} = useCli();

async function inFolder(
  files: Readonly<Record<string, string>>,
  test: (folder: Folder) => Promise<void>,
): Promise<void> {
  const folder = await createFolder(files);
  try {
    await test(folder);
  } finally {
    await folder.remove();
  }
}

const two = {'db/000001_a.up.sql': '', 'db/000002_b.up.sql': ''};

it('continues the numbering of the project, and prints the paths', () =>
  inFolder(two, async ({path: cwd}) => {
    const created = await cli().run(['create', 'Add', 'e-mail!'], {cwd});
    expect(created).toMatchObject({
      code: 0,
      stdout: 'db/000003_add_e_mail.up.sql\ndb/000003_add_e_mail.down.sql\n',
    });
    expect((await readdir(join(cwd, 'db'))).length).toBe(4);
  }));

it('fills a template from the title and from --set', () =>
  inFolder(two, async ({path: cwd}) => {
    const created = await cli().run(
      ['create', 'create orders', '--template', 'create-table', '--set', 'table=sales.Orders', '--json'],
      {cwd},
    );
    expect(created.code).toBe(0);
    const files = [`${cwd}/db/000003_create_orders.up.sql`, `${cwd}/db/000003_create_orders.down.sql`];
    expect(documentOf('create', created)).toMatchObject({ok: true, files});
    expect(await readFile(files[0] ?? '', 'utf8')).toContain('CREATE TABLE sales."Orders"');
  }));

it("takes the project's own templates", () =>
  inFolder(
    {
      ...two,
      'templates/audit/template.json': '{"title": "Audit"}',
      'templates/audit/up.sql': '-- {{title}} up',
      'templates/audit/down.sql': '-- down',
    },
    async ({path: cwd}) => {
      const created = await cli().run(['create', 'x', '-t', 'audit', '--templates', 'templates'], {cwd});
      expect(created.code).toBe(0);
      expect(await readFile(join(cwd, 'db/000003_x.down.sql'), 'utf8')).toBe('-- down');
    },
  ));

it('makes the folder for the first migration', () =>
  inFolder({}, async ({path: cwd}) => {
    const created = await cli().run(['create', 'first', '--path', 'db/migrations'], {cwd});
    expect(created).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^db\/migrations\/\d+_first\.up\.sql\n/u),
    });
  }));

it.each<[readonly string[], RegExp]>([
  [['x', '--template', 'nope'], /There is no template "nope"[^]*create-table/],
  [['x', '--set', 'table=t'], /"blank" has no place "table"/],
  [['x', '--template', 'create-table'], /--set table=…/],
  [['!!!'], /no letter or digit/],
  [[], /missing required argument 'title'/],
])('create %j is refused with 2', (args, text) =>
  inFolder(two, async ({path: cwd}) => {
    const created = await cli().run(['create', ...args], {cwd});
    expect(created).toMatchObject({code: 2, stdout: ''});
    expect(created.stderr).toMatch(text);
    expect((await readdir(join(cwd, 'db'))).length).toBe(2);
  }),
);

it('does not guess a folder', () =>
  inFolder({}, async ({path: cwd}) => {
    expect(await cli().run(['create', 'x'], {cwd})).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--path'),
    });
  }));
