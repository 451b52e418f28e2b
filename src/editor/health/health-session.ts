import {setImmediate} from 'node:timers/promises';
import {l10n} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {notRead} from '../../core/health/check.ts';
import type {HealthFinding} from '../../core/health/finding.ts';
import type {Reading} from '../../core/health/parts.ts';
import {fail, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import type {HealthContract, HealthView} from '../../protocol/health-panel.ts';
import type {EventValue} from '../../protocol/channel.ts';
import {assessOptions} from './assess-options.ts';
import {connectionView} from './connection-view.ts';
import type {HealthHome} from './health-home.ts';
import {HealthMonitor, type MonitorChange, type MonitorState} from './monitor.ts';
import {happenedWords} from './watch-words.ts';
import {rememberedStatements, rememberStatements} from './statement-memory.ts';

type Changed = EventValue<HealthContract, 'changed'>;
type Notice = HealthView['notice'];

/** ms between two looks, unless the user chose in the panel. */
export const usualInterval = 5000;
/** More would hold the editor while they are sent, and nobody reads so many. The report has all. */
const mostFindings = 1000;
const intervalKey = 'healthInterval';

/** A connection that is looked at, for as long as its panel is open. */
export class HealthSession {
  readonly monitor: HealthMonitor;
  readonly #home: HealthHome;
  readonly #opened: Connection;
  readonly #listeners = new Set<(changed: Changed) => void>();
  readonly #stopListening: () => void;
  #notice: Notice = null;
  #sent: MonitorState['assessment'] | undefined;
  #logged: MonitorState['watching'] | undefined;

  constructor(home: HealthHome, connection: Connection) {
    this.#home = home;
    this.#opened = connection;
    const {parts} = home;
    const {workspaceState} = parts.context;
    const statementsBefore = rememberedStatements(workspaceState, connection.id);
    this.monitor = new HealthMonitor(
      {
        open: options => this.#open(options),
        pause: () => setImmediate(),
        options: () => assessOptions(this.connection),
      },
      {
        interval: workspaceState.get(intervalKey, usualInterval),
        ...(statementsBefore ? {statementsBefore} : {}),
      },
    );
    this.monitor.onChange((state, change) => {
      this.#log(state);
      if (change.parts.includes('statements'))
        void rememberStatements(workspaceState, connection.id, state.reading);
      this.#emit(this.#changedOf(state, change));
    });
    this.#stopListening = home.maintenance.onDidChange(() =>
      this.#emit({view: {maintenance: this.#maintenance()}}),
    );
  }

  /** As it is now: its name, its environment and whether it is read-only may have changed since the panel was opened. */
  get connection(): Connection {
    return this.#home.parts.connections.get(this.#opened.id) ?? this.#opened;
  }

  get view(): HealthView {
    const {state} = this.monitor;
    return {
      ...watchedOf(state),
      ...assessedOf(state),
      reading: shownReading(state.reading),
      samples: state.samples,
      connection: connectionView(this.connection),
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
    this.#stopListening();
    this.#listeners.clear();
    this.monitor.dispose();
  }

  /** Tells the page that the connection has another name, or may be written to. */
  connectionChanged(): void {
    this.#emit({view: {connection: connectionView(this.connection)}});
  }

  /** It reads in read-only transactions; a session that has to be read-only cannot be had through every pooler. */
  async #open(options: {readonly signal: AbortSignal; readonly ask: boolean}): Promise<Outcome<Session>> {
    const {connections, sessions} = this.#home.parts;
    const connection = connections.get(this.#opened.id);
    if (connection) return sessions.open(connection, {...options, readOnly: false});
    return fail('unreachable', l10n.t('The connection {0} was removed.', this.#opened.name), {
      advice: l10n.t('It is looked at again as soon as it is back.'),
    });
  }

  /** Once for each time that the connection is lost. */
  #log({watching}: MonitorState): void {
    if (watching.kind !== 'lost' || watching.attempts > 1 || watching === this.#logged) return;
    this.#logged = watching;
    this.#home.parts.log.info(`${this.connection.name} is not looked at: ${watching.failure.message}`);
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

  #maintenance(): HealthView['maintenance'] {
    return this.#home.maintenance.views(this.#opened.id);
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

function assessedOf({
  assessment,
}: MonitorState): Pick<HealthView, 'findings' | 'findingsLeftOut' | 'grades' | 'unseen' | 'titles'> {
  const found = new Set(assessment.findings.map(({check}) => check));
  return {
    findings: assessment.findings.slice(0, mostFindings),
    findingsLeftOut: Math.max(0, assessment.findings.length - mostFindings),
    grades: assessment.grades,
    titles: assessment.checks.flatMap(({id, title}) => (found.has(id) ? [{id, title}] : [])),
    unseen: assessment.checks.flatMap(({title, outcome}) => {
      // Of what is still to come, nothing is missing.
      if (outcome.kind === 'looked' || outcome.why === notRead) return [];
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
