import {describe, expect, it} from 'vitest';
import {golangMigrateTool} from '../../../../src/core/lint/tools/golang-migrate.ts';
import {inWords} from '../../../../src/core/lint/fixes/text.ts';
import {createParser} from '../../../../src/parser/libpg-query.ts';
import {edited, fixOf, paths, stepsOf, toolFor, type Case} from './rig.ts';

const alone = stepsOf({
  sql: 'CREATE INDEX CONCURRENTLY i ON t (a)',
  how: 'alone',
  title: 'create index i',
  undo: 'DROP INDEX CONCURRENTLY i',
});

const validated = stepsOf(
  {sql: 'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID', undo: 'ALTER TABLE t DROP CONSTRAINT c'},
  {sql: 'ALTER TABLE t VALIDATE CONSTRAINT c', how: 'own', title: 'validate c'},
);

/** What is left of the file, and each added migration's up and down. */
interface Expected {
  readonly text?: string;
  readonly adds?: readonly (readonly [string, string])[];
  /** The other document's text. */
  readonly other?: string;
}

const index = 'CREATE INDEX i ON t (a);';
const check = 'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0);';
const added: readonly [string, string] = [
  'CREATE INDEX CONCURRENTLY i ON t (a);\n',
  'DROP INDEX CONCURRENTLY i;\n',
];

