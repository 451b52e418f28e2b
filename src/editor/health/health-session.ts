import {setImmediate} from 'node:timers/promises';
import type {Connection} from '../../core/connections/connection.ts';
import type {HealthFinding} from '../../core/health/finding.ts';
import type {Reading} from '../../core/health/parts.ts';
import type {HealthContract, HealthView} from '../../protocol/health-panel.ts';
import type {EventValue} from '../../protocol/channel.ts';
import {settings} from '../settings.ts';
import {connectionView} from './connection-view.ts';
import type {HealthHome} from './health-home.ts';
import {HealthMonitor, type MonitorChange, type MonitorState} from './monitor.ts';
import {happenedWords} from './watch-words.ts';
import {rememberedStatements, rememberStatements} from './statement-memory.ts';

type Changed = EventValue<HealthContract, 'changed'>;
type Notice = HealthView['notice'];

/** ms between two looks, unless the user chose in the panel. */
export const usualInterval = 5000;
const intervalKey = 'healthInterval';

/** A connection that is looked at, for as long as its panel is open. */
export class HealthSession {
  readonly connection: Connection;
  readonly monitor: HealthMonitor;
  readonly #home: HealthHome;
  readonly #listeners = new Set<(changed: Changed) => void>();
  #notice: Notice = null;
  #sent: MonitorState['assessment'] | undefined;

  constructor(home: HealthHome, connection: Connection) {
    this.#home = home;
    this.connection = connection;
    const {parts} = home;
    const {workspaceState} = parts.context;
    const statementsBefore = rememberedStatements(workspaceState, connection.id);
    this.monitor = new HealthMonitor(
      {
        // It reads in read-only transactions; a session that has to be read-only cannot be had through every pooler.
        open: signal => parts.sessions.open(this.#now(), {readOnly: false, ask: true, signal}),
        pause: () => setImmediate(),
        options: () => settings.health(),
      },
      {
        interval: workspaceState.get(intervalKey, usualInterval),
        ...(statementsBefore ? {statementsBefore} : {}),
      },
    );
    this.monitor.onChange((state, change) => {
      if (change.parts.includes('statements'))
        void rememberStatements(workspaceState, connection.id, state.reading);
      this.#emit(this.#changedOf(state, change));
    });
    home.maintenance.onDidChange(() => this.#emit({view: {maintenance: this.#maintenance()}}));
  }

  get view(): HealthView {
    const {state} = this.monitor;
    return {
      ...watchedOf(state),
      ...assessedOf(state),
      reading: shownReading(state.reading),
      samples: state.samples,
      connection: connectionView(this.#now()),
      maintenance: this.#maintenance(),
      notice: this.#notice,
    };
  }

  /** @returns the finding that a page means, unless there are others by now */
  finding(generation: number, index: number): HealthFinding | undefined {
    const {state} = this.monitor;
    return state.generation === generation ? state.assessment.findings[index] : undefined;
  }

  /** Says what came of an action, until the next one. */
  notice(notice: Notice): void {
    this.#notice = notice;
    this.#emit({view: {notice}});
  }

  setInterval(milliseconds: number): void {
    void this.#home.parts.context.workspaceState.update(intervalKey, milliseconds);
    this.monitor.setInterval(milliseconds);
  }

  /** @returns a function that ends it */
  onChange(listener: (changed: Changed) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dispose(): void {
    this.#listeners.clear();
    this.monitor.dispose();
  }

  /** Findings are many and seldom others, so they are sent only then. */
  #changedOf(state: MonitorState, {parts, samples}: MonitorChange): Partial<Changed> {
    const names: readonly string[] = parts;
    const reading = Object.fromEntries(
      Object.entries(state.reading).filter(([name]) => names.includes(name)),
    );
    const assessed = state.assessment === this.#sent ? {} : assessedOf(state);
    this.#sent = state.assessment;
    return {view: {...watchedOf(state), ...assessed}, reading: shownReading(reading), samples};
  }

  /** The address in a file may have changed since the panel was opened. */
  #now(): Connection {
    return this.#home.parts.connections.get(this.connection.id) ?? this.connection;
  }

  #maintenance(): HealthView['maintenance'] {
    return this.#home.maintenance.views(this.connection.id);
  }

  #emit(changed: Partial<Changed>): void {
    const whole = {view: {}, reading: {}, samples: [], now: Date.now(), ...changed};
    for (const listener of this.#listeners) listener(whole);
  }
}

function watchedOf(
  state: MonitorState,
): Pick<
  HealthView,
  'watching' | 'interval' | 'events' | 'cost' | 'wholeAt' | 'looking' | 'generation' | 'statementsBefore'
> {
  const {watching, interval, events, cost, wholeAt, looking, generation, statementsBefore} = state;
  const before = statementsBefore ? {statementsBefore} : {};
  const told = events.map(({at, happened}) => ({at, text: happenedWords(happened)}));
  return {watching, interval, events: told, cost, wholeAt, looking, generation, ...before};
}

function assessedOf({assessment}: MonitorState): Pick<HealthView, 'findings' | 'grades' | 'unseen'> {
  return {
    findings: assessment.findings,
    grades: assessment.grades,
    unseen: assessment.checks.flatMap(({title, outcome}) => {
      if (outcome.kind === 'looked') return [];
      const {why, advice} = outcome;
      return [{title, why, ...(advice === undefined ? {} : {advice})}];
    }),
  };
}

/** Tens of thousands of indexes are the other panel's. */
function shownReading(reading: Reading): Reading {
  const {indexes} = reading;
  if (indexes?.kind !== 'seen') return reading;
  const {value} = indexes;
  return {
    ...reading,
    indexes: {...indexes, value: {...value, indexes: [], tables: [], foreignKeys: [], columns: []}},
  };
}
