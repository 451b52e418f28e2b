import {afterAll, beforeAll, expect, it} from 'vitest';
import {assess} from '../../src/core/health/assess.ts';
import type {IndexMigration} from '../../src/core/health/indexes/migration.ts';
import type {StepRehearsal} from '../../src/core/rehearse/report.ts';
import type {Stage} from '../../src/core/rehearse/stage.ts';
import {createParser} from '../../src/parser/libpg-query.ts';
import {openSession} from '../../src/postgres/connect.ts';
import {readHealth} from '../../src/postgres/health/read-health.ts';
import {rehearse} from '../../src/postgres/rehearse/rehearse.ts';
import {scriptOf} from '../rig/migration-scripts.ts';
import {openOptions, value} from '../rig/sessions.ts';
import {useRig} from './rig.ts';
import {useStage} from './stage-rig.ts';

const schema = `CREATE TABLE stays (id int PRIMARY KEY, room int4range, during daterange, code text, part int,
    CONSTRAINT code_key UNIQUE (code, part) DEFERRABLE,
    CONSTRAINT no_overlap EXCLUDE USING gist (room WITH &&, during WITH &&) WHERE (part > 0));
  ALTER TABLE stays ADD CONSTRAINT no_overlap_twin EXCLUDE USING gist (room WITH &&, during WITH &&) WHERE (part > 0);
  ALTER TABLE stays ADD CONSTRAINT code_twin UNIQUE (code, part) DEFERRABLE;
  COMMENT ON INDEX code_twin IS 'of long ago';`;
const rig = useRig();
const stages = useStage();
let stage: Stage;
let migrations: readonly (readonly IndexMigration[])[];

beforeAll(async () => {
  stage = value(await stages.shared().open());
  const playground = await rig.shared();
  const {password: _, ...options} = openOptions;
  const session = value(await openSession(playground.settings, options));
  value(await session.script(schema));
  const {reading} = value(await readHealth(session, ['indexes']));
  await session.close();
  const {findings} = await assess(reading);
  migrations = findings
    .filter(({check}) => check === 'index-duplicate')
    .flatMap(({actions}) => actions.flatMap(one => (one.kind === 'migration' ? [one.migrations] : [])));
});

afterAll(() => stage?.release());

async function steps(files: readonly IndexMigration[]): Promise<readonly StepRehearsal[]> {
  const ports = {stage, parser: createParser()};
  const history = [scriptOf(schema, {id: '0'})];
  const tried = files.map(({up, down}, at) => ({
    up: scriptOf(up, {id: String(at + 1)}),
    down: scriptOf(down, {id: String(at + 1), direction: 'down'}),
  }));
  const done = value(await rehearse(ports, {project: 'p', history, steps: tried}, {}));
  return done.kind === 'report' ? done.report.steps : expect.fail(done.stop.failure.message);
}

it.each(['code_twin', 'no_overlap_twin'])(
  'drops the second of two constraints, %s, and down undoes it',
  async name => {
    const files = migrations.find(series => series.some(({title}) => title.endsWith(` ${name}`)));
    const rehearsed = await steps(files ?? []);
    expect(rehearsed.length).toBeGreaterThan(0);
    expect(rehearsed.map(({verdict, undo}) => [verdict, undo])).toEqual(
      rehearsed.map(() => [expect.not.stringMatching('fails'), {kind: 'undone'}]),
    );
  },
);
