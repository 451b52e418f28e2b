import {describe, expect, it} from 'vitest';
import {golangMigrateTool} from '../../../../src/core/lint/tools/golang-migrate.ts';
import type {ToolDocument, ToolId} from '../../../../src/core/lint/tools/tool.ts';
import {toolNamed, toolOf} from '../../../../src/core/lint/tools/tools.ts';

const knex = "exports.up = async knex => { await knex.raw('select 1') };\nexports.down = () => {};";

describe('which tool a document is for', () => {
  it.each<[string, string, ToolId | undefined]>([
    ['/m/000001_init.up.sql', 'SELECT 1', 'golang-migrate'],
    ['C:\\m\\000001_init.down.sql', 'SELECT 1', 'golang-migrate'],
    ['/m/20240101000000_init.sql', '-- migrate:up\nSELECT 1;\n-- migrate:down\n', 'dbmate'],
    ['/m/00001_init.sql', '-- +goose Up\nSELECT 1;\n', 'goose'],
    ['/m/1700000000000_init.sql', '-- Up Migration\nSELECT 1;\n', 'node-pg-migrate'],
    ['/m/1700000000000_init.js', "exports.up = pgm => { pgm.sql('SELECT 1'); };", 'node-pg-migrate'],
    ['/m/V1__init.sql', 'SELECT 1', 'flyway'],
    ['/m/V1.2.3__init.sql', 'SELECT 1', 'flyway'],
    ['/m/R__views.sql', 'SELECT 1', 'flyway'],
    ['/prisma/migrations/2024_init/migration.sql', 'SELECT 1', 'prisma'],
    [
      '/versions/ae10_init.py',
      "revision = 'ae10'\ndef upgrade() -> None:\n    op.execute('SELECT 1')\n",
      'alembic',
    ],
    ['/app/migrations/0001_init.py', 'class Migration(migrations.Migration):\n    pass\n', 'sql'],
    ['/migrations/1_init.js', knex, 'sql'],
    ['/queries/report.sql', 'SELECT 1', 'sql'],
    ['/src/server.ts', "await pool.query('SELECT 1')", undefined],
    ['/src/migrate.ts', "// look it up or down\nawait knex.raw('SELECT 1')", undefined],
    ['/README.md', 'SELECT 1', undefined],
    ['/app/models.py', "op.execute('SELECT 1')", undefined],
  ])('%s', (path, text, id) => {
    expect(toolOf({path, text})?.id).toBe(id);
  });

  it('finds each by its id', () => {
    const ids: readonly ToolId[] = [
      'golang-migrate',
      'node-pg-migrate',
      'alembic',
      'dbmate',
      'goose',
      'flyway',
      'prisma',
      'sql',
    ];
    expect(ids.map(id => toolNamed(id).id)).toEqual(ids);
  });
});

/** Direction, block, how it is sent, and the text without the blanks around it. */
type Expected = readonly [direction: string, block: number | undefined, sent: string, sql: string];

