import {
  change,
  lock,
  migration,
  model,
  passing,
  rangeIn,
  serverFailure,
  statement,
  type Rehearsed,
} from './rehearsal-rig.ts';

const orders = {bytes: 44_023_414_784, rows: 212_400_000, writesPerSecond: 320};

const status = migration(12, 'add_orders_status');
const statusModel = model(
  status,
  `-- The support desk lists what is under way.
CREATE TYPE order_status AS ENUM ('new', 'paid', 'sent');
ALTER TABLE orders
  ADD COLUMN status order_status NOT NULL DEFAULT 'new',
  ALTER COLUMN total TYPE numeric(14, 2);
ALTER TABLE orders ADD CONSTRAINT orders_total_small CHECK (total < 1000000);
CREATE TABLE order_notes (order_id bigint REFERENCES orders, note text);
UPDATE customers SET email = lower(email);
`,
  `ALTER TABLE orders DROP CONSTRAINT orders_total_small;
ALTER TABLE orders DROP COLUMN status;
DROP TYPE order_status;
`,
);
const upRange = (text: string) => rangeIn(status.up, statusModel.up, text);

/** Rewrites a large table, and its down leaves something behind. */
export const rewriting: Rehearsed = {
  model: statusModel,
  step: passing(status, {
    milliseconds: 31,
    statements: [
      statement(upRange("CREATE TYPE order_status AS ENUM ('new', 'paid', 'sent')"), {
        command: 'CREATE TYPE',
        milliseconds: 0.9,
      }),
      statement(
        {...upRange('ALTER TABLE orders'), end: {line: 4, column: 40}},
        {
          milliseconds: 17.2,
          locks: [
            lock({facts: orders}),
            lock({relation: 'public.orders_pkey', kind: 'index', mode: 'ACCESS EXCLUSIVE'}),
          ],
          rewrites: ['public.orders'],
          words: [
            'ACCESS EXCLUSIVE on public.orders (41 GB, 320 writes/s) while the whole table and its indexes are written anew: nobody reads or writes it meanwhile.',
          ],
        },
      ),
      statement(upRange('ALTER TABLE orders ADD CONSTRAINT orders_total_small CHECK (total < 1000000)'), {
        milliseconds: 2.1,
        locks: [lock({facts: orders})],
        scans: ['public.orders'],
        words: ['ACCESS EXCLUSIVE on public.orders (41 GB, 320 writes/s) for the length of a full scan.'],
      }),
      statement(upRange('CREATE TABLE order_notes (order_id bigint REFERENCES orders, note text)'), {
        command: 'CREATE TABLE',
        milliseconds: 3.8,
        locks: [
          lock({mode: 'SHARE ROW EXCLUSIVE', facts: orders}),
          lock({relation: 'public.order_notes', isNew: true}),
        ],
        words: [
          'SHARE ROW EXCLUSIVE on public.orders (41 GB, 320 writes/s) for a moment, until the file has run.',
        ],
      }),
      statement(upRange('UPDATE customers SET email = lower(email)'), {
        command: 'UPDATE',
        milliseconds: 1.1,
        locks: [
          lock({
            relation: 'public.customers',
            mode: 'ROW EXCLUSIVE',
            facts: {bytes: 918_323_200, rows: 4_100_000},
          }),
        ],
        scans: ['public.customers'],
        rows: [{relation: 'public.customers', inserted: 0, updated: 3, deleted: 0}],
      }),
    ],
    changes: [
      change('type public.order_status', {
        change: 'added',
        after: "CREATE TYPE public.order_status AS ENUM ('new', 'paid', 'sent');",
      }),
      change('table public.orders', {
        before: `CREATE TABLE public.orders (
    id bigint GENERATED ALWAYS AS IDENTITY,
    customer_id bigint NOT NULL,
    total numeric(12,2) DEFAULT 0 NOT NULL,
    CONSTRAINT orders_pkey PRIMARY KEY (id)
);`,
        after: `CREATE TABLE public.orders (
    id bigint GENERATED ALWAYS AS IDENTITY,
    customer_id bigint NOT NULL,
    total numeric(14,2) DEFAULT 0 NOT NULL,
    status public.order_status DEFAULT 'new'::public.order_status NOT NULL,
    CONSTRAINT orders_pkey PRIMARY KEY (id),
    CONSTRAINT orders_total_small CHECK (total < 1000000::numeric)
);`,
      }),
      change('column public.orders.total', {
        attributes: [{name: 'type', before: 'numeric(12,2)', after: 'numeric(14,2)'}],
      }),
      change('table public.order_notes', {
        change: 'added',
        after: 'CREATE TABLE public.order_notes (\n    order_id bigint,\n    note text\n);',
      }),
    ],
    undo: {
      kind: 'differs',
      differences: [
        {
          phase: 'down',
          words: 'After down, table public.order_notes is still there.',
          at: rangeIn(status.down, statusModel.down ?? [], 'DROP TYPE order_status'),
        },
        {
          phase: 'down',
          words:
            'After down, type of column total of table public.orders is numeric(14,2) and was numeric(12,2).',
        },
      ],
    },
    dataLoss: [
      {direction: 'down', grade: 'since', what: 'Column public.orders.status with its values.'},
      {
        direction: 'up',
        grade: 'existing',
        what: 'Column public.orders.legacy_state with its values.',
        at: upRange('ALTER TABLE orders'),
        rows: 41_200,
      },
    ],
    liveData: [],
  }),
};

