import {setImmediate} from 'node:timers/promises';
import {isDeepStrictEqual} from 'node:util';
import {l10n} from 'vscode';
import type {Connection} from '../../../core/connections/connection.ts';
import type {HealthFinding, ObjectName} from '../../../core/health/finding.ts';
import type {Failure, Outcome} from '../../../core/outcome.ts';
import {readIndexCounters} from '../../../postgres/health/index-counters.ts';
import type {IndexSample, IndexView} from '../../../protocol/index-panel.ts';
import type {HealthHome} from '../health-home.ts';
import {connectionView} from '../connection-view.ts';
import {wantedIn, type AskedTable} from './asked-table.ts';
import {IndexCounters} from './index-counters.ts';
import {measureIndexes, readIndexes, type IndexReading} from './index-reading.ts';
import {IndexSampler, type Lost} from './index-sampler.ts';
import {beginningView, failureView, readingView} from './index-words.ts';
import {KeptSession} from './kept-session.ts';

const samplingKey = 'indexSampling';
/** Samples that are kept for a page that comes back. */
const mostSamples = 60;

export interface IndexListener {
  readonly changed: (change: Partial<IndexView>) => void;
  readonly sampled: (sample: IndexSample) => void;
}

/** The indexes of one connection, for as long as their panel is open. */
export class IndexSession {
  readonly connection: Connection;
  /** The last one that came to an end. */
  reading: IndexReading | undefined;
  readonly #home: HealthHome;
  readonly #session: KeptSession;
  readonly #sampler: IndexSampler;
  readonly #listeners = new Set<IndexListener>();
  readonly #stopListening: () => void;
  #view: IndexView;
  #samples: readonly IndexSample[] = [];
  #counters: IndexCounters | undefined;
  #asked: AskedTable | undefined;
  #running: AbortController | undefined;
  #reading: Promise<void> = Promise.resolve();
  #visible = true;

