import type {Environment} from '../../src/core/connections/connection.ts';
import {fail} from '../../src/core/outcome.ts';
import type {TargetEnd} from '../../src/core/rollout/rollout.ts';
import {gather} from '../../src/editor/panels/gather.ts';
import {rolloutHandlers} from '../../src/editor/rollout/rollout-handlers.ts';
import {RolloutSession, type PlannedTarget} from '../../src/editor/rollout/rollout-session.ts';
import {createHost, type ChannelProblem, type Port} from '../../src/protocol/channel.ts';
import {failureView} from '../../src/protocol/run-model.ts';
import {rolloutContract, type RolloutChange} from '../../src/protocol/rollout-panel.ts';

export interface RolloutTarget {
  readonly name: string;
  readonly environment?: Environment;
  /** Steps that are pending; 0 for a target that is up to date. */
  readonly pending?: number;
  readonly refused?: string;
}

export interface RolloutSettings {
  readonly targets: readonly RolloutTarget[];
  readonly group?: string;
  readonly limit?: number;
}

/** Where the third of the files fails. */
export const failedAt = {
  path: '/work/shop/db/migrations/000014_index_orders.up.sql',
  start: {line: 6, column: 12},
  end: {line: 6, column: 16},
};

/** A rollout whose course the test directs. */
export class DirectedRollout {
  readonly session: RolloutSession;
  /** Whether a user who is asked which version to record chooses one. */
  repairs = false;
  /** What the page asked of the host, in order. */
  readonly asked: string[] = [];
  readonly channelProblems: ChannelProblem[] = [];
  /** Targets that run now, in the order in which they began. */
  readonly running: string[] = [];
  readonly cancelled = new Set<string>();
  /** What planning finds; a test may change it before it plans again. */
  readonly targets: Map<string, RolloutTarget>;
  readonly #ends = new Map<string, (end: TargetEnd) => void>();
  readonly #progress = new Map<string, (done: number, of: number) => void>();

  constructor({targets, group, limit = 2}: RolloutSettings) {
    this.targets = new Map(targets.map(target => [target.name, target]));
    this.session = new RolloutSession(
      {
        key: 'rollout',
        group: group ?? null,
        framework: 'golang-migrate',
        folder: 'db/migrations',
        targets: targets.map(({name, environment = 'development'}) => ({
          id: name,
          name,
          environment,
          address: `app@db.example.com:5432/${name}`,
          state: {kind: 'planning'},
        })),
        choice: {canary: null, limit},
        phase: {kind: 'ended', end: 'interrupted'},
      },
      {
        plan: async (ids, observe) => {
          for (const id of ids) observe(id, this.#planned(id));
        },
        migrate: (id, onProgress, signal) => {
          this.running.push(id);
          this.#progress.set(id, onProgress);
          signal?.addEventListener('abort', () => this.cancelled.add(id));
          return new Promise(resolve => this.#ends.set(id, resolve));
        },
      },
    );
  }

  /** Answers the page as the rollout panel does. */
  readonly connect = (port: Port): void => {
    const changes = gather<RolloutChange>(gathered => host.emit('changed', gathered), 20);
    const handlers = rolloutHandlers(
      this.session,
      {
        openAt: place =>
          void this.asked.push(
            `open ${typeof place === 'string' ? place : `${place.path}:${place.start.line}`}`,
          ),
        showSql: id => void this.asked.push(`sql ${id}`),
        repair: id => {
          this.asked.push(`repair ${id}`);
          return this.repairs;
        },
        copy: content => void this.asked.push(content),
      },
      {
        flush: () => changes.flush(),
        close: () => void this.asked.push('close'),
        reveal: () => void this.asked.push('reveal'),
      },
    );
    const host = createHost(rolloutContract, handlers, port, problem => this.channelProblems.push(problem));
    this.session.onChange(change => changes.add(change));
  };

  progress(name: string, done: number, of: number): void {
    this.#progress.get(name)?.(done, of);
  }

  /** A target ends well, unless told. */
  end(name: string, end: TargetEnd = this.#done(name)): void {
    this.running.splice(this.running.indexOf(name), 1);
    this.targets.set(name, {...this.targets.get(name), name, ...(end.kind === 'done' ? {pending: 0} : {})});
    this.#ends.get(name)?.(end);
  }

  failing(name: string): void {
    const {failure} = fail('sql', 'column "customer_idd" does not exist', {
      server: {sqlState: '42703', severity: 'ERROR', message: 'column "customer_idd" does not exist'},
    });
    const migration = {id: '14', label: '000014', title: 'index_orders'};
    const step = {migration, direction: 'up', leads: {kind: 'at', id: '14'}, path: failedAt.path} as const;
    const stopped = {step, failure, at: failedAt};
    const words = 'The database is marked as failed at 000014.';
    this.end(name, {kind: 'failed', failure, steps: 2, stopped, words, marked: true});
  }

  #done(name: string): TargetEnd {
    return {kind: 'done', steps: this.targets.get(name)?.pending ?? 3, milliseconds: 1234};
  }

  #planned(id: string): PlannedTarget {
    const {refused, pending = 3} = this.targets.get(id) ?? {};
    if (refused !== undefined) {
      const {failure} = fail('read-only', refused);
      return {state: {kind: 'refused', failure: failureView(failure), marked: false}};
    }
    if (pending === 0) return {state: {kind: 'unchanged'}, planned: {from: '000014', to: '000014', steps: 0}};
    return {state: {kind: 'waiting'}, planned: {from: '000011', to: '000014', steps: pending}};
  }
}
