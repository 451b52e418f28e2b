import {createHost, type ChannelProblem, type Host, type Port} from '../../src/protocol/channel.ts';
import {
  schemaContract,
  type ComparedPhase,
  type DifferenceView,
  type IgnoredView,
  type SchemaContract,
  type SchemaObjectView,
  type SchemaPhase,
  type SchemaTableView,
  type SchemaView,
} from '../../src/protocol/schema-panel.ts';
import {someDefinitions, someObjects, someTables} from './schema-data.ts';

export interface SchemaSettings {
  readonly environment?: 'development' | 'staging' | 'production';
  readonly view?: Partial<SchemaView>;
  readonly phase?: SchemaPhase;
  readonly compared?: Partial<ComparedPhase>;
  readonly objects?: readonly SchemaObjectView[];
  readonly tables?: readonly SchemaTableView[];
  readonly ignored?: readonly IgnoredView[];
  readonly gaps?: readonly string[];
  readonly definitions?: Readonly<Record<string, {expected: string | null; live: string | null}>>;
  /** Items of one page. */
  readonly piece?: number;
  /** Whether the tree finds what is to be revealed. */
  readonly found?: boolean;
  /** The comparison is not kept any more. */
  readonly gone?: boolean;
}

/** The host's side of a schema panel, whose course the test directs. */
export class DirectedSchema {
  /** What the page asked of the host, in order: `name params`. */
  readonly asked: string[] = [];
  readonly channelProblems: ChannelProblem[] = [];
  view: SchemaView;
  readonly #settings: SchemaSettings;
  #host: Host<SchemaContract> | undefined;

  constructor(settings: SchemaSettings = {}) {
    this.#settings = settings;
    this.view = {
      key: '{}',
      target: {
        name: 'shop on staging',
        environment: settings.environment ?? 'staging',
        address: 'app@db.example.com:5432/shop',
      },
      expected: {
        kind: 'history',
        framework: 'golang-migrate',
        folder: 'db/migrations',
        upTo: 'applied',
        migrations: 14,
      },
      phase: settings.phase ?? compared(settings),
      notice: null,
      ...settings.view,
    };
  }

  readonly connect = (port: Port): void => {
    const {tables = someTables, ignored = [], gaps = [], found = true} = this.#settings;
    const note = (name: string, params: unknown): null => {
      this.asked.push(params === null ? name : `${name} ${JSON.stringify(params)}`);
      return null;
    };
    const act =
      (name: string) =>
      (params: unknown): null =>
        note(name, params);
    this.#host = createHost(
      schemaContract,
      {
        ready: () => ({view: this.view, now: Date.now()}),
        objects: ({offset}) => this.#page(this.#settings.objects ?? someObjects, offset),
        tables: ({offset}) => this.#page(tables, offset),
        ignored: ({offset}) => this.#page(ignored, offset),
        gaps: ({offset}) => this.#page(gaps, offset),
        definitions: ({key}) => {
          note('definitions', key);
          if (this.#settings.gone === true) return null;
          return (this.#settings.definitions ?? someDefinitions)[key] ?? {expected: null, live: null};
        },
        cancel: act('cancel'),
        again: act('again'),
        choose: act('choose'),
        useScratch: act('useScratch'),
        openFailure: act('openFailure'),
        write: act('write'),
        ignore: act('ignore'),
        restoreIgnored: act('restoreIgnored'),
        goTo: act('goTo'),
        reveal: params => {
          note('reveal', params);
          return {found};
        },
        report: act('report'),
        copy: act('copy'),
      },
      port,
      problem => this.channelProblems.push(problem),
    );
  };

  change(change: Partial<SchemaView>): void {
    this.view = {...this.view, ...change};
    this.#host?.emit('changed', {view: this.view, now: Date.now()});
  }

  #page<T>(items: readonly T[], offset: number): {items: readonly T[]; next: number | null} | null {
    const {piece = 200, gone = false} = this.#settings;
    if (gone) return null;
    const next = offset + piece;
    return {items: items.slice(offset, next), next: next < items.length ? next : null};
  }
}

export function compared(settings: SchemaSettings = {}): ComparedPhase {
  const objects = settings.objects ?? someObjects;
  const differences = objects.flatMap(({differences}) => differences);
  const of = (severity: DifferenceView['severity']): number =>
    differences.filter(difference => difference.severity === severity).length;
  return {
    kind: 'compared',
    id: 'c1',
    at: Date.now(),
    milliseconds: 1240,
    counts: {error: of('error'), warning: of('warning'), information: of('information')},
    objects: objects.length,
    compared: 412,
    tables: (settings.tables ?? someTables).length,
    ignored: (settings.ignored ?? []).length,
    gaps: (settings.gaps ?? []).length,
    versions: {expected: '18.3', live: '16.14'},
    stage: 'embedded',
    notes: [],
    ...settings.compared,
  };
}