const cases: readonly (readonly [name: string, document: ToolDocument, expected: readonly Expected[]])[] = [
  [
    'golang-migrate: up',
    {path: '/1_a.up.sql', text: 'SELECT 1;\nSELECT 2;\n'},
    [['up', undefined, 'query', 'SELECT 1;\nSELECT 2;']],
  ],
  [
    'golang-migrate: down, with a byte order mark, which the server refuses',
    {path: '/1_a.down.sql', text: '\uFEFFDROP TABLE t'},
    [['down', undefined, 'query', '\uFEFFDROP TABLE t']],
  ],
  ['golang-migrate: blank', {path: '/1_a.up.sql', text: ' \n\t'}, []],
  [
    'dbmate: both in a transaction',
    {path: '/1_a.sql', text: '-- head\n-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;\n'},
    [
      ['up', 1, 'query', 'SELECT 1;'],
      ['down', 2, 'query', 'SELECT 2;'],
    ],
  ],
  [
    'dbmate: up without, in a file from Windows',
    {
      path: '/1_a.sql',
      text: '-- migrate:up transaction:false\r\nSELECT 1;\r\n-- migrate:down\r\nSELECT 2;\r\n',
    },
    [
      ['up', undefined, 'query', 'SELECT 1;'],
      ['down', 2, 'query', 'SELECT 2;'],
    ],
  ],
  [
    'dbmate: the option stands on the line of the marker only',
    {path: '/1_a.sql', text: '-- migrate:up\n-- transaction:false\nSELECT 1;\n'},
    [['up', 1, 'query', '-- transaction:false\nSELECT 1;']],
  ],
  [
    'goose: a statement ends with its line',
    {
      path: '/1_a.sql',
      text: '-- +goose Up\nSELECT 1; SELECT 2;\nSELECT\n3; -- three\n-- +goose Down\nSELECT 4;\n',
    },
    [
      ['up', 1, 'query', 'SELECT 1; SELECT 2;'],
      ['up', 1, 'query', 'SELECT\n3; -- three'],
      ['down', 2, 'query', 'SELECT 4;'],
    ],
  ],
  [
    'goose: StatementBegin keeps what is between together',
    {
      path: '/1_a.sql',
      text: '-- +goose Up\n-- +goose StatementBegin\nDO $$ BEGIN\nNULL;\nEND $$;\n-- +goose StatementEnd\nSELECT 1;\n',
    },
    [
      ['up', 1, 'query', 'DO $$ BEGIN\nNULL;\nEND $$;'],
      ['up', 1, 'query', 'SELECT 1;'],
    ],
  ],
  [
    'goose: NO TRANSACTION is about the whole file, wherever it stands',
    {path: '/1_a.sql', text: '-- +goose Up\n-- +goose NO TRANSACTION\nSELECT 1;\n-- +goose Down\nSELECT 2;'},
    [
      ['up', undefined, 'query', 'SELECT 1;'],
      ['down', undefined, 'query', 'SELECT 2;'],
    ],
  ],
  [
    'flyway: a transaction, sent one by one',
    {path: '/V1__a.sql', text: '\uFEFFSELECT 1;\nSELECT 2;'},
    [['up', 1, 'each', 'SELECT 1;\nSELECT 2;']],
  ],
  [
    'flyway: what cannot run in a transaction is seen',
    {path: '/V1__a.sql', text: '-- for speed\nCREATE UNIQUE INDEX CONCURRENTLY i ON t (a);'},
    [['up', undefined, 'each', '-- for speed\nCREATE UNIQUE INDEX CONCURRENTLY i ON t (a);']],
  ],
  [
    'flyway: REINDEX CONCURRENTLY is not seen',
    {path: '/V1__a.sql', text: 'REINDEX INDEX CONCURRENTLY i;'},
    [['up', 1, 'each', 'REINDEX INDEX CONCURRENTLY i;']],
  ],
  ['flyway: undo', {path: '/U1__a.sql', text: 'DROP TABLE t;'}, [['down', 1, 'each', 'DROP TABLE t;']]],
  [
    'prisma',
    {path: '/20240101_a/migration.sql', text: '-- CreateTable\nCREATE TABLE "A" ();\n'},
    [['up', undefined, 'query', '-- CreateTable\nCREATE TABLE "A" ();']],
  ],
  [
    'node-pg-migrate: SQL with both markers',
    {path: '/1_a.sql', text: '-- Up Migration\nSELECT 1;\n\n-- Down Migration\nSELECT 2;\n'},
    [
      ['up', 1, 'query', '-- Up Migration\nSELECT 1;'],
      ['down', 1, 'query', '-- Down Migration\nSELECT 2;'],
    ],
  ],
  [
    'node-pg-migrate: down stands first',
    {path: '/1_a.sql', text: '---- DOWN MIGRATION\nSELECT 2;\n-- up migration\nSELECT 1;\n'},
    [
      ['up', 1, 'query', '-- up migration\nSELECT 1;'],
      ['down', 1, 'query', '---- DOWN MIGRATION\nSELECT 2;'],
    ],
  ],
  [
    'node-pg-migrate: a program',
    {
      path: '/1_a.ts',
      text: "export const up = (pgm) => {\n  pgm.noTransaction();\n  pgm.sql('SELECT 1');\n};\nexport const down = (pgm) => {\n  pgm.sql(`SELECT 2`);\n};\n",
    },
    [
      ['up', undefined, 'query', 'SELECT 1'],
      ['down', 1, 'query', 'SELECT 2'],
    ],
  ],
  [
    'plain SQL: each by itself',
    {path: '/a.sql', text: 'SELECT 1;\nSELECT 2;'},
    [['up', undefined, 'each', 'SELECT 1;\nSELECT 2;']],
  ],
  [
    'plain SQL: down by its name',
    {path: '/a_rollback.sql', text: 'SELECT 1;'},
    [['down', undefined, 'each', 'SELECT 1;']],
  ],
  [
    'plain SQL: down by its folder',
    {path: '/x/down/1.sql', text: 'SELECT 1;'},
    [['down', undefined, 'each', 'SELECT 1;']],
  ],
  [
    'plain SQL: a word that only begins so',
    {path: '/downloads.sql', text: 'SELECT 1;'},
    [['up', undefined, 'each', 'SELECT 1;']],
  ],
  ['Knex: in a transaction', {path: '/migrations/1.js', text: knex}, [['up', 1, 'query', 'select 1']]],
  [
    'Knex: without one',
    {path: '/migrations/1.js', text: `${knex}\nexports.config = { transaction: false };`},
    [['up', undefined, 'query', 'select 1']],
  ],
  [
    'TypeORM',
    {
      path: '/1-init.ts',
      text: 'export class Init1 implements MigrationInterface {\n  public async up(queryRunner: QueryRunner): Promise<void> {\n    await queryRunner.query(`SELECT 1`);\n  }\n  public async down(queryRunner: QueryRunner): Promise<void> {\n    await queryRunner.query(`SELECT 2`);\n  }\n}\n',
    },
    [
      ['up', 1, 'query', 'SELECT 1'],
      ['down', 1, 'query', 'SELECT 2'],
    ],
  ],
  [
    'Sequelize: no transaction of its own',
    {
      path: '/migrations/1.js',
      text: "module.exports = {\n  up: async (queryInterface) => {\n    await queryInterface.sequelize.query('SELECT 1');\n  },\n  async down(queryInterface) {\n    await queryInterface.sequelize.query('SELECT 2');\n  },\n};",
    },
    [
      ['up', undefined, 'query', 'SELECT 1'],
      ['down', undefined, 'query', 'SELECT 2'],
    ],
  ],
  [
    'Alembic: an autocommit block, and what is before and behind it',
    {
      path: '/versions/a.py',
      text: 'from alembic import op\n\ndef upgrade():\n    op.execute("SELECT 1")\n    with op.get_context().autocommit_block():\n        op.execute("SELECT 2")\n        # a comment\n\n        op.execute("SELECT 3")\n    op.execute("SELECT 4")\n\n\ndef downgrade():\n    op.execute("SELECT 5")\n',
    },
    [
      ['up', 1, 'query', 'SELECT 1'],
      ['up', undefined, 'query', 'SELECT 2'],
      ['up', undefined, 'query', 'SELECT 3'],
      ['up', 2, 'query', 'SELECT 4'],
      ['down', 2, 'query', 'SELECT 5'],
    ],
  ],
  [
    'Django: both directions, and lists',
    {
      path: '/migrations/0001.py',
      text: 'class Migration(migrations.Migration):\n    operations = [\n        migrations.RunSQL("SELECT 1", reverse_sql="SELECT 2"),\n        migrations.RunSQL(["SELECT 3", ("SELECT %s", [1])], migrations.RunSQL.noop),\n    ]\n',
    },
    [
      ['up', 1, 'query', 'SELECT 1'],
      ['down', 1, 'query', 'SELECT 2'],
      ['up', 1, 'query', 'SELECT 3'],
      ['up', 1, 'query', 'SELECT %s'],
    ],
  ],
];

