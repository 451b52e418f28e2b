import {afterAll, beforeAll, expect, it} from 'vitest';
import type {Example, Rule} from '../../../src/core/lint/rule.ts';
import {compareSchemas} from '../../../src/core/schema/compare/compare.ts';
import type {SchemaSnapshot} from '../../../src/core/schema/objects.ts';
import {ok, type Outcome} from '../../../src/core/outcome.ts';
import type {Session} from '../../../src/core/session.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {loadRules} from '../../../scripts/rules/load-rules.ts';
import {fixedBy, lintExample} from '../../../scripts/rules/run-example.ts';
import {runScript} from '../../../src/postgres/rehearse/run-script.ts';
import {levelOf} from '../../../src/core/rehearse/locks.ts';
import type {ObservedStatement} from '../../../src/core/rehearse/report.ts';
import {scriptOf} from '../../rig/migration-scripts.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {readPlanned} from '../../rig/planned.ts';
import {openFor, value} from '../../rig/sessions.ts';

/** What these fix is the schema itself, which is then another one. */
const otherSchema = new Set([
  'char-type',
  'down-does-not-undo',
  'down-empty',
  'float-for-money',
  'foreign-key-without-index',
  'generated-column-rewrites',
  'hash-index',
  'int-primary-key',
  'json-type',
  'money-type',
  'not-null-without-default',
  // It leaves a CHECK, so that attaching again needs no scan.
  'partition-detach-blocks',
  'redundant-index',
  'rename-table',
  'row-security-without-policy',
  'security-definer-search-path',
  'serial-type',
  'set-schema',
  'timestamp-without-zone',
  'varchar-length',
]);

/** Their fix leaves the statement as it is. */
const sameWork = new Set(['statement-timeout-missing']);

const parser = createParser();
let database: TestDatabase;
let session: Session;

beforeAll(async () => {
  database = await createDatabase(18, 'fixes');
  session = await openFor(database);
});

afterAll(async () => {
  await session.close();
  await database.drop();
});

const rules = await loadRules();
const cases = rules.flatMap(({id, rule, proof}) =>
  (proof?.fires ?? [])
    .filter(({fixed}) => fixed !== undefined)
    .flatMap(example => (rule ? [{id, rule, example, name: example.name}] : [])),
);

it.for(cases)('$id: $name', async ({id, rule, example}, {skip}) => {
  const fix = await fixOf(rule, example);
  const before = beforeOf(example);
  const original = await after(before, [example.sql.replaceAll(/[«»]/g, '')]);
  const fixed = await after(before, fix.split('-- next migration'));
  // What refers to things that its example does not make runs nowhere.
  if (!original.ok && !fixed.ok) skip();
  const mended = value(fixed);
  if (!original.ok) return;
  const {differences} = await compareSchemas(parser, original.value.schema, mended.schema);
  const told = differences.map(
    difference =>
      `${difference.object.key}: ${difference.kind === 'changed' ? difference.attribute : difference.kind}`,
  );
  if (otherSchema.has(id)) expect(told, fix).not.toEqual([]);
  else expect(told, fix).toEqual([]);
  expect(isWorse(original.value.stops, mended.stops), fix).toBe(false);
  if (original.value.stops.size > 0 && !sameWork.has(id))
    expect(mended.stops, fix).not.toEqual(original.value.stops);
});

/** Level of the strongest lock by the relation that was read or written anew under it, where writers have to wait. */
type Stops = ReadonlyMap<string, number>;

function isWorse(original: Stops, fixed: Stops): boolean {
  return [...fixed].some(([relation, level]) => level > (original.get(relation) ?? 0));
}

async function fixOf(rule: Rule, example: Example): Promise<string> {
  const {text, findings} = await lintExample(rule, example);
  const fix = findings[0]?.fixes[0];
  return fix ? fixedBy(text, fix) : expect.fail('no fix');
}

function beforeOf({history = '', target = '', counterpart = '', direction}: Example): readonly string[] {
  return [target, history, ...(direction === 'down' ? [counterpart] : [])];
}

const clearSql = `
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', name);
  END LOOP;
END $$;
CREATE SCHEMA public;
RESET ALL;
SET client_min_messages = error`;

interface Run {
  readonly schema: SchemaSnapshot;
  readonly stops: Stops;
}

/** Statement by statement, so that each runs in the transaction that it needs. */
async function after(before: readonly string[], texts: readonly string[]): Promise<Outcome<Run>> {
  await session.script('ROLLBACK');
  value(await session.script(clearSql));
  const stops = new Map<string, number>();
  for (const text of [...before, ...texts]) {
    const {ran, failure} = await runScript(session, parser, scriptOf(text, {how: 'bare'}));
    if (failure) return {ok: false, failure: failure.failure};
    if (texts.includes(text)) for (const {observed} of ran) remember(observed, stops);
  }
  await session.script('COMMIT');
  return ok({schema: await readPlanned(session), stops});
}

function remember({locks, rewrites, scans}: ObservedStatement, stops: Map<string, number>): void {
  for (const {relation, mode, isNew, kind} of locks) {
    const isStop = !isNew && levelOf(mode) >= levelOf('SHARE') && kind !== 'index' && kind !== 'sequence';
    if (isStop && (rewrites.includes(relation) || scans.includes(relation)))
      stops.set(relation, Math.max(levelOf(mode), stops.get(relation) ?? 0));
  }
}
