import type {Migration} from '../../src/core/migrations/migration.ts';
import type {FileRange} from '../../src/core/migrations/plan.ts';
import {fail, type Failure} from '../../src/core/outcome.ts';
import type {
  ObjectChange,
  ObservedLock,
  ObservedStatement,
  StepRehearsal,
} from '../../src/core/rehearse/report.ts';
import {createHost, type ChannelProblem, type Host, type Port} from '../../src/protocol/channel.ts';
import {stepView, waitingStep, type StepModel} from '../../src/protocol/rehearsal-model.ts';
import {rehearsalContract, type RehearsalContract} from '../../src/protocol/rehearsal-panel.ts';
import {linesOf} from '../../src/protocol/rehearsal-source.ts';
import {applyChange, begunView} from '../../src/protocol/rehearsal-state.ts';
import type {RehearsalAbout, RehearsalChange, RehearsalView} from '../../src/protocol/rehearsal-view.ts';

/** A migration, its files and what came of its rehearsal. */
export interface Rehearsed {
  readonly model: StepModel;
  readonly step: StepRehearsal;
}

export function about(changes: Partial<RehearsalAbout> = {}): RehearsalAbout {
  return {
    where: 'embedded',
    version: '18.4',
    connection: {name: 'shop staging', environment: 'staging'},
    framework: 'golang-migrate',
    folder: 'db/migrations',
    subject: {project: 'golang-migrate:/work/shop/db/migrations', migrations: ['12'], connection: 'c1'},
    ...changes,
  };
}

export function endedView(
  rehearsed: readonly Rehearsed[],
  changes: Partial<RehearsalView> = {},
): RehearsalView {
  const steps = rehearsed.map(({model, step}) => stepView(model, step));
  const view = begunView(about(), steps, Date.now());
  return {
    ...view,
    phase: {kind: 'ended', milliseconds: 418},
    replay: {milliseconds: 212, files: 11},
    notes: ['There is one connection here: who would wait for whom is not observed.'],
    ...changes,
  };
}

export function runningView(models: readonly StepModel[]): RehearsalView {
  return begunView(about({version: null}), models.map(waitingStep), Date.now() - 1400);
}

/** The host's side of the panel, whose course the test directs. */
export class DirectedRehearsal {
  /** What the page asked of the host, in order: `name params`. */
  readonly asked: string[] = [];
  readonly channelProblems: ChannelProblem[] = [];
  view: RehearsalView;
  #host: Host<RehearsalContract> | undefined;

  constructor(view: RehearsalView) {
    this.view = view;
  }

  readonly connect = (port: Port): void => {
    const note =
      (name: string) =>
      (params: unknown): null => {
        this.asked.push(params === null ? name : `${name} ${JSON.stringify(params)}`);
        return null;
      };
    this.#host = createHost(
      rehearsalContract,
      {
        ready: () => ({view: this.view, now: Date.now()}),
        cancel: note('cancel'),
        again: note('again'),
        rehearseOn: note('rehearseOn'),
        chooseConnection: note('chooseConnection'),
        checkLiveData: note('checkLiveData'),
        open: note('open'),
        copy: note('copy'),
        save: note('save'),
        apply: note('apply'),
      },
      port,
      problem => this.channelProblems.push(problem),
    );
  };

  change(...changes: readonly RehearsalChange[]): void {
    this.view = changes.reduce(applyChange, this.view);
    this.#host?.emit('changed', changes);
  }

  replace(view: RehearsalView): void {
    this.view = view;
    this.#host?.emit('replaced', {view, now: Date.now()});
  }
}

export function migration(version: number, title: string): Migration {
  const label = String(version).padStart(6, '0');
  const base = `/work/shop/db/migrations/${label}_${title}`;
  return {id: String(version), label, title, up: `${base}.up.sql`, down: `${base}.down.sql`};
}

export function model(of: Migration, up: string, down = ''): StepModel {
  return {migration: of, up: linesOf(up), down: linesOf(down)};
}

/** @returns the place of the first `text` in a file of lines */
export function rangeIn(path: string | undefined, lines: readonly string[], text: string): FileRange {
  const line = lines.findIndex(each => each.includes(text));
  const column = lines[line]?.indexOf(text) ?? 0;
  return {path: path ?? '', start: {line, column}, end: {line, column: column + text.length}};
}

export function lock(changes: Partial<ObservedLock> = {}): ObservedLock {
  return {relation: 'public.orders', kind: 'table', mode: 'ACCESS EXCLUSIVE', isNew: false, ...changes};
}

export function statement(range: FileRange, changes: Partial<ObservedStatement> = {}): ObservedStatement {
  return {
    range,
    command: 'ALTER TABLE',
    milliseconds: 1.4,
    locks: [],
    rewrites: [],
    scans: [],
    rows: [],
    transaction: 'block',
    howLocksAreKnown: 'observed',
    words: [],
    ...changes,
  };
}

export function change(key: string, changes: Partial<ObjectChange> = {}): ObjectChange {
  return {object: {kind: 'table', key, name: key}, change: 'changed', attributes: [], ...changes};
}

export function passing(of: Migration, changes: Partial<StepRehearsal> = {}): StepRehearsal {
  return {
    migration: of,
    verdict: 'passes',
    milliseconds: 12,
    statements: [],
    changes: [],
    undo: {kind: 'undone'},
    dataLoss: [],
    ...changes,
  };
}

export function serverFailure(message: string): Failure {
  return fail('sql', message, {
    server: {
      sqlState: '42703',
      severity: 'ERROR',
      message,
      hint: 'Perhaps you meant to reference the column "orders.customer_id".',
    },
  }).failure;
}