describe('the SQL of a document', () => {
  it.each(cases)('%s', (_, document, expected) => {
    const passages = toolOf(document)?.passages(document) ?? [];
    expect(
      passages.map(({direction, block, sent, sql}) => [
        direction,
        block,
        sent,
        sql.replaceAll(/^[ \r\n]+|[ \r\n]+$/g, ''),
      ]),
    ).toEqual(expected);
  });

  it.each(cases)('%s: every character is where it says', (_, document) => {
    for (const passage of toolOf(document)?.passages(document) ?? []) {
      const {sql, span} = passage;
      expect(document.text.slice(span.start, span.end)).toBe(sql);
      for (let at = 0; at < sql.length; at += 1) expect(document.text[passage.toDocument(at)]).toBe(sql[at]);
      expect(passage.toDocument(sql.length)).toBe(span.end);
    }
  });

  it('cuts golang-migrate’s files at every semicolon where the project says so', () => {
    const text = "SELECT ';';\nSELECT 2;\n";
    const passages = golangMigrateTool({multiStatement: true}).passages({path: '/1_a.up.sql', text});
    expect(passages.map(({sql, span}) => [sql, span.start])).toEqual([
      ["SELECT ';", 0],
      ["';", 9],
      ['\nSELECT 2;', 11],
    ]);
  });
});