const cases: readonly (readonly [name: string, of: Case, expected: Expected | undefined])[] = [
  [
    'golang-migrate: alone, and it is',
    {tool: 'golang-migrate', text: `-- why\n${index}\n`, remedy: alone},
    {text: '-- why\nCREATE INDEX CONCURRENTLY i ON t (a);\n'},
  ],
  [
    'golang-migrate: alone but for a transaction and timeouts of its own',
    {
      tool: 'golang-migrate',
      text: `BEGIN;\n\nSET lock_timeout = '5s';\n${index}\n\nCOMMIT;\n`,
      at: 'INDEX',
      remedy: alone,
    },
    {text: 'CREATE INDEX CONCURRENTLY i ON t (a);\n\n'},
  ],
  [
    'golang-migrate: beside others it moves, with its comment',
    {
      tool: 'golang-migrate',
      text: `ALTER TABLE t ADD a int;\n\n-- for reports\n${index} -- soon\n\nCOMMENT ON TABLE t IS 'x';\n`,
      at: 'INDEX',
      remedy: alone,
    },
    {
      text: "ALTER TABLE t ADD a int;\n\nCOMMENT ON TABLE t IS 'x';\n",
      adds: [[`-- for reports\n-- soon\n${added[0]}`, added[1]]],
    },
  ],
  [
    'golang-migrate: a rollback is one file',
    {tool: 'golang-migrate', path: '/m/000002_b.down.sql', text: `${check}\n`, remedy: validated},
    undefined,
  ],
  [
    'golang-migrate: alone in a rollback',
    {tool: 'golang-migrate', path: '/m/000002_b.down.sql', text: `${index}\n`, remedy: alone},
    {text: 'CREATE INDEX CONCURRENTLY i ON t (a);\n'},
  ],
  [
    'golang-migrate: what is undone in the other file is undone once',
    {
      tool: 'golang-migrate',
      text: `ALTER TABLE t ADD a int;\n${index}\n`,
      at: 'INDEX',
      remedy: alone,
      counterpart: 'drop index if exists public.i;\nALTER TABLE t DROP a;\n',
    },
    {text: 'ALTER TABLE t ADD a int;\n', adds: [added], other: 'ALTER TABLE t DROP a;\n'},
  ],
  [
    'golang-migrate: not where something behind it needs it',
    {tool: 'golang-migrate', text: `${index}\nCOMMENT ON INDEX i IS 'x';\n`, remedy: alone},
    undefined,
  ],
  [
    'golang-migrate: not where the table is renamed behind it',
    {tool: 'golang-migrate', text: `${index}\nALTER TABLE t RENAME TO u;\n`, remedy: alone},
    undefined,
  ],
  [
    'golang-migrate: a transaction of its own for what comes second',
    {tool: 'golang-migrate', text: check, remedy: validated},
    {
      text: 'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;',
      adds: [['ALTER TABLE t VALIDATE CONSTRAINT c;\n', '']],
    },
  ],
  [
    'golang-migrate: cut at semicolons, everything stays',
    {
      tool: golangMigrateTool({multiStatement: true}),
      path: paths['golang-migrate'],
      text: `SELECT 1;\n${index}\n`,
      at: 'INDEX',
      remedy: alone,
    },
    {text: 'SELECT 1;\nCREATE INDEX CONCURRENTLY i ON t (a);\n'},
  ],
  [
    'golang-migrate: Windows, small letters, indented',
    {
      tool: 'golang-migrate',
      text: '  alter table t add constraint c check (a > 0);\r\n',
      remedy: stepsOf(
        {sql: "SET lock_timeout = 'A B'"},
        {sql: 'ALTER TABLE t ADD CONSTRAINT "C D" CHECK (a > 0)\nNOT VALID'},
      ),
    },
    {
      text: `  set lock_timeout = 'A B';\r\n  alter table t add constraint "C D" check (a > 0)\r\n  not valid;\r\n`,
    },
  ],
  [
    'golang-migrate: not in one transaction with what is before it',
    {
      tool: 'golang-migrate',
      text: 'SELECT 1;\nUPDATE t SET a = 1;\n',
      at: 'UPDATE',
      remedy: stepsOf({sql: 'UPDATE t SET a = 1', how: 'own'}),
    },
    {text: 'SELECT 1;\n', adds: [['UPDATE t SET a = 1;\n', '']]},
  ],
  [
    'golang-migrate: on the way back nothing moves into a migration that goes on',
    {
      tool: 'golang-migrate',
      path: '/m/000002_b.down.sql',
      text: `SELECT 1;\n${index}\n`,
      at: 'INDEX',
      remedy: alone,
    },
    undefined,
  ],
  [
    'golang-migrate: on the way back no second transaction',
    {tool: 'golang-migrate', path: '/m/000002_b.down.sql', text: check, remedy: validated},
    undefined,
  ],
  [
    'golang-migrate: on the way back alone, and it is',
    {tool: 'golang-migrate', path: '/m/000002_b.down.sql', text: index, remedy: alone},
    {text: 'CREATE INDEX CONCURRENTLY i ON t (a);'},
  ],
  [
    'dbmate: on the way back alone, and it is',
    {
      tool: 'dbmate',
      text: `-- migrate:up\nSELECT 1;\n-- migrate:down\n${index}\n`,
      at: 'INDEX',
      remedy: alone,
    },
    {
      text: '-- migrate:up\nSELECT 1;\n-- migrate:down transaction:false\nCREATE INDEX CONCURRENTLY i ON t (a);\n',
    },
  ],
  [
    'dbmate: in a transaction of its own, as the only one',
    {
      tool: 'dbmate',
      text: `-- migrate:up\n${check}\n-- migrate:down\n`,
      remedy: stepsOf({sql: 'SELECT 1', how: 'own'}, {sql: 'SELECT 2', how: 'own'}),
    },
    {text: '-- migrate:up\nSELECT 1;\n-- migrate:down\n', adds: [['SELECT 2;\n', '']]},
  ],
  [
    'dbmate: alone, and it is',
    {tool: 'dbmate', text: `-- migrate:up\n${index}\n\n-- migrate:down\nDROP INDEX i;\n`, remedy: alone},
    {
      text: '-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY i ON t (a);\n\n-- migrate:down\nDROP INDEX i;\n',
    },
  ],
  [
    'dbmate: beside others it moves, and what undoes it',
    {
      tool: 'dbmate',
      text: `-- migrate:up\nALTER TABLE t ADD a int;\n${index}\n\n-- migrate:down\nDROP INDEX i;\nALTER TABLE t DROP a;\n`,
      at: 'INDEX',
      remedy: alone,
    },
    {
      text: '-- migrate:up\nALTER TABLE t ADD a int;\n\n-- migrate:down\nALTER TABLE t DROP a;\n',
      adds: [added],
    },
  ],
  [
    'dbmate: a second transaction',
    {tool: 'dbmate', text: `-- migrate:up\n${check}\n-- migrate:down\n`, remedy: validated},
    {
      text: '-- migrate:up\nALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;\n-- migrate:down\n',
      adds: [['ALTER TABLE t VALIDATE CONSTRAINT c;\n', '']],
    },
  ],
  [
    'dbmate: without a transaction two statements are one all the same',
    {tool: 'dbmate', text: `-- migrate:up transaction:false\n${index}\nSELECT 1;\n`, remedy: alone},
    {text: '-- migrate:up transaction:false\nSELECT 1;\n', adds: [added]},
  ],
  [
    'goose: the mark, where nothing needs the transaction',
    {tool: 'goose', text: `-- +goose Up\n${index}\n-- +goose Down\nDROP INDEX i;\n`, remedy: alone},
    {
      text: '-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY i ON t (a);\n-- +goose Down\nDROP INDEX i;\n',
    },
  ],
  [
    'goose: a transaction of the file’s own goes, timeouts stay',
    {
      tool: 'goose',
      text: `-- +goose Up\nBEGIN;\nSET lock_timeout = '5s';\n${index}\nCOMMIT;\n`,
      at: 'INDEX',
      remedy: alone,
    },
    {
      text: "-- +goose NO TRANSACTION\n-- +goose Up\nSET lock_timeout = '5s';\nCREATE INDEX CONCURRENTLY i ON t (a);\n",
    },
  ],
  [
    'goose: steps stay together without a transaction',
    {tool: 'goose', text: `-- +goose Up\n${check}\n`, remedy: validated},
    {
      text: '-- +goose NO TRANSACTION\n-- +goose Up\nALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;\nALTER TABLE t VALIDATE CONSTRAINT c;\n',
    },
  ],
  [
    'goose: it moves where another one needs the transaction',
    {tool: 'goose', text: `-- +goose Up\nALTER TABLE t ADD a int;\n${index}\n`, at: 'INDEX', remedy: alone},
    {text: '-- +goose Up\nALTER TABLE t ADD a int;\n', adds: [added]},
  ],
  [
    'goose: down needs the transaction as well',
    {
      tool: 'goose',
      text: `-- +goose Up\n${check}\n-- +goose Down\nALTER TABLE t DROP a;\nALTER TABLE t DROP b;\n`,
      remedy: validated,
    },
    {
      text: '-- +goose Up\nALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;\n-- +goose Down\nALTER TABLE t DROP a;\nALTER TABLE t DROP b;\n',
      adds: [['ALTER TABLE t VALIDATE CONSTRAINT c;\n', '']],
    },
  ],
  [
    'goose: without a transaction everything stays',
    {
      tool: 'goose',
      text: `-- +goose NO TRANSACTION\n-- +goose Up\nSELECT 1;\n${check}\n`,
      at: 'ALTER',
      remedy: validated,
    },
    {
      text: '-- +goose NO TRANSACTION\n-- +goose Up\nSELECT 1;\nALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;\nALTER TABLE t VALIDATE CONSTRAINT c;\n',
    },
  ],
  [
    'goose: not two where one is sent',
    {
      tool: 'goose',
      text: `-- +goose NO TRANSACTION\n-- +goose Up\n-- +goose StatementBegin\n${check}\n-- +goose StatementEnd\n`,
      remedy: validated,
    },
    undefined,
  ],
  [
    'Flyway: alone, and it is',
    {tool: 'flyway', text: `${index}\n`, remedy: alone},
    {text: 'CREATE INDEX CONCURRENTLY i ON t (a);\n'},
  ],
  [
    'Flyway: no mixture',
    {tool: 'flyway', text: `SELECT 1;\n${index}\n`, at: 'INDEX', remedy: alone},
    {text: 'SELECT 1;\n', adds: [added]},
  ],
  [
    'Flyway: a second transaction',
    {tool: 'flyway', text: check, remedy: validated},
    {
      text: 'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;',
      adds: [['ALTER TABLE t VALIDATE CONSTRAINT c;\n', '']],
    },
  ],
  [
    'Prisma: alone',
    {tool: 'prisma', text: `-- CreateIndex\n${index}\n`, remedy: alone},
    {text: '-- CreateIndex\nCREATE INDEX CONCURRENTLY i ON t (a);\n'},
  ],
  [
    'node-pg-migrate: a file of SQL cannot leave the transaction',
    {tool: 'node-pg-migrate', text: `-- Up Migration\n${index}\n`, remedy: alone},
    undefined,
  ],
  [
    'node-pg-migrate: a program can',
    {
      tool: 'node-pg-migrate',
      path: '/m/1_b.js',
      text: `exports.up = (pgm) => {\n  pgm.sql('${index}');\n};\n\nexports.down = (pgm) => {};\n`,
      remedy: alone,
    },
    {
      text: "exports.up = (pgm) => {\n  pgm.noTransaction();\n  pgm.sql('CREATE INDEX CONCURRENTLY i ON t (a)');\n};\n\nexports.down = (pgm) => {};\n",
    },
  ],
  [
    'node-pg-migrate: a call for each step',
    {
      tool: 'node-pg-migrate',
      path: '/m/1_b.ts',
      text: 'export const up = (pgm: MigrationBuilder): void => {\n    pgm.sql(`\n      ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)\n    `);\n};\n',
      remedy: validated,
    },
    {
      text: 'export const up = (pgm: MigrationBuilder): void => {\n    pgm.noTransaction();\n    pgm.sql(`ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID`);\n    pgm.sql(`ALTER TABLE t VALIDATE CONSTRAINT c`);\n};\n',
    },
  ],
  [
    'node-pg-migrate: not where others need the transaction',
    {
      tool: 'node-pg-migrate',
      path: '/m/1_b.js',
      text: `exports.up = (pgm) => {\n  pgm.sql('${index}');\n  pgm.sql('SELECT 1');\n};\n`,
      remedy: alone,
    },
    undefined,
  ],
  [
    'Knex: a result that is returned stays where it is',
    {
      tool: 'sql',
      path: '/migrations/1.js',
      text: `exports.up = function (knex) {\n  return knex.raw('${check}');\n};\nexports.down = () => {};\n`,
      remedy: validated,
    },
    undefined,
  ],
  [
    'Alembic: a block without a transaction',
    {
      tool: 'alembic',
      text: `def upgrade():\n    op.add_column("t", a)\n    op.execute("${index}")\n    op.execute("SELECT 1")\n`,
      remedy: alone,
    },
    {
      text: 'def upgrade():\n    op.add_column("t", a)\n    with op.get_context().autocommit_block():\n        op.execute("CREATE INDEX CONCURRENTLY i ON t (a)")\n    op.execute("SELECT 1")\n',
    },
  ],
  [
    'Alembic: a second transaction, on Windows',
    {tool: 'alembic', text: `def upgrade():\r\n    op.execute("""${check}""")\r\n`, remedy: validated},
    {
      text: 'def upgrade():\r\n    op.execute("""ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID""")\r\n    with op.get_context().autocommit_block():\r\n        op.execute("""ALTER TABLE t VALIDATE CONSTRAINT c""")\r\n',
    },
  ],
  [
    'Alembic: not where the text is put together',
    {
      tool: 'alembic',
      text: 'def upgrade():\n    op.execute("CREATE INDEX i " + "ON t (a)")\n',
      remedy: alone,
    },
    undefined,
  ],
  [
    'Alembic: a formatted string keeps what it puts in',
    {
      tool: 'alembic',
      text: 'def upgrade():\n    op.execute(f"CREATE INDEX i ON {schema}.t (a)")\n',
      remedy: stepsOf({sql: 'CREATE INDEX CONCURRENTLY i ON _schema_.t (a)', how: 'alone'}),
    },
    {
      text: 'def upgrade():\n    with op.get_context().autocommit_block():\n        op.execute(f"CREATE INDEX CONCURRENTLY i ON {schema}.t (a)")\n',
    },
  ],
  [
    'Django: an operation for each step',
    {
      tool: 'sql',
      path: '/app/migrations/0001.py',
      text: `class Migration(migrations.Migration):\n    operations = [\n        migrations.RunSQL("${check}"),\n    ]\n`,
      remedy: validated,
    },
    {
      text: 'class Migration(migrations.Migration):\n    atomic = False\n    operations = [\n        migrations.RunSQL("ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID"),\n        migrations.RunSQL("ALTER TABLE t VALIDATE CONSTRAINT c"),\n    ]\n',
    },
  ],
  [
    'plain SQL: each is by itself',
    {tool: 'sql', text: `SELECT 1;\n${check}`, at: 'ALTER', remedy: validated},
    {
      text: 'SELECT 1;\nALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;\nALTER TABLE t VALIDATE CONSTRAINT c;',
    },
  ],
  [
    'plain SQL: behind the end of its transaction',
    {
      tool: 'sql',
      text: `BEGIN;\n${check}\nSELECT 1;\nCOMMIT;\n\\echo done\n`,
      at: 'ALTER',
      remedy: validated,
    },
    {
      text: 'BEGIN;\nALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;\nSELECT 1;\nCOMMIT;\n\nALTER TABLE t VALIDATE CONSTRAINT c;\n\\echo done\n',
    },
  ],
  [
    'plain SQL: out of its transaction',
    {tool: 'sql', text: `BEGIN;\nSELECT 1;\n${index}\nCOMMIT;\n`, at: 'INDEX', remedy: alone},
    {text: 'BEGIN;\nSELECT 1;\nCOMMIT;\n\nCREATE INDEX CONCURRENTLY i ON t (a);\n'},
  ],
  [
    'an edit',
    {
      tool: 'golang-migrate',
      text: 'create index i on t (a);',
      remedy: {kind: 'edit', title: 'x', edits: [{start: 12, end: 12, text: ' CONCURRENTLY'}]},
    },
    {text: 'create index concurrently i on t (a);'},
  ],
  [
    'an edit inside of a string with escapes',
    {
      tool: 'alembic',
      text: `def upgrade():\n    op.execute('CREATE INDEX i ON t (a) WHERE b = \\'x\\'')\n`,
      remedy: {kind: 'edit', title: 'x', edits: [{start: 12, end: 12, text: ' CONCURRENTLY'}]},
    },
    {text: `def upgrade():\n    op.execute('CREATE INDEX CONCURRENTLY i ON t (a) WHERE b = \\'x\\'')\n`},
  ],
  [
    'an edit across the end of a string',
    {
      tool: 'alembic',
      text: 'def upgrade():\n    op.execute("CREATE IND" "EX i ON t (a)")\n',
      remedy: {kind: 'edit', title: 'x', edits: [{start: 7, end: 12, text: 'TABLE'}]},
    },
    undefined,
  ],
  [
    'an edit in a template keeps the placeholder',
    {
      tool: 'golang-migrate',
      text: 'CREATE TABLE {{.S}}.t (a int);',
      remedy: {kind: 'edit', title: 'x', edits: [{start: 13, end: 21, text: '___S__.u'}]},
    },
    {text: 'CREATE TABLE {{.S}}.u (a int);'},
  ],
  [
    'an action with others',
    {
      tool: 'golang-migrate',
      text: 'ALTER TABLE t\n  ADD b int,\n  ADD CONSTRAINT c CHECK (a > 0),\n  ADD d int;\n',
      remedy: {
        ...validated,
        kind: 'action-steps',
        action: 1,
        steps: validated.kind === 'steps' ? validated.steps : [],
      },
    },
    {
      text: 'ALTER TABLE t\n  ADD b int,\n  ADD d int;\nALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;\n',
      adds: [['ALTER TABLE t VALIDATE CONSTRAINT c;\n', '']],
    },
  ],
  [
    'the last action',
    {
      tool: 'sql',
      text: 'ALTER TABLE t ADD b int, ADD CONSTRAINT c CHECK (a > 0);',
      remedy: {
        ...validated,
        kind: 'action-steps',
        action: 1,
        steps: validated.kind === 'steps' ? validated.steps.slice(0, 1) : [],
      },
    },
    {text: 'ALTER TABLE t ADD b int;\nALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;'},
  ],
  [
    'the only action',
    {
      tool: 'sql',
      text: check,
      remedy: {
        ...validated,
        kind: 'action-steps',
        action: 0,
        steps: validated.kind === 'steps' ? validated.steps.slice(0, 1) : [],
      },
    },
    {text: 'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;'},
  ],
  [
    'an action that another one names',
    {
      tool: 'sql',
      text: 'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID, VALIDATE CONSTRAINT c;',
      remedy: {
        ...validated,
        kind: 'action-steps',
        action: 0,
        steps: validated.kind === 'steps' ? validated.steps.slice(0, 1) : [],
      },
    },
    undefined,
  ],
  [
    'first, before the comment',
    {
      tool: 'golang-migrate',
      text: '-- head\n\n-- why\nALTER TABLE t ADD a int;\n',
      remedy: {kind: 'first', title: 'x', sql: "SET lock_timeout = '5s'"},
    },
    {text: "-- head\n\nSET lock_timeout = '5s';\n-- why\nALTER TABLE t ADD a int;\n"},
  ],
  [
    'first in a part',
    {
      tool: 'dbmate',
      text: '-- migrate:up\r\nalter table t add a int;\r\n',
      remedy: {kind: 'first', title: 'x', sql: "SET LOCAL lock_timeout = '5s'"},
    },
    {text: "-- migrate:up\r\nset local lock_timeout = '5s';\r\nalter table t add a int;\r\n"},
  ],
  [
    'first, before what goose sends at once',
    {
      tool: 'goose',
      text: '-- +goose Up\n-- +goose StatementBegin\nDO $$ BEGIN END $$;\n-- +goose StatementEnd\n',
      remedy: {kind: 'first', title: 'x', sql: "SET lock_timeout = '5s'"},
    },
    {
      text: "-- +goose Up\nSET lock_timeout = '5s';\n-- +goose StatementBegin\nDO $$ BEGIN END $$;\n-- +goose StatementEnd\n",
    },
  ],
  [
    'first in a program',
    {
      tool: 'alembic',
      text: 'def upgrade():\n    op.execute("ALTER TABLE t ADD a int")\n',
      remedy: {kind: 'first', title: 'x', sql: "SET lock_timeout = '5s'"},
    },
    {
      text: `def upgrade():\n    op.execute("SET lock_timeout = '5s'")\n    op.execute("ALTER TABLE t ADD a int")\n`,
    },
  ],
  [
    'first, not beside what has to be alone',
    {
      tool: 'golang-migrate',
      text: 'CREATE INDEX CONCURRENTLY i ON t (a);',
      remedy: {kind: 'first', title: 'x', sql: "SET lock_timeout = '5s'"},
    },
    undefined,
  ],
  [
    'after, with the semicolon that is missing',
    {
      tool: 'golang-migrate',
      text: 'UPDATE t SET a = 1',
      remedy: {kind: 'after', title: 'x', sql: 'ANALYZE t;'},
    },
    {text: 'UPDATE t SET a = 1;\nANALYZE t;'},
  ],
  [
    'last',
    {
      tool: 'dbmate',
      text: '-- migrate:up\nBEGIN;\nSELECT 1;\n-- migrate:down\n',
      remedy: {kind: 'last', title: 'x', sql: 'COMMIT'},
    },
    {text: '-- migrate:up\nBEGIN;\nSELECT 1;\nCOMMIT;\n-- migrate:down\n'},
  ],
  [
    'a statement that goes',
    {tool: 'golang-migrate', text: 'BEGIN;\nSELECT 1;\nCOMMIT;\n', at: 'COMMIT', remedy: stepsOf()},
    {text: 'BEGIN;\nSELECT 1;\n'},
  ],
  [
    'the other file, which is missing',
    {
      tool: 'golang-migrate',
      text: 'CREATE TABLE t ();',
      remedy: {kind: 'counterpart', title: 'x', sql: 'DROP TABLE t'},
    },
    {other: 'DROP TABLE t;\n'},
  ],
  [
    'the other file, which is empty',
    {
      tool: 'golang-migrate',
      text: 'CREATE TABLE t ();',
      counterpart: '-- nothing yet\n',
      remedy: {kind: 'counterpart', title: 'x', sql: 'DROP TABLE t'},
    },
    {other: '-- nothing yet\nDROP TABLE t;\n'},
  ],
  [
    'this file, which is empty',
    {
      tool: 'golang-migrate',
      path: '/m/000002_b.down.sql',
      text: '',
      remedy: {kind: 'counterpart', title: 'x', sql: 'DROP TABLE t;'},
    },
    {text: 'DROP TABLE t;\n'},
  ],
  [
    'the other part, which is missing',
    {
      tool: 'goose',
      text: '-- +goose Up\nCREATE TABLE t ();',
      remedy: {kind: 'counterpart', title: 'x', sql: 'DROP TABLE t'},
    },
    {text: '-- +goose Up\nCREATE TABLE t ();\n\n-- +goose Down\nDROP TABLE t;\n'},
  ],
  [
    'the other part, which is empty',
    {
      tool: 'dbmate',
      text: '-- migrate:up\nCREATE TABLE t ();\n\n-- migrate:down\n',
      remedy: {kind: 'counterpart', title: 'x', sql: 'DROP TABLE t'},
    },
    {text: '-- migrate:up\nCREATE TABLE t ();\n\n-- migrate:down\nDROP TABLE t;\n'},
  ],
  [
    'no other direction',
    {
      tool: 'flyway',
      text: 'CREATE TABLE t ();',
      remedy: {kind: 'counterpart', title: 'x', sql: 'DROP TABLE t'},
    },
    undefined,
  ],
];

