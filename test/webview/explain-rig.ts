import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {CatalogFacts, ColumnFacts, TableFacts} from '../../src/core/explain/facts.ts';
import {createHost, type ChannelProblem, type Host, type Port} from '../../src/protocol/channel.ts';
import {
  explainContract,
  type Alert,
  type ExplainContract,
  type ExplainView,
  type HistoryEntry,
  type OriginView,
  type Phase,
  type WhatIfAnswer,
} from '../../src/protocol/explain-panel.ts';

const plans = join(import.meta.dirname, '../fixtures/plans');

/** @returns what a real server answered; the fixtures' names say what was asked of which version */
export function planText(name: string): string {
  return readFileSync(join(plans, `${name}.json`), 'utf8');
}

export interface PlanSettings {
  readonly text?: string;
  readonly origin?: Partial<OriginView>;
  readonly environment?: 'development' | 'staging' | 'production';
  /** Instead of the plan. */
  readonly phase?: Phase;
  /** Characters of one piece of a text. */
  readonly piece?: number;
  readonly facts?: {readonly facts: unknown; readonly why: string | null};
  readonly alert?: Alert;
  readonly history?: readonly HistoryEntry[];
  /** Texts of other plans, by id. */
  readonly kept?: Readonly<Record<string, string>>;
  readonly whatIf?: WhatIfAnswer;
  /** Whether highlight and reveal find something. */
  readonly found?: boolean;
}

export const shownId = 'plan-2';

const statement = `SELECT c.email, n.name AS country, o.id, o.created_at,
       sum(l.quantity * l.price) AS total, p.paid_at
  FROM orders o
  JOIN customers c ON c.id = o.customer_id
 WHERE o.status = $1`;

/** The host's side of a plan panel, whose course the test directs. */
export class DirectedPlan {
  /** What the page asked of the host, in order: `name params`. */
  readonly asked: string[] = [];
  readonly channelProblems: ChannelProblem[] = [];
  view: ExplainView;
  readonly #settings: PlanSettings;
  readonly #texts: Readonly<Record<string, string>>;
  #host: Host<ExplainContract> | undefined;

  constructor(settings: PlanSettings = {}) {
    const text = settings.text ?? planText('orders-report-18');
    this.#settings = settings;
    this.#texts = {[shownId]: text, ...settings.kept};
    this.view = {
      origin: originOf(settings),
      phase: settings.phase ?? {kind: 'shown', id: shownId, length: text.length},
    };
  }

  /** Answers the page as the plan panel does. */
  readonly connect = (port: Port): void => {
    this.#host = createHost(explainContract, this.#handlers(), port, problem =>
      this.channelProblems.push(problem),
    );
  };

  /** What was asked by this name, the latest one last. */
  askedFor(name: string): readonly string[] {
    return this.asked.filter(each => each.startsWith(`${name} `)).map(each => each.slice(name.length + 1));
  }

  enter(phase: Phase): void {
    this.view = {...this.view, phase};
    this.#host?.emit('changed', {view: this.view, now: Date.now()});
  }

  #handlers(): Parameters<typeof createHost<ExplainContract>>[1] {
    const {facts, alert, history, whatIf, found = true, piece = 1_000_000} = this.#settings;
    const note = (name: string, params: unknown): null => {
      this.asked.push(`${name} ${JSON.stringify(params)}`);
      return null;
    };
    const failure: WhatIfAnswer = {kind: 'failure', failure: words('The index cannot be planned.')};
    return {
      ready: () => ({view: this.view, now: Date.now()}),
      text: ({id, offset}) => {
        note('text', {id, offset});
        const text = this.#texts[id];
        if (text === undefined) return null;
        const end = offset + piece;
        return {text: text.slice(offset, end), next: end < text.length ? end : null};
      },
      cancel: () => note('cancel', null),
      again: params => note('again', params),
      change: () => note('change', null),
      facts: params => {
        note('facts', params);
        return facts ?? {facts: null, why: 'the connection is closed.'};
      },
      highlight: params => {
        note('highlight', params);
        return {found};
      },
      reveal: params => {
        note('reveal', params);
        return {found};
      },
      openStatement: () => note('openStatement', null),
      act: params => note('act', params),
      whatIf: params => {
        note('whatIf', params);
        return whatIf ?? failure;
      },
      keep: params => {
        note('keep', params);
        return {alert: alert ?? null};
      },
      history: () => [...(history ?? [])],
      forget: params => note('forget', params),
      save: params => note('save', params),
      copy: params => note('copy', params),
      openFile: () => note('openFile', null),
    };
  }
}

const column = (name: string, type: string): ColumnFacts => ({name, type, notNull: true});

/** What the catalog said of the database in which the plans were made. */
export function shopFacts(now = Date.now()): CatalogFacts {
  const table = (name: string, rows: number, columns: readonly ColumnFacts[]): TableFacts => ({
    schema: 'shop',
    name,
    kind: 'table',
    rows,
    pages: Math.ceil(rows / 120),
    allVisiblePages: 0,
    liveRows: rows,
    deadRows: 0,
    changedSinceAnalyze: 0,
    lastAnalyze: now - 7_200_000,
    indexes: [],
    columns,
  });
  return {
    serverVersion: 180_004,
    now,
    foreignKeys: [],
    settings: {work_mem: '1MB'},
    tables: [
      table('payments', 125_000, [
        column('id', 'integer'),
        column('order_id', 'integer'),
        column('paid_at', 'timestamp with time zone'),
        column('amount', 'numeric'),
      ]),
      table('orders', 150_000, [
        column('id', 'integer'),
        column('customer_id', 'integer'),
        column('status', 'text'),
        column('created_at', 'timestamp with time zone'),
      ]),
      table('order_lines', 450_000, [column('order_id', 'integer'), column('product_id', 'integer')]),
    ],
  };
}

/** A failure with everything that a server can say. */
export function words(message: string): Extract<Phase, {kind: 'failed'}>['failure'] {
  return {
    message,
    advice: 'Look at the list of columns in the tree.',
    detail: 'There is a column named "statu" in table "o".',
    hint: 'Perhaps you meant to reference the column "o.status".',
    sqlState: '42703',
    located: true,
  };
}

export function historyEntry(changes: Partial<HistoryEntry>): HistoryEntry {
  return {
    id: 'plan-1',
    at: Date.now() - 3_600_000,
    mode: 'analyze',
    connection: 'shop staging',
    executionMs: 2.29,
    planningMs: 0.5,
    cost: 900,
    nodes: 17,
    shape: '0000000000000000',
    ...changes,
  };
}

function originOf({origin = {}, environment = 'staging'}: PlanSettings): OriginView {
  return {
    mode: 'analyze',
    connection: {
      name: `shop ${environment}`,
      environment,
      address: 'app@db.example.com:5432/shop',
      database: 'shop',
      user: 'app',
      serverVersion: '18.4',
    },
    title: 'SELECT c.email, n.name AS country',
    statement,
    parameters: [{name: '$1', type: 'text', value: 'disputed'}],
    guard: 'read-only',
    at: Date.now() - 4000,
    timeouts: {statement: 60_000, lock: 5000},
    notes: [],
    ...origin,
  };
}