const index = migration(13, 'index_orders_on_customer');
const indexModel = model(
  index,
  `-- What is under way by customer.
ALTER TABLE orders ADD COLUMN note text;
CREATE INDEX orders_customer_idx ON orders (customer_id, customer_state);
`,
  'DROP INDEX orders_customer_idx;\n',
);

/** Names a column that does not exist. */
export const failing: Rehearsed = {
  model: indexModel,
  step: passing(index, {
    verdict: 'fails',
    failure: {
      failure: serverFailure('column "customer_state" does not exist'),
      at: rangeIn(index.up, indexModel.up, 'customer_state'),
    },
    statements: [
      statement(rangeIn(index.up, indexModel.up, 'ALTER TABLE orders ADD COLUMN note text'), {
        locks: [lock({facts: orders})],
      }),
    ],
    undo: {kind: 'not-tried', why: 'The up file fails.'},
  }),
};

const concurrent = migration(14, 'index_notes');
const concurrentModel = model(concurrent, 'CREATE INDEX CONCURRENTLY notes_idx ON order_notes (order_id);\n');

/** Blocks nothing, alone in its file, with a proven undo. */
export const harmless: Rehearsed = {
  model: concurrentModel,
  step: passing(concurrent, {
    statements: [
      statement(
        rangeIn(
          concurrent.up,
          concurrentModel.up,
          'CREATE INDEX CONCURRENTLY notes_idx ON order_notes (order_id)',
        ),
        {
          command: 'CREATE INDEX',
          transaction: 'alone',
          howLocksAreKnown: 'documented',
          locks: [lock({relation: 'public.order_notes', mode: 'SHARE UPDATE EXCLUSIVE'})],
          scans: ['public.order_notes'],
        },
      ),
    ],
    changes: [
      change('index public.notes_idx', {
        change: 'added',
        after: 'CREATE INDEX notes_idx ON public.order_notes USING btree (order_id);',
      }),
    ],
  }),
};

/** @returns a migration of very many statements, one in five hundred of which locks something */
export function large(count: number): Rehearsed {
  const big = migration(15, 'load_countries');
  const lines = Array.from(
    {length: count},
    (_, at) => `INSERT INTO countries (id, name) VALUES (${at}, 'Country ${at}');`,
  );
  const bigModel = model(big, lines.join('\n'));
  const statements = lines.map((line, at) =>
    statement(
      {path: big.up ?? '', start: {line: at, column: 0}, end: {line: at, column: line.length - 1}},
      {
        command: 'INSERT',
        milliseconds: 0.2,
        locks: at % 500 === 0 ? [lock({relation: 'public.countries', mode: 'ROW EXCLUSIVE'})] : [],
        rows: [{relation: 'public.countries', inserted: 1, updated: 0, deleted: 0}],
      },
    ),
  );
  return {model: bigModel, step: passing(big, {statements, milliseconds: 1000})};
}