describe('a fix', () => {
  it.each(cases)('%s', async (_, of, expected) => {
    const fix = await fixOf(of);
    const {adds, text, other} = expected ?? {};
    expect(fix && {text: edited(of, fix.edits), adds: fix.adds.map(({up, down}) => [up, down])}).toEqual(
      expected && {text: text ?? of.text, adds: adds ?? []},
    );
    const elsewhere = fix?.elsewhere?.map(({edits}) => edited({text: of.counterpart ?? ''}, edits)) ?? [];
    expect(elsewhere).toEqual(other === undefined ? [] : [other]);
  });

  const parser = createParser();
  it.each(cases.filter(([, , expected]) => expected))('%s: what it leaves parses', async (_, of) => {
    const fix = await fixOf(of);
    const tool = toolFor(of.tool);
    const document = {path: of.path ?? paths[tool.id], text: edited(of, fix?.edits ?? [])};
    const passages = tool.passages(document);
    const texts = [...passages.map(({sql}) => sql), ...(fix?.adds ?? []).flatMap(({up, down}) => [up, down])];
    for (const sql of texts) expect(await parser.parse(sql)).toMatchObject({ok: true});
    expect(passages.length).toBeGreaterThan(0);
  });

  it('gives the file another version', async () => {
    const fix = await fixOf({
      tool: 'golang-migrate',
      text: 'SELECT 1',
      history: {label: '000002', freeLabel: '000007'},
      remedy: {kind: 'renumber', title: 'Renumber it'},
    });
    expect(fix).toEqual({
      title: 'Renumber it',
      preferred: false,
      edits: [],
      adds: [],
      renamesTo: '000007_b.up.sql',
    });
  });
});

it('says what a template puts in as the document writes it', () => {
  const [passage] = toolFor('flyway').passages({path: paths.flyway, text: 'DROP TABLE ${schema}.t;'});
  expect(passage?.sql).toBe('DROP TABLE __schema_.t;');
  expect(passage && inWords('Drops __schema_.t, not __schema_x', passage)).toBe(
    'Drops ${schema}.t, not __schema_x',
  );
});
