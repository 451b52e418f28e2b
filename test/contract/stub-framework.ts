import {planSteps} from '../../src/core/migrations/planning.ts';
import {statesOf} from '../../src/core/migrations/states.ts';
import type {History, Migration, Position, Status} from '../../src/core/migrations/migration.ts';
import {linear} from '../../src/core/migrations/position.ts';
import type {Plan, RunReport, StepReport} from '../../src/core/migrations/plan.ts';
import {fail, ok, type Outcome} from '../../src/core/outcome.ts';
import type {Session} from '../../src/core/session.ts';
import type {Project, RunOptions} from '../../src/frameworks/framework.ts';
import type {Fixture} from './fixture.ts';

type How = 'good' | 'broken' | 'garbled';

/** The smallest framework there can be: files and bookkeeping are in memory, and nothing is sent to a server. */
interface Memory {
  readonly files: Map<number, How>;
  readonly made: Set<number>;
  position: Position;
  exists: boolean;
}

export async function stubFixture(): Promise<Fixture> {
  const memory: Memory = {files: new Map(), made: new Set(), position: {kind: 'none'}, exists: false};
  return {
    traits: {failure: 'marked', forcesAbsent: true},
    brokenLine: 1,
    project: stubProject(memory),
    options: {},
    open: async () => ok(idle),
    write: async (number, how) => void memory.files.set(number, how),
    remove: async number => void memory.files.delete(number),
    made: async () => [...memory.made].toSorted((one, other) => one - other),
    dispose: async () => {},
  };
}

function nextNumber({files}: Memory): number {
  return Math.max(0, ...files.keys()) + 1;
}

function stubProject(memory: Memory): Project {
  const project: Project = {
    framework: 'golang-migrate',
    id: 'stub:memory',
    folder: '/memory',
    seenBy: 'files',
    can: {rollBack: true, force: true},
    terms: {failed: 'failed', force: 'force'},
    list: async () => ok(historyOf(memory)),
    status: async () => ok(statusOf(memory)),
    nextLabel: async () => String(nextNumber(memory)),
    draft: async requests => {
      const first = nextNumber(memory);
      return ok(
        requests.flatMap(({up, down}, index) => [
          {path: `/memory/${first + index}.up`, text: up},
          {path: `/memory/${first + index}.down`, text: down},
        ]),
      );
    },
    create: async ({title}) => {
      if (!/\w/.test(title)) return fail('invalid-input', 'The title has no letter.');
      const number = nextNumber(memory);
      memory.files.set(number, 'good');
      return ok([`/memory/${number}.up`, `/memory/${number}.down`]);
    },
    plan: async (status, goal) => {
      const steps = planSteps(historyOf(memory).migrations, status, goal);
      if (!steps.ok) return steps;
      const garbled = steps.value.find(({migration}) => memory.files.get(Number(migration.id)) === 'garbled');
      if (garbled !== undefined) return fail('unreadable-file', `${garbled.path} is not text.`);
      const [first] = steps.value;
      return ok({
        goal,
        direction: first?.direction ?? 'up',
        from: status.position,
        steps: steps.value,
        warnings: [],
      });
    },
    script: async (migration, direction) => {
      const sql = `-- ${direction === 'down' ? 'back from ' : ''}migration ${migration.id} `;
      const pieces = [{start: 0, end: sql.length, how: 'query' as const}];
      return ok({migration, direction, path: migration[direction] ?? '', sql, pieces});
    },
    sql: async plan => ok(plan.steps.map(({migration}) => `-- migration ${migration.id} \n`).join('')),
    run: async (_session, plan, _options, run) => runInMemory(memory, plan, run),
    force: async (_session, position) => {
      memory.position = position;
      return ok(statusOf(memory));
    },
    diagnose: async () => diagnose(memory),
  };
  return project;
}

function historyOf(memory: Memory): History {
  const numbers = [...memory.files.keys()].toSorted((one, other) => one - other);
  return {
    migrations: numbers.map((number): Migration => ({
      id: String(number),
      label: String(number),
      title: 'make',
      up: `/memory/${number}.up`,
      down: `/memory/${number}.down`,
    })),
    problems: [],
  };
}

function statusOf(memory: Memory): Status {
  const {migrations, problems} = historyOf(memory);
  return {
    position: memory.position,
    bookkeeping: {table: 'memory', exists: memory.exists, elsewhere: []},
    migrations: statesOf(
      migrations,
      linear(memory.position),
      new Set(),
      (one, other) => Number(one) - Number(other),
    ),
    problems,
  };
}

function runInMemory(memory: Memory, plan: Plan, run: RunOptions): Outcome<RunReport> {
  if (JSON.stringify(memory.position) !== JSON.stringify(plan.from))
    return fail('invalid-input', 'The status has moved.');
  if (plan.steps.some(({migration}) => memory.files.get(Number(migration.id)) === 'garbled'))
    return fail('unreadable-file', 'A file is not text.');
  const done: StepReport[] = [];
  const report = (stopped?: RunReport['stopped']): Outcome<RunReport> =>
    ok({
      done,
      ...(stopped === undefined ? {} : {stopped}),
      milliseconds: 1,
      position: memory.position,
      words: `${done.length} done.`,
    });
  for (const [index, step] of plan.steps.entries()) {
    if (run.signal?.aborted === true)
      return report({step, failure: {reason: 'cancelled', message: 'Cancelled.'}});
    memory.exists = true;
    run.onEvent?.({kind: 'started', index, step});
    const number = Number(step.migration.id);
    if (step.direction === 'up' && memory.files.get(number) === 'broken') {
      memory.position = {kind: 'failed', id: step.migration.id};
      const at = {path: step.path ?? '', start: {line: 1, column: 0}, end: {line: 1, column: 1}};
      return report({step, failure: {reason: 'sql', message: 'It is broken.'}, at});
    }
    if (step.direction === 'up') memory.made.add(number);
    else memory.made.delete(number);
    memory.position = step.leads;
    const finished = {step, milliseconds: 1};
    done.push(finished);
    run.onEvent?.({kind: 'finished', index, report: finished});
  }
  return report();
}

function diagnose(memory: Memory): ReturnType<Project['diagnose']> {
  if (memory.position.kind !== 'failed') return Promise.resolve(fail('nothing-to-do', 'Nothing failed.'));
  const {id} = memory.position;
  return Promise.resolve(
    ok({
      failedId: id,
      direction: 'up',
      words: 'Nothing of it is left.',
      traces: [],
      choices: [{id: String(Number(id) - 1), title: 'Before', why: 'Nothing is left.', recommended: true}],
    }),
  );
}

/** A session that is never asked anything. */
const idle: Session = {
  server: {
    versionNumber: 180_000,
    version: '18',
    database: 'memory',
    user: 'memory',
    host: 'memory',
    port: 0,
    backendPid: 0,
    encrypted: false,
    standby: false,
  },
  query: () => Promise.reject(new Error('the stub asks no server')),
  script: () => Promise.reject(new Error('the stub asks no server')),
  texts: () => Promise.reject(new Error('the stub asks no server')),
  transactionStatus: () => 'idle',
  onNotice: () => () => {},
  close: () => Promise.resolve(),
};
