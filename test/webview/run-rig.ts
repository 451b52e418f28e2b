import type {Connection, Environment} from '../../src/core/connections/connection.ts';
import type {Migration} from '../../src/core/migrations/migration.ts';
import type {
  FileRange,
  Plan,
  PlanWarning,
  RunEvent,
  RunReport,
  Step,
} from '../../src/core/migrations/plan.ts';
import {ok, type Outcome} from '../../src/core/outcome.ts';
import {gather} from '../../src/editor/panels/gather.ts';
import {runHandlers, type RunActions} from '../../src/editor/panels/run-handlers.ts';
import {RunSession} from '../../src/editor/panels/run-session.ts';
import {createHost, type ChannelProblem, type Port} from '../../src/protocol/channel.ts';
import {runContract, type RunChange} from '../../src/protocol/run-panel.ts';

export interface RunSettings {
  readonly environment?: Environment;
  readonly connection?: string;
  readonly direction?: 'up' | 'down';
  readonly titles?: readonly string[];
  readonly warnings?: (steps: readonly Step[]) => readonly PlanWarning[];
  readonly without?: readonly number[];
  readonly sql?: string;
  readonly readOnly?: boolean;
}

const someTitles = ['add_orders_status', 'backfill_order_totals', 'index_orders_on_customer'];

/** A run whose course the test directs. */
export class DirectedRun {
  readonly session: RunSession;
  readonly plan: Plan;
  /** What the page asked of the host, in order. */
  readonly asked: string[] = [];
  readonly channelProblems: ChannelProblem[] = [];
  signal: AbortSignal | undefined;
  #observe: (event: RunEvent) => void = () => {};
  #end: (outcome: Outcome<RunReport>) => void = () => {};

  constructor(settings: RunSettings = {}) {
    const {direction = 'up', titles = someTitles, without = []} = settings;
    const migrations = titles.map((title, index) => migration(title, index + 12, without.includes(index)));
    this.plan = planOf(migrations, direction, settings.warnings);
    this.session = new RunSession(
      {
        plan: this.plan,
        connection: connection(settings),
        framework: 'golang-migrate',
        folder: 'db/migrations',
        migrations: [migration('create_orders', 11, false), ...migrations],
        timeouts: {lock: 5000, statement: 0},
      },
      (observe, signal) => this.#perform(observe, signal),
      {
        bytes: this.plan.steps.map(({path}, index) => (path === undefined ? undefined : 180 + index * 700)),
        canAgain: true,
      },
    );
    this.actions = actions(this.asked, settings.sql ?? 'ALTER TABLE orders ADD COLUMN status text;\n');
  }

  readonly actions: RunActions;

  /** Answers the page as the run panel does. */
  readonly connect = (port: Port): void => {
    const changes = gather<RunChange>(gathered => host.emit('changed', gathered), 50);
    const controls = {flush: () => changes.flush(), close: () => void this.asked.push('close')};
    const handlers = runHandlers(() => ({session: this.session, actions: this.actions}), controls);
    const host = createHost(runContract, handlers, port, problem => this.channelProblems.push(problem));
    this.session.onChange(change => changes.add(change));
  };

  event(event: RunEvent): void {
    this.#observe(event);
  }

  start(index: number): void {
    const step = this.plan.steps[index];
    if (step) this.event({kind: 'started', index, step});
  }

  finish(index: number, milliseconds: number): void {
    const step = this.plan.steps[index];
    if (step) this.event({kind: 'finished', index, report: {step, milliseconds}});
  }

  end(outcome: Outcome<RunReport>): void {
    this.#end(outcome);
  }

  /** All steps done, each in 100 ms. */
  succeed(words = 'The database is at 000014.'): void {
    const done = this.plan.steps.map(step => ({step, milliseconds: 100}));
    const position = {kind: 'at', id: '14'} as const;
    this.end(ok({done, milliseconds: done.length * 100 + 112, position, words}));
  }

  #perform(observe: (event: RunEvent) => void, signal: AbortSignal): Promise<Outcome<RunReport>> {
    this.signal = signal;
    this.#observe = observe;
    return new Promise(resolve => {
      this.#end = resolve;
    });
  }
}

function actions(asked: string[], sql: string): RunActions {
  const place = (target: FileRange | string): string =>
    typeof target === 'string' ? target : `${target.path}:${target.start.line}:${target.start.column}`;
  return {
    sql: step => {
      asked.push(`sql ${step}`);
      return Promise.resolve(ok(sql));
    },
    showAllSql: () => void asked.push('showAllSql'),
    openAt: target => void asked.push(`open ${place(target)}`),
    repair: () => void asked.push('repair'),
    openSetting: setting => void asked.push(`setting ${setting}`),
    showRehearsal: () => void asked.push('showRehearsal'),
    again: () => void asked.push('again'),
  };
}

function migration(title: string, version: number, withoutDown: boolean): Migration {
  const label = String(version).padStart(6, '0');
  const base = `/work/shop/db/migrations/${label}_${title}`;
  const up = {id: String(version), label, title, up: `${base}.up.sql`};
  return withoutDown ? up : {...up, down: `${base}.down.sql`};
}

function planOf(
  migrations: readonly Migration[],
  direction: 'up' | 'down',
  warnings: RunSettings['warnings'] = () => [],
): Plan {
  const ordered = direction === 'up' ? migrations : migrations.toReversed();
  const steps = ordered.map((migration): Step => {
    const path = migration[direction];
    const leads = {
      kind: 'at',
      id: direction === 'up' ? migration.id : String(Number(migration.id) - 1),
    } as const;
    return {migration, direction, leads, ...(path === undefined ? {} : {path})};
  });
  const from = {kind: 'at', id: direction === 'up' ? '11' : (migrations.at(-1)?.id ?? '11')} as const;
  const goal = {kind: direction === 'up' ? 'apply-all' : 'roll-back-all'} as const;
  return {goal, direction, from, steps, warnings: warnings(steps)};
}

function connection({environment = 'development', connection, readOnly = false}: RunSettings): Connection {
  return {
    id: 'c1',
    name: connection ?? `shop ${environment}`,
    source: {kind: 'added'},
    environment,
    readOnly,
    settings: {
      endpoints: [{host: 'db.example.com', port: 5432}],
      database: 'shop',
      user: 'app',
      sslMode: 'prefer',
      targetSessionAttrs: 'any',
      connectTimeout: 10,
      parameters: {},
      extra: {},
    },
  };
}
