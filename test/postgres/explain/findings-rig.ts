import {afterAll, afterEach, beforeAll, expect} from 'vitest';
import {attribute} from '../../../src/core/explain/attribute.ts';
import type {Attribution} from '../../../src/core/explain/attribution.ts';
import type {Counter} from '../../../src/core/explain/counters.ts';
import type {CatalogFacts} from '../../../src/core/explain/facts.ts';
import type {FindingAction, PlanFinding} from '../../../src/core/explain/finding.ts';
import {askedFacts, findingsOf} from '../../../src/core/explain/findings/findings.ts';
import {tableSql} from '../../../src/core/explain/index-sql.ts';
import {planOfJson} from '../../../src/core/explain/parse-json.ts';
import type {Session} from '../../../src/core/session.ts';
import {readPlanFacts} from '../../../src/postgres/explain/facts.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import type {Major} from '../../rig/servers.ts';
import {openFor, value} from '../../rig/sessions.ts';

/** One statement's plan with everything that is said of it. */
export interface Examined {
  readonly attribution: Attribution;
  readonly facts: CatalogFacts;
  readonly findings: readonly PlanFinding[];
}

const options = 'ANALYZE, VERBOSE, BUFFERS, SETTINGS, FORMAT JSON';

/** Explains and executes a statement, asks the catalog, and looks for findings. Settings are those of the session. */
export async function examine(session: Session, sql: string, explain = options): Promise<Examined> {
  const text = value(await session.texts(`EXPLAIN (${explain}) ${sql}`)).join('\n');
  const [plan] = value(planOfJson(JSON.parse(text), text));
  if (!plan) throw new Error('no plan');
  const attribution = attribute(plan);
  const facts = value(await readPlanFacts(session, askedFacts(plan)));
  return {attribution, facts, findings: findingsOf(attribution, facts)};
}

/** Explains until the check finds something: on a busy machine one execution may spend its time elsewhere. */
export async function examineFor(session: Session, sql: string, check: string): Promise<Examined> {
  let examined = await examine(session, sql);
  for (let attempt = 0; attempt < 4 && !checksOf(examined).includes(check); attempt += 1)
    examined = await examine(session, sql);
  return examined;
}

/** @returns the finding of that check, which has to be there. */
export function findingOf({findings, attribution}: Examined, check: string): PlanFinding {
  const finding = findings.find(each => each.check === check);
  if (!finding)
    expect.fail(
      `no ${check} among [${findings.map(each => each.check).join(', ')}] in\n${attribution.plan.source}`,
    );
  for (const text of [finding.what, finding.why, finding.fix, finding.basis])
    expect(text).not.toMatch(/undefined|NaN|null/);
  return finding;
}

/** @returns the ids of the checks that found something. */
export function checksOf({findings}: Examined): readonly string[] {
  return findings.map(({check}) => check);
}

/** Does what the buttons of a finding would do, on the server. */
export async function follow(session: Session, actions: readonly FindingAction[]): Promise<void> {
  for (const action of actions) value(await session.script(sqlOf(action)));
}

function sqlOf(action: FindingAction): string {
  switch (action.kind) {
    case 'create-index':
      return action.definition;
    case 'analyze':
      return `ANALYZE ${tableSql(action.table)}`;
    case 'vacuum':
      return `VACUUM ${tableSql(action.table)}`;
    case 'show-sql':
      return action.sql;
    default:
      return action satisfies never;
  }
}

/** @returns a counter of the whole statement. */
export function counter({attribution}: Examined, ...names: readonly Counter[]): number {
  const total = attribution.numbers[0]?.total;
  return names.reduce((sum, name) => sum + (total?.[name] ?? 0), 0);
}

/** @returns blocks that the whole statement touched. */
export function blocks(examined: Examined): number {
  return counter(examined, 'sharedHit', 'sharedRead');
}

const databases: TestDatabase[] = [];
const sessions: Session[] = [];

/** A database of its own with a session, made with `sql`; both end with the test file. */
export async function prepared(major: Major, sql: string): Promise<Session> {
  const database = await createDatabase(major, 'findings');
  databases.push(database);
  const session = await openFor(database);
  sessions.push(session);
  value(await session.script(`SET max_parallel_workers_per_gather = 0`));
  for (const statement of sql.split(/;\s*\n/))
    if (statement.trim() !== '') value(await session.script(statement));
  return session;
}

/** To be called once at the top of a test file. */
export function endsWithTheFile(): void {
  afterAll(async () => {
    await Promise.all(sessions.splice(0).map(session => session.close()));
    await Promise.all(databases.splice(0).map(database => database.drop()));
  });
}

/**
 * Prepares a session on each of these versions for a test file, and gives it its settings back after each test.
 * @returns the session on one of them
 */
export function sessionsOn(versions: readonly Major[], sql: string): (major: Major) => Session {
  const made = new Map<Major, Session>();
  beforeAll(async () => {
    await Promise.all(versions.map(async major => made.set(major, await prepared(major, sql))));
  });
  afterEach(async () => {
    for (const session of made.values())
      value(await session.script('RESET ALL; SET max_parallel_workers_per_gather = 0'));
  });
  return major => {
    const session = made.get(major);
    if (!session) throw new Error('not prepared');
    return session;
  };
}
