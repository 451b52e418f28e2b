import {afterAll, beforeAll, expect, it} from 'vitest';
import type {Example, Rule} from '../../../src/core/lint/rule.ts';
import {compareSchemas} from '../../../src/core/schema/compare/compare.ts';
import type {SchemaSnapshot} from '../../../src/core/schema/objects.ts';
import {ok, type Outcome} from '../../../src/core/outcome.ts';
import type {Session} from '../../../src/core/session.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {readSchema} from '../../../src/postgres/schema/read-schema.ts';
import {loadRules} from '../../../scripts/rules/load-rules.ts';
import {fixedBy, lintExample} from '../../../scripts/rules/run-example.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
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
  const original = await schemaAfter([...before, example.sql.replaceAll(/[«»]/g, '')]);
  const fixed = await schemaAfter([...before, ...fix.split('-- next migration')]);
  // What refers to things that its example does not make runs nowhere.
  if (!original.ok && !fixed.ok) skip();
  const mended = value(fixed);
  if (!original.ok) return;
  const {differences} = await compareSchemas(parser, original.value, mended);
  const told = differences.map(
    difference =>
      `${difference.object.key}: ${difference.kind === 'changed' ? difference.attribute : difference.kind}`,
  );
  if (otherSchema.has(id)) expect(told, fix).not.toEqual([]);
  else expect(told, fix).toEqual([]);
});

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

/** Statement by statement, so that each runs in the transaction that it needs. */
async function schemaAfter(texts: readonly string[]): Promise<Outcome<SchemaSnapshot>> {
  await session.script('ROLLBACK');
  value(await session.script(clearSql));
  for (const text of texts) {
    const ran = await runAll(text);
    if (!ran.ok) return ran;
  }
  await session.script('COMMIT');
  return readSchema(session);
}

async function runAll(text: string): Promise<Outcome<void>> {
  for (const {start, end} of value(await parser.parse(text))) {
    const ran = await session.script(text.slice(start, end));
    if (!ran.ok) return ran;
  }
  return ok(undefined);
}
