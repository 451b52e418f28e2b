import {readFile} from 'node:fs/promises';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {RunOptions} from '../../src/frameworks/framework.ts';
import {alembicCurrent, autogenerate, mergeHeads} from '../../src/frameworks/alembic/commands.ts';
import {readEnvironment} from '../../src/frameworks/alembic/folder.ts';
import {alembicFixture, usualEnv, usualIni, type AlembicFixture} from './alembic-fixture.ts';
import {majors} from '../rig/servers.ts';
import {must} from './sessions.ts';

const patient: RunOptions = {lockTimeout: 0, statementTimeout: 0};

// The whole contract costs a start of Python for each run, so that older servers get its core in one pass.
describe.each(majors.filter(major => major < 18))('Alembic on PostgreSQL %i', major => {
  it('runs, fails, rolls back and stamps', async () => {
    const fixture = await alembicFixture(major);
    const session = must(await fixture.open());
    const {project} = fixture;
    const status = async () => must(await project.status(session, {}));
    const run = async (kind: 'apply-all' | 'apply-next' | 'roll-back-last') => {
      const plan = must(await project.plan(await status(), {kind}, {}));
      return must(await project.run(session, plan, {}, patient, fixture.open));
    };
    await fixture.write(1, 'good');
    await fixture.write(2, 'broken');
    expect(await run('apply-all')).toMatchObject({
      done: [],
      position: {kind: 'none'},
      stopped: {failure: {reason: 'sql'}, at: {start: {line: fixture.brokenLine, column: 11}}},
    });
    await fixture.write(2, 'good');
    expect((await run('apply-all')).position).toEqual({kind: 'at', id: '0000000000n2'});
    expect((await run('roll-back-last')).position).toEqual({kind: 'at', id: '0000000000n1'});
    expect(await fixture.made(session)).toEqual([1]);
    const forced = must(
      await project.force(session, {kind: 'at', id: '0000000000n2'}, {}, patient, fixture.open),
    );
    expect(forced.position).toEqual({kind: 'at', id: '0000000000n2'});
    await session.close();
    await fixture.dispose();
  });
});

describe('Alembic’s other commands', () => {
  let fixture: AlembicFixture;

  beforeEach(async () => {
    fixture = await alembicFixture(18);
  });

  afterEach(() => fixture.dispose());

  const historyNow = async () => must(await readEnvironment(fixture.environment)).history;

  it('merges heads, and applies both', async () => {
    await fixture.revision('base', {});
    await fixture.revision('left', {down: "'base'"});
    await fixture.revision('right', {down: "'base'"});
    expect((await historyNow()).problems).toMatchObject([{kind: 'other', refused: false}]);
    const now = new Date();
    expect(await fixture.project.create({title: 'more', up: '', down: '', now})).toMatchObject({
      failure: {reason: 'invalid-input'},
    });
    const [path = ''] = must(await mergeHeads(fixture.environment, ['left', 'right'], 'join', {}));
    expect(await readFile(path, 'utf8')).toContain("('left', 'right')");
    const {migrations, problems} = await historyNow();
    expect(problems).toEqual([]);
    expect(migrations.at(-1)).toMatchObject({title: 'join', graph: {parents: ['left', 'right']}});
  });

  it('writes what the models have and the database does not', async () => {
    const session = must(await fixture.open());
    const models =
      'import sqlalchemy as sa\nmetadata = sa.MetaData()\nsa.Table("one", metadata, sa.Column("id", sa.Integer))\n';
    await fixture.file('models.py', models);
    await fixture.file(
      'alembic/env.py',
      `import models\n${usualEnv.replace('connection=connection', 'connection=connection, target_metadata=models.metadata')}`,
    );
    const given = {options: {}, run: {...patient, environment: fixture.variables}, reopen: fixture.open};
    const [path = ''] = must(await autogenerate(fixture.environment, session, 'make one', given));
    expect(await readFile(path, 'utf8')).toContain("op.create_table('one'");
    await session.close();
  });

  it('asks Alembic for the status of a database that is not PostgreSQL', async () => {
    await fixture.file(
      'alembic.ini',
      usualIni.replace(/sqlalchemy\.url = .*/, 'sqlalchemy.url = sqlite:///%(here)s/dev.db'),
    );
    await fixture.revision('r1', {});
    await fixture.revision('r2', {down: "'r1'"});
    const current = async () => must(await alembicCurrent(fixture.environment, await historyNow(), {}));
    expect(await current()).toMatchObject({position: {kind: 'none'}, bookkeeping: {exists: false}});
    const {execFileSync} = await import('node:child_process');
    execFileSync('/usr/bin/alembic', ['upgrade', 'r1'], {cwd: fixture.folder, stdio: 'ignore'});
    expect(await current()).toMatchObject({
      position: {kind: 'at', id: 'r1'},
      migrations: [{state: {kind: 'applied', current: true}}, {state: {kind: 'pending'}}],
      bookkeeping: {table: '"alembic_version"', exists: true},
    });
  });
});