describe('leaving the tool’s transaction', () => {
  it.each<[string, ToolDocument, 'up' | 'down', string]>([
    [
      'dbmate',
      {path: '/1_a.sql', text: '-- migrate:up\r\nS;\r\n-- migrate:down\r\n'},
      'up',
      '-- migrate:up transaction:false\r\nS;\r\n-- migrate:down\r\n',
    ],
    [
      'dbmate, down',
      {path: '/1_a.sql', text: '-- migrate:up\nS;\n-- migrate:down x:y \n'},
      'down',
      '-- migrate:up\nS;\n-- migrate:down x:y transaction:false \n',
    ],
    [
      'goose',
      {path: '/1_a.sql', text: '-- +goose Up\r\nS;\r\n'},
      'up',
      '-- +goose NO TRANSACTION\r\n-- +goose Up\r\nS;\r\n',
    ],
    [
      'node-pg-migrate',
      {path: '/1_a.js', text: 'exports.up = (pgm) => {\n    pgm.sql("S");\n};\n'},
      'up',
      'exports.up = (pgm) => {\n    pgm.noTransaction();\n    pgm.sql("S");\n};\n',
    ],
    [
      'Knex',
      {path: '/migrations/1_a.js', text: knex},
      'up',
      `${knex}\nexports.config = {transaction: false};\n`,
    ],
    ['Flyway sees it itself', {path: '/V1__a.sql', text: 'S;'}, 'up', 'S;'],
    ['plain SQL is in none', {path: '/a.sql', text: 'S;'}, 'up', 'S;'],
  ])('%s', (_, document, direction, expected) => {
    const tool = toolOf(document);
    const edits = tool?.outside.how === 'marker' ? tool.outside.edits(document, direction) : [];
    const edited = edits.reduceRight(
      (text, {start, end, text: instead}) => text.slice(0, start) + instead + text.slice(end),
      document.text,
    );
    expect(edited).toBe(expected);
    const again =
      tool?.outside.how === 'marker' ? tool.outside.edits({...document, text: edited}, direction) : [];
    expect(again).toEqual([]);
  });
});
