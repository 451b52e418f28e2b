import type {HealthFinding} from '../../src/core/health/finding.ts';
import type {ForeignKeyRow, IndexedTable, IndexRow} from '../../src/core/health/parts/indexes.ts';
import {createHost, type ChannelProblem, type Host, type Port} from '../../src/protocol/channel.ts';
import {
  indexContract,
  type IndexContract,
  type IndexSample,
  type IndexView,
} from '../../src/protocol/index-panel.ts';
import {now, someFindings, someForeignKeys, someRows, someTables, someTitles} from './index-data.ts';

export interface IndexSettings {
  readonly view?: Partial<IndexView>;
  /** Nothing was read yet. */
  readonly first?: boolean;
  readonly rows?: readonly IndexRow[];
  readonly tables?: readonly IndexedTable[];
  readonly foreignKeys?: readonly ForeignKeyRow[];
  readonly findings?: readonly HealthFinding[];
  /** Taken before the page came. */
  readonly samples?: readonly IndexSample[];
}

const cost = {serverMs: 84, elapsedMs: 120, rows: 412, statements: 6};

/** The host's side of an index panel, whose course the test directs. Its clock stands. */
export class DirectedIndexes {
  /** What the page asked of the host, in order: `name params`. */
  readonly asked: string[] = [];
  readonly channelProblems: ChannelProblem[] = [];
  view: IndexView;
  #settings: IndexSettings;
  #gone = false;
  #host: Host<IndexContract> | undefined;

  constructor(settings: IndexSettings = {}) {
    this.#settings = settings;
    const {rows = someRows, tables = someTables, findings = someFindings} = settings;
    const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
    const facts = {at: now, cost, indexes: rows.length, tables: tables.length, exact: true};
    const {first = false} = settings;
    this.view = {
      connection: {
        id: 'c1',
        name: 'shop on staging',
        environment: 'staging',
        address: 'app@db.example.com:5432/shop',
        readOnly: false,
      },
      phase: {kind: 'read', ...facts},
      ...(first ? {} : {last: {...facts, bytes}, since: now - 94 * 86_400_000}),
      generation: first ? 0 : 1,
      findings: first ? [] : findings,
      unseen: [],
      titles: someTitles,
      notes: [],
      standby: false,
      version: first ? '' : '16.14',
      maintenance: [],
      notice: null,
      lost: null,
      sampling: 0,
      wanted: null,
      ...settings.view,
    };
  }

  readonly connect = (port: Port): void => {
    const note =
      (name: string) =>
      (params: unknown): null => {
        this.asked.push(params === null ? name : `${name} ${JSON.stringify(params)}`);
        return null;
      };
    this.#host = createHost(
      indexContract,
      {
        ready: () => ({view: this.view, now, samples: this.#settings.samples ?? []}),
        rows: ({generation, offset}) => this.#page(generation, offset),
        definition: ({oid}) => {
          const row = (this.#settings.rows ?? someRows).find(one => one.oid === oid);
          if (row === undefined || this.#gone) return null;
          const keys = row.keys.map(({text}) => text).join(', ');
          const {name, schema, table, method} = row;
          return {
            definition: `CREATE INDEX ${name} ON ${schema}.${table} USING ${method} (${keys}) WITH (fillfactor='90')`,
            serves: row.replicaIdentity ? ['It is the replica identity.'] : [],
          };
        },
        refresh: note('refresh'),
        cancel: note('cancel'),
        setSampling: note('setSampling'),
        act: note('act'),
        actOnAll: note('actOnAll'),
        drop: note('drop'),
        reindex: note('reindex'),
        measure: note('measure'),
        cancelMaintenance: note('cancelMaintenance'),
        dismissMaintenance: note('dismissMaintenance'),
        reveal: note('reveal'),
        shown: () => {
          this.asked.push('shown');
          this.change({wanted: null});
          return null;
        },
        openCheck: note('openCheck'),
        copy: note('copy'),
        save: note('save'),
      },
      port,
      problem => this.channelProblems.push(problem),
    );
  };

  change(change: Partial<IndexView>): void {
    this.view = {...this.view, ...change};
    this.#host?.emit('changed', {view: change, now});
  }

  /** Another reading came to its end. */
  reread(settings: Pick<IndexSettings, 'rows' | 'tables' | 'findings'>): void {
    this.#settings = {...this.#settings, ...settings};
    const {rows = someRows, findings = someFindings} = this.#settings;
    const last = this.view.last && {...this.view.last, indexes: rows.length};
    this.change({
      generation: this.view.generation + 1,
      findings,
      ...(last ? {last, phase: {kind: 'read', ...last}} : {}),
    });
  }

  /** The reading is not kept any more. */
  forget(): void {
    this.#gone = true;
  }

  sample(at: number, scans: IndexSample['scans']): void {
    this.#host?.emit('sampled', {at, generation: this.view.generation, scans});
  }

  #page(
    generation: number,
    offset: number,
  ): {
    readonly items: readonly IndexRow[];
    readonly tables: readonly IndexedTable[];
    readonly foreignKeys: readonly ForeignKeyRow[];
    readonly next: number | null;
  } | null {
    const {rows = someRows, tables = someTables, foreignKeys = someForeignKeys} = this.#settings;
    if (this.#gone || generation !== this.view.generation) return null;
    const next = offset + 2000;
    const first = offset === 0;
    return {
      items: rows.slice(offset, next),
      tables: first ? tables : [],
      foreignKeys: first ? foreignKeys : [],
      next: next < rows.length ? next : null,
    };
  }
}
