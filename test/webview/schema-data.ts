import type {
  DifferenceView,
  IgnoredView,
  SchemaObjectView,
  SchemaTableView,
} from '../../src/protocol/schema-panel.ts';

export function difference(
  index: number,
  words: string,
  more: Partial<DifferenceView> & Pick<DifferenceView, 'key' | 'kind'>,
): DifferenceView {
  return {
    index,
    what: 'missing',
    severity: 'error',
    words,
    attribute: null,
    expected: null,
    live: null,
    blame: {kind: 'by-hand', migration: null},
    place: null,
    inTree: true,
    ...more,
  };
}

const orders = 'table public.orders';

/** What a hotfix on a busy evening leaves behind. */
export const someObjects: readonly SchemaObjectView[] = [
  {
    key: orders,
    kind: 'table',
    name: 'public.orders',
    rows: 4_120_330,
    differences: [
      difference(0, 'Column note of table public.orders is missing.', {
        key: 'column public.orders.note',
        kind: 'column',
        blame: {kind: 'edited-after-apply', migration: '000009_add_order_note'},
        place: {file: 'db/migrations/000009_add_order_note.up.sql', line: 3},
      }),
      difference(1, 'The type of column public.orders.total is integer, not numeric(12,2).', {
        key: 'column public.orders.total',
        kind: 'column',
        what: 'changed',
        attribute: 'type',
        expected: 'numeric(12,2)',
        live: 'integer',
        blame: {kind: 'by-hand', migration: '000002_create_orders'},
        place: {file: 'db/migrations/000002_create_orders.up.sql', line: 4},
      }),
      difference(2, 'Index public.orders_customer_id_idx is missing.', {
        key: 'index public.orders_customer_id_idx',
        kind: 'index',
        severity: 'warning',
        blame: {kind: 'by-hand', migration: '000007_index_orders'},
        place: {file: 'db/migrations/000007_index_orders.up.sql', line: 1},
      }),
      difference(3, 'Column public.orders.hotfix_flag is in the database only.', {
        key: 'column public.orders.hotfix_flag',
        kind: 'column',
        what: 'extra',
        severity: 'warning',
        blame: {kind: 'no-migration', migration: null},
      }),
    ],
  },
  {
    key: 'table public.invoices',
    kind: 'table',
    name: 'public.invoices',
    rows: 8210,
    differences: [
      difference(4, 'Row security of table public.invoices is off, not on.', {
        key: 'table public.invoices',
        kind: 'table',
        what: 'changed',
        attribute: 'rowSecurity',
        expected: 'true',
        place: {file: 'db/migrations/000011_invoices.up.sql', line: 22},
      }),
      difference(5, 'The comment of table public.invoices is different.', {
        key: 'table public.invoices',
        kind: 'table',
        what: 'changed',
        severity: 'information',
        attribute: 'comment',
        expected: 'One row for each invoice that was sent.',
        live: 'Invoices. Ask finance before you change anything here.',
      }),
    ],
  },
  {
    key: 'function public.order_total(bigint)',
    kind: 'function',
    name: 'public.order_total(bigint)',
    rows: null,
    differences: [
      difference(6, 'The body of function public.order_total(bigint) is different.', {
        key: 'function public.order_total(bigint)',
        kind: 'function',
        what: 'changed',
        attribute: 'body',
        severity: 'error',
        blame: {kind: 'pending', migration: '000015_vat'},
        place: {file: 'db/migrations/000012_order_total.up.sql', line: 1},
      }),
    ],
  },
  {
    key: 'extension pg_stat_statements',
    kind: 'extension',
    name: 'pg_stat_statements',
    rows: null,
    differences: [
      difference(7, 'Extension pg_stat_statements is in the database only.', {
        key: 'extension pg_stat_statements',
        kind: 'extension',
        what: 'extra',
        severity: 'information',
        blame: {kind: 'no-migration', migration: null},
        inTree: false,
      }),
    ],
  },
];

const ordersExpected = `CREATE TABLE public.orders (
    id bigint GENERATED ALWAYS AS IDENTITY,
    customer_id bigint NOT NULL,
    total numeric(12,2) NOT NULL DEFAULT 0,
    note text,
    CONSTRAINT orders_pkey PRIMARY KEY (id)
);
`;
const ordersLive = `CREATE TABLE public.orders (
    id bigint GENERATED ALWAYS AS IDENTITY,
    customer_id bigint NOT NULL,
    total integer NOT NULL DEFAULT 0,
    hotfix_flag boolean,
    CONSTRAINT orders_pkey PRIMARY KEY (id)
);
`;

export const someDefinitions: Readonly<Record<string, {expected: string | null; live: string | null}>> = {
  [orders]: {expected: ordersExpected, live: ordersLive},
  'column public.orders.note': {expected: 'ALTER TABLE public.orders ADD COLUMN note text;', live: null},
  'column public.orders.total': {
    expected: 'ALTER TABLE public.orders ADD COLUMN total numeric(12,2) NOT NULL DEFAULT 0;',
    live: 'ALTER TABLE public.orders ADD COLUMN total integer NOT NULL DEFAULT 0;',
  },
  'function public.order_total(bigint)': {
    expected: `CREATE FUNCTION public.order_total(order_id bigint) RETURNS numeric
LANGUAGE sql STABLE
AS $$
  SELECT sum(quantity * price)
    FROM public.lines
   WHERE lines.order_id = order_total.order_id
$$;
`,
    live: `CREATE FUNCTION public.order_total(order_id bigint) RETURNS numeric
LANGUAGE sql STABLE
AS $$
  SELECT sum(quantity * price) * 1.19
    FROM public.lines
   WHERE lines.order_id = order_total.order_id
     AND NOT lines.cancelled
$$;
`,
  },
};

export const someTables: readonly SchemaTableView[] = [
  {name: 'public.customers', rows: 52_004, differences: 0},
  {name: 'public.invoices', rows: 8210, differences: 2},
  {name: 'public.lines', rows: null, differences: 0},
  {name: 'public.orders', rows: 4_120_330, differences: 4},
];

export const someIgnored: readonly IgnoredView[] = [
  {
    words: 'Table public.orders_p2026_11 is in the database only.',
    count: 36,
    rule: 'name public.orders_p*',
    reason: 'pg_partman makes these.',
    restorable: true,
  },
];

export const someGaps: readonly string[] = [
  'Subscriptions were not read: permission denied for table pg_subscription.',
  'NOT ENFORCED constraints are known from PostgreSQL 18 on; the database is 16.',
];

/** @returns many objects with `each` differences */
export function manyObjects(count: number, each: number): readonly SchemaObjectView[] {
  return Array.from({length: count}, (_, at) => ({
    key: `table public.t_${at}`,
    kind: 'table',
    name: `public.t_${at}`,
    rows: at * 10,
    differences: Array.from({length: each}, (_, part) =>
      difference(at * each + part, `Column c${part} of table public.t_${at} is missing.`, {
        key: `column public.t_${at}.c${part}`,
        kind: 'column',
        severity: part % 2 === 0 ? 'error' : 'warning',
      }),
    ),
  }));
}