  constructor(home: HealthHome, connection: Connection) {
    const {parts, maintenance} = home;
    this.#home = home;
    this.connection = connection;
    const sampling = parts.context.workspaceState.get(samplingKey, 0);
    this.#view = {...beginningView(connectionView(connection)), sampling};
    this.#session = new KeptSession(signal =>
      // It reads in read-only transactions; a session that has to be read-only cannot be had through every pooler.
      parts.sessions.open(this.#now(), {readOnly: false, ask: true, signal}),
    );
    this.#sampler = new IndexSampler({
      read: (since, signal) =>
        this.#session.use(signal, session =>
          readIndexCounters(session, since, {signal, pause: () => setImmediate()}),
        ),
      onRead: ({at, counters}) => this.#sample(at, this.#counters?.take(counters) ?? []),
      onLost: lost => this.#lose(lost),
    });
    this.#sampler.setInterval(sampling);
    void this.#sampler.run();
    this.#stopListening = maintenance.onDidChange(() => {
      const views = maintenance.views(connection.id);
      if (!isDeepStrictEqual(views, this.#view.maintenance)) this.#change({maintenance: views});
    });
  }

  get view(): IndexView {
    return this.#view;
  }

  get samples(): readonly IndexSample[] {
    return this.#samples;
  }

  /** @returns what the page means by a generation; nothing when there is another one by now */
  readingOf(generation: number): IndexReading | undefined {
    return generation === this.#view.generation ? this.reading : undefined;
  }

  findingOf(generation: number, place: number): HealthFinding | undefined {
    return this.readingOf(generation)?.assessment.findings[place];
  }

  /** Reads everything once more; while that is going on nothing new begins. Never fails: the view says what came of it. */
  async read(): Promise<void> {
    if (this.#running) return;
    this.#reading = this.#read();
    await this.#reading;
  }

  async #read(): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    this.#change({
      connection: connectionView(this.#now()),
      phase: {kind: 'reading', startedAt: Date.now()},
    });
    const {signal} = running;
    const read = await this.#session.use(signal, session => readIndexes(session, signal));
    this.#end(read, signal.aborted);
    if (read.ok && !read.value.part.exact) {
      const measured = await this.#session.use(signal, session =>
        measureIndexes(session, read.value, signal),
      );
      this.#end(measured, signal.aborted);
    }
    this.#running = undefined;
  }

  /** Has the page show the indexes of one table. Where the last reading has no such table, it may be a new one. */
  async showTable(asked: AskedTable): Promise<void> {
    this.#asked = asked;
    if (this.#point()) return;
    // One that is going on may have begun before there was such a table.
    await this.#reading;
    if (this.#asked === asked) await this.read();
    if (this.#asked === asked && this.#view.phase.kind === 'read') this.#miss();
  }

  showIndexes(table: ObjectName): Promise<void> {
    return this.showTable({...table, leastUsedFirst: true});
  }

  /** The page shows what was wanted. */
  shown(): void {
    this.#change({wanted: null});
  }

  refresh(): void {
    void this.read();
  }

  cancel(): void {
    this.#running?.abort();
  }

  setSampling(milliseconds: number): void {
    void this.#home.parts.context.workspaceState.update(samplingKey, milliseconds);
    this.#sampler.setInterval(milliseconds);
    this.#change({sampling: milliseconds});
  }

  /** Nothing is asked of the server while nobody can see the answer. */
  show(visible: boolean): void {
    this.#visible = visible;
    this.#sampler.want(visible && this.reading !== undefined);
  }

  /** Says what came of an action, until the next one. */
  notice(notice: IndexView['notice']): void {
    this.#change({notice});
  }

  /** @returns a function that ends it */
  listen(listener: IndexListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dispose(): void {
    this.#listeners.clear();
    this.#stopListening();
    this.cancel();
    this.#sampler.dispose();
    void this.#session.close();
  }

  #end(read: Outcome<IndexReading>, cancelled: boolean): void {
    if (!read.ok) return this.#fail(read.failure, cancelled);
    const {value} = read;
    this.reading = value;
    this.#samples = [];
    this.#counters = new IndexCounters(value.part.indexes);
    this.#change({...readingView(value), generation: this.#view.generation + 1});
    this.#sampler.begin(value.at);
    this.#sampler.want(this.#visible);
    this.#point();
  }

  /** @returns whether the page has what was asked for: false when the last reading has no such table */
  #point(): boolean {
    const asked = this.#asked;
    if (!asked) return true;
    const wanted = this.reading && wantedIn(this.reading.part, asked);
    if (!wanted) return false;
    this.#asked = undefined;
    this.#change({wanted});
    return true;
  }

  #miss(): void {
    const name = this.#asked?.name ?? '';
    this.#asked = undefined;
    this.notice({tone: 'warning', text: l10n.t('There is no table {0} in this reading.', name), more: []});
  }

  #fail(failure: Failure, cancelled: boolean): void {
    if (!cancelled) this.#home.parts.log.failure(`Reading the indexes of ${this.connection.name}`, failure);
    const {last} = this.#view;
    if (!cancelled) return this.#change({phase: {kind: 'failed', failure: failureView(failure)}});
    // What is there already is as true as before.
    this.#change({phase: last ? {kind: 'read', ...last} : {kind: 'cancelled'}});
  }

  #sample(at: number, scans: IndexSample['scans']): void {
    const sample = {at, generation: this.#view.generation, scans};
    this.#samples = [...this.#samples, sample].slice(-mostSamples);
    for (const {sampled} of this.#listeners) sampled(sample);
  }

  #lose(lost: Lost | undefined): void {
    this.#change({lost: lost ? {...lost, failure: failureView(lost.failure)} : null});
  }

  /** The address in a file may have changed since the panel was opened. */
  #now(): Connection {
    return this.#home.parts.connections.get(this.connection.id) ?? this.connection;
  }

  #change(change: Partial<IndexView>): void {
    this.#view = {...this.#view, ...change};
    for (const {changed} of this.#listeners) changed(change);
  }
}
