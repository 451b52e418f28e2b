import {describe, expect, it} from 'vitest';
import {draftFiles} from '../../../../src/core/lint/tools/draft-files.ts';
import type {ToolId} from '../../../../src/core/lint/tools/tool.ts';
import {toolNamed} from '../../../../src/core/lint/tools/tools.ts';

const now = new Date('2026-11-21T12:13:14.567Z');
const concurrent = {
  title: 'create index i',
  up: 'CREATE INDEX CONCURRENTLY i ON t (a);\n',
  down: 'DROP INDEX CONCURRENTLY i;\n',
};
const plain = {title: 'Validate “c”', up: 'ALTER TABLE t VALIDATE CONSTRAINT c;\n', down: ''};
const body = {title: 'f', up: 'DO $$ BEGIN\n  NULL;\nEND $$;\n', down: ''};

describe('files of new migrations', () => {
  it.each<[ToolId, string, readonly string[], typeof plain, string, string]>([
    [
      'dbmate',
      '/m/20240101000000_a.sql',
      ['20240101000000_a.sql', 'README.md'],
      concurrent,
      '/m/20261121121314_create_index_i.sql',
      '-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY i ON t (a);\n\n-- migrate:down transaction:false\nDROP INDEX CONCURRENTLY i;\n',
    ],
    [
      'dbmate',
      '/m/20270101000000_a.sql',
      ['20270101000000_a.sql'],
      plain,
      '/m/20270101000001_validate_c.sql',
      '-- migrate:up\nALTER TABLE t VALIDATE CONSTRAINT c;\n\n-- migrate:down\n',
    ],
    [
      'goose',
      'C:\\m\\00002_a.sql',
      ['00001_z.sql', '00002_a.sql'],
      concurrent,
      'C:\\m\\00003_create_index_i.sql',
      '-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY i ON t (a);\n\n-- +goose Down\nDROP INDEX CONCURRENTLY i;\n',
    ],
    [
      'goose',
      '/m/9_a.sql',
      ['9_a.sql', '10_b.sql'],
      body,
      '/m/11_f.sql',
      '-- +goose Up\n-- +goose StatementBegin\nDO $$ BEGIN\n  NULL;\nEND $$;\n-- +goose StatementEnd\n\n-- +goose Down\n',
    ],
    ['flyway', '/m/V7__a.sql', ['V7__a.sql', 'R__v.sql'], plain, '/m/V8__validate_c.sql', plain.up],
    [
      'prisma',
      '/p/20240101000000_a/migration.sql',
      ['20240101000000_a', 'migration_lock.toml'],
      plain,
      '/p/20261121121314_validate_c/migration.sql',
      plain.up,
    ],
    [
      'node-pg-migrate',
      '/m/1700000000000_a.sql',
      ['1700000000000_a.sql'],
      plain,
      '/m/1795263194567_validate-c.sql',
      '-- Up Migration\nALTER TABLE t VALIDATE CONSTRAINT c;\n\n-- Down Migration\n',
    ],
  ])('%s after %s', (tool, path, names, add, expectedPath, expectedText) => {
    const files = draftFiles(tool, [add], {path, names, now});
    expect(files).toEqual([{path: expectedPath, text: expectedText}]);
    for (const file of files ?? []) expect(toolNamed(tool).recognises(file)).toBe(true);
  });

  it('numbers one behind the other', () => {
    const files = draftFiles('dbmate', [plain, plain], {path: '/m/1_a.sql', names: ['1_a.sql'], now});
    expect(files?.map(({path}) => path)).toEqual(['/m/2_validate_c.sql', '/m/3_validate_c.sql']);
  });

  it('keeps the line ends', () => {
    const up = plain.up.replace('\n', '\r\n');
    const [file] =
      draftFiles('dbmate', [{...plain, up}], {path: '/m/1_a.sql', names: ['1_a.sql'], now}) ?? [];
    expect(file?.text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it.each<[ToolId, string]>([
    ['alembic', '/versions/a.py'],
    ['sql', '/a.sql'],
    ['node-pg-migrate', '/m/1_a.js'],
  ])('leaves them to %s', (tool, path) => {
    expect(draftFiles(tool, [plain], {path, names: ['1_a.sql'], now})).toBeUndefined();
  });
});
