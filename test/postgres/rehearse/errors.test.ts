import {afterAll, beforeAll, expect, it} from 'vitest';
import type {FileRange} from '../../../src/core/migrations/plan.ts';
import type {Stage} from '../../../src/core/rehearse/stage.ts';
import type {Session} from '../../../src/core/session.ts';
import type {Place} from '../../../src/core/sql/positions.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {runScript} from '../../../src/postgres/rehearse/run-script.ts';
import {useStage} from '../../embedded/stage-rig.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {scriptOf} from '../../rig/migration-scripts.ts';
import {majors} from '../../rig/servers.ts';
import {openFor, value} from '../../rig/sessions.ts';
import {errorCases, errorSetup} from './error-cases.ts';

const rig = useStage();
const parser = createParser();
const databases: TestDatabase[] = [];
const sessions = new Map<string, Session>();
let stage: Stage | undefined;

beforeAll(async () => {
  for (const major of majors) {
    const database = await createDatabase(major);
    databases.push(database);
    sessions.set(String(major), await openFor(database));
  }
  stage = value(await rig.shared().open());
  sessions.set('embedded', value(await stage.session()));
  for (const session of sessions.values()) value(await session.script(errorSetup));
});

afterAll(async () => {
  await stage?.release();
  for (const [name, session] of sessions) if (name !== 'embedded') await session.close();
  for (const database of databases) await database.drop();
});

it.each(errorCases)('underlines %s', async marked => {
  const sql = marked.replaceAll(/[«»]/g, '');
  const found: Record<string, string> = {};
  const expected: Record<string, string> = {};
  for (const [name, session] of sessions) {
    const {failure} = await runScript(session, parser, scriptOf(sql));
    found[name] = failure?.at ? markedAt(sql, failure.at) : (failure?.failure.message ?? 'runs');
    expected[name] = marked;
  }
  expect(found).toEqual(expected);
});

function markedAt(sql: string, {start, end}: Pick<FileRange, 'start' | 'end'>): string {
  const lines = sql.split('\n');
  const offset = ({line, column}: Place): number =>
    lines.slice(0, line).reduce((total, each) => total + each.length + 1, 0) + column;
  return `${sql.slice(0, offset(start))}«${sql.slice(offset(start), offset(end))}»${sql.slice(offset(end))}`;
}
