import {assess, partOf, type Assessment, type AssessOptions} from '../../core/health/assess.ts';
import {liveParts, slowParts, type PartName, type Reading} from '../../core/health/parts.ts';
import type {ReadingCost} from '../../core/health/report.ts';
import {sampleOf, type Sample} from '../../core/health/series.ts';
import type {Failure, Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import {readHealth} from '../../postgres/health/read-health.ts';
import type {HealthView, Watching} from '../../protocol/health-panel.ts';
import {Alarm} from './alarm.ts';
import {looksSame} from './looks-same.ts';
import {lostSince, stumbled} from './lost.ts';
import {happenedBetween, type Happened} from './watch-events.ts';

/** ms between two looks at everything. */
const wholeEvery = 5 * 60_000;
/** Points of the sparklines that are kept. */
const mostSamples = 720;
const mostEvents = 50;

export interface MonitorHome {
  /** Opens a session that the monitor owns. It may ask the user for a password only where somebody waits for it. */
  readonly open: (options: {
    readonly signal: AbortSignal;
    readonly ask: boolean;
  }) => Promise<Outcome<Session>>;
  readonly pause: () => Promise<void>;
  /** What the user told of the server. */
  readonly options: () => Pick<AssessOptions, 'areas' | 'memoryBytes' | 'off'>;
}

export type StatementsBefore = NonNullable<HealthView['statementsBefore']>;

export interface MonitorState {
  readonly watching: Watching;
  /** ms between two looks. */
  readonly interval: number;
  readonly reading: Reading;
  readonly assessment: Assessment;
  readonly samples: readonly Sample[];
  /** The last one last. */
  readonly events: readonly {readonly at: number; readonly happened: Happened}[];
  readonly cost: {readonly live?: ReadingCost; readonly whole?: ReadingCost};
  readonly wholeAt: number | null;
  readonly looking: boolean;
  readonly generation: number;
  readonly statementsBefore?: StatementsBefore;
}

export interface MonitorChange {
  readonly parts: readonly PartName[];
  readonly samples: readonly Sample[];
}

/** Looks at a server again and again, for as long as somebody looks at what it sees. */
export class HealthMonitor {
  readonly #home: MonitorHome;
  readonly #listeners = new Set<(state: MonitorState, change: MonitorChange) => void>();
  readonly #ended = new AbortController();
  readonly #alarm = new Alarm();
  #state: MonitorState;
  #session: Session | undefined;
  #attempts = 0;
  #ask = true;
  #wholeAsked = true;
  #liveAsked = false;
  #resting = false;
  #pausedAt: number | undefined;

  constructor(
    home: MonitorHome,
    begin: {readonly interval: number; readonly statementsBefore?: StatementsBefore},
  ) {
    this.#home = home;
    this.#state = {
      watching: {kind: 'connecting', since: Date.now()},
      reading: {},
      assessment: {findings: [], grades: [], checks: []},
      samples: [],
      events: [],
      cost: {},
      wholeAt: null,
      looking: false,
      generation: 0,
      ...begin,
    };
  }

  get state(): MonitorState {
    return this.#state;
  }

  /** @returns a function that ends it */
  onChange(listener: (state: MonitorState, change: MonitorChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Looks until it is disposed of. */
  async run(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      if (this.#wanted && (this.#session || (await this.#connect())))
        await this.#look().catch((error: unknown) => this.#drop(stumbled(error)));
      await this.#alarm.wait(this.#untilNext());
    }
    await this.#session?.close();
  }

  /** Looks at everything now. */
  refresh(): void {
    this.#ask = true;
    this.#wholeAsked = true;
    this.#alarm.ring();
  }

  /** Looks at what changes from second to second now, paused or not. */
  refreshLive(): void {
    this.#liveAsked = true;
    this.#alarm.ring();
  }

  pausing(paused: boolean): void {
    if (paused === (this.#pausedAt !== undefined)) return;
    this.#pausedAt = paused ? Date.now() : undefined;
    if (this.#session) this.#change({watching: this.#connected});
    if (!paused) this.#alarm.ring();
  }

  /** Nobody can see what it sees: nothing is asked of the server until somebody can. */
  rest(resting: boolean): void {
    this.#resting = resting;
    if (!resting) this.#alarm.ring();
  }

  setInterval(milliseconds: number): void {
    this.#change({interval: milliseconds});
    this.#alarm.ring();
  }

  dispose(): void {
    this.#ended.abort();
    this.#alarm.ring();
    this.#listeners.clear();
  }

  get #wanted(): boolean {
    if (this.#wholeAsked || this.#liveAsked) return true;
    // Who has paused a server wants to hear when it is back.
    return !this.#resting && (this.#pausedAt === undefined || this.#state.watching.kind === 'lost');
  }

  get #connected(): Watching {
    return this.#pausedAt === undefined ? {kind: 'live'} : {kind: 'paused', since: this.#pausedAt};
  }

  /** ms until the next look; endless while nobody waits for one. */
  #untilNext(): number {
    const {watching, interval} = this.#state;
    if (this.#ended.signal.aborted) return 0;
    if (watching.kind === 'lost')
      return this.#resting ? Infinity : Math.max(0, watching.retryAt - Date.now());
    if (this.#wholeAsked || this.#liveAsked) return 0;
    return this.#wanted ? interval : Infinity;
  }

  async #connect(): Promise<boolean> {
    const {signal} = this.#ended;
    const ask = this.#ask;
    this.#ask = false;
    const opened = await this.#home.open({signal, ask});
    if (!opened.ok) {
      this.#lose(opened.failure);
      return false;
    }
    if (signal.aborted) {
      await opened.value.close();
      return false;
    }
    this.#session = opened.value;
    if (this.#state.watching.kind === 'lost') this.#tell({kind: 'connected-again'});
    // Whatever was seen before may be of another server by now.
    this.#wholeAsked = true;
    this.#change({watching: this.#connected});
    return true;
  }

  async #look(): Promise<void> {
    const due = this.#state.wholeAt === null || Date.now() - this.#state.wholeAt > wholeEvery;
    const whole = this.#wholeAsked || due;
    this.#wholeAsked = false;
    this.#liveAsked = false;
    const live = await this.#read(liveParts);
    if (!live) return;
    this.#attempts = 0;
    this.#change({cost: {...this.#state.cost, live}});
    if (!whole) return;
    this.#change({looking: true});
    const total = {...live};
    for (const part of slowParts) {
      const cost = await this.#read([part]);
      if (!cost) return this.#change({looking: false});
      for (const key of ['serverMs', 'elapsedMs', 'rows', 'statements'] as const) total[key] += cost[key];
    }
    this.#change({looking: false, wholeAt: Date.now(), cost: {...this.#state.cost, whole: total}});
  }

  /** @returns what it cost; nothing when the connection was lost, which is told */
  async #read(parts: readonly PartName[]): Promise<ReadingCost | undefined> {
    const session = this.#session;
    if (!session) return undefined;
    const {pause} = this.#home;
    const read = await readHealth(session, parts, {signal: this.#ended.signal, pause});
    if (this.#ended.signal.aborted) return undefined;
    if (!read.ok) {
      this.#drop(read.failure);
      return undefined;
    }
    await this.#take(read.value.reading, parts);
    return read.value.cost;
  }

  async #take(read: Reading, parts: readonly PartName[]): Promise<void> {
    const before = this.#state.reading;
    const reading: Reading = {...before, ...read};
    const changed: readonly PartName[] = ['server', ...parts];
    const sample = parts.includes('sessions') ? sampleOf(reading, before) : undefined;
    for (const happened of happenedBetween(before, reading)) this.#tell(happened);
    const assessment = await assess(reading, {
      ...this.#home.options(),
      before,
      earlier: {assessment: this.#state.assessment, changed},
      pause: this.#home.pause,
    });
    const known = this.#state.assessment;
    const same = await looksSame(assessment, known, this.#home.pause);
    const was = partOf(before, 'statements');
    this.#change(
      {
        reading,
        assessment: same ? known : assessment,
        generation: same ? this.#state.generation : this.#state.generation + 1,
        samples: [...this.#state.samples, ...(sample ? [sample] : [])].slice(-mostSamples),
        ...(was && parts.includes('statements') && before.statements?.kind === 'seen'
          ? {statementsBefore: {at: before.statements.at, rows: was.rows}}
          : {}),
      },
      {parts: changed, samples: sample ? [sample] : []},
    );
  }

  #drop(failure: Failure): void {
    void this.#session?.close();
    this.#session = undefined;
    this.#lose(failure);
  }

  #lose(failure: Failure): void {
    if (this.#ended.signal.aborted) return;
    const {watching} = this.#state;
    this.#attempts += 1;
    if (watching.kind !== 'lost') this.#tell({kind: 'lost', why: failure.message});
    this.#change({looking: false, watching: lostSince(watching, failure, this.#attempts)});
  }

  #tell(happened: Happened): void {
    this.#change({events: [...this.#state.events, {at: Date.now(), happened}].slice(-mostEvents)});
  }

  #change(state: Partial<MonitorState>, change: MonitorChange = {parts: [], samples: []}): void {
    this.#state = {...this.#state, ...state};
    for (const listener of this.#listeners) listener(this.#state, change);
  }
}
