import {describe, expect, it} from 'vitest';
import {createHistoryModel} from '../../../../src/core/lint/model/history.ts';
import {complete} from '../../../../src/core/lint/navigate/complete.ts';
import {definitionAt} from '../../../../src/core/lint/navigate/definition.ts';
import {createParseCache} from '../../../../src/core/lint/parse-cache.ts';
import {toolNamed} from '../../../../src/core/lint/tools/tools.ts';
import type {ToolId} from '../../../../src/core/lint/tools/tool.ts';
import {createParser} from '../../../../src/parser/libpg-query.ts';

const cache = createParseCache(createParser());

function requestFor(id: ToolId, path: string, marked: string) {
  const tool = toolNamed(id);
  const history = createHistoryModel(cache);
  const text = marked.replace('|', '');
  history.set([{path, id: '1', tool, text}]);
  return {document: {path, text}, tool, offset: marked.indexOf('|'), history};
}

describe('names in files of other tools', () => {
  it.each<readonly [ToolId, string, string]>([
    [
      'dbmate',
      '/m/1_a.sql',
      '-- migrate:up\ncreate table a (x int);\n-- migrate:down\nalter table a drop column |',
    ],
    [
      'goose',
      '/m/1_a.sql',
      '-- +goose Up\ncreate table a (x int);\n-- +goose Down\nalter table a drop column |;\n',
    ],
    [
      'alembic',
      '/m/1_a.py',
      'from alembic import op\nrevision = "1"\n\ndef upgrade():\n    op.execute("create table a (x int)")\n    op.execute("alter table a drop column |")\n',
    ],
    [
      'node-pg-migrate',
      '/m/1_a.js',
      "exports.up = pgm => {\n  pgm.sql('create table a (x int)');\n  pgm.sql(`alter table a drop column |`);\n};\n",
    ],
  ])('%s', async (id, path, marked) => {
    const request = requestFor(id, path, marked);
    const items = await complete(request);
    expect(items.map(({label}) => label)).toEqual(['x', 'a']);
    expect(items[0]?.replaces).toEqual({start: request.offset, end: request.offset});
    const place = await definitionAt({...request, offset: marked.indexOf('table a drop') + 6});
    expect(place?.start).toBe(marked.indexOf('a (x'));
  });

  it('a file that takes back begins where the migration ends', async () => {
    const tool = toolNamed('golang-migrate');
    const history = createHistoryModel(cache);
    const up = '/m/1_a.up.sql';
    history.set([
      {path: up, id: '1', tool, text: 'create table a (x int)'},
      {path: '/m/2_b.up.sql', id: '2', tool, text: 'drop table a'},
    ]);
    const text = 'drop table ';
    const items = await complete({
      document: {path: '/m/1_a.down.sql', text},
      tool,
      offset: text.length,
      history,
      up,
    });
    expect(items.map(({label}) => label)).toEqual(['a', 'public']);
  });
});
