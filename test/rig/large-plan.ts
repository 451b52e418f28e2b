type Fields = Record<string, unknown>;

/** A made node: its fields, and what its parent needs to know of it. */
interface Made {
  readonly fields: Fields;
  /** ms of one loop, as printed. */
  readonly perLoop: number;
  readonly loops: number;
  /** Nodes, this one included. */
  readonly size: number;
  readonly rows: number;
  readonly cost: number;
  readonly hit: number;
  readonly read: number;
  readonly written: number;
}

interface Place {
  readonly budget: number;
  readonly loops: number;
  /** Processes that share the loops; 1 outside of a Gather. */
  readonly processes: number;
  readonly relationship: string;
}

const tables = [
  'orders',
  'order_lines',
  'customers',
  'products',
  'payments',
  'shipments',
  'events',
  'regions',
];

/**
 * The JSON of EXPLAIN (ANALYZE, BUFFERS) for a made-up plan with exactly `nodes` nodes: joins, appends, aggregates,
 * sorts, parallel parts, nodes with many loops and some that never ran. Each node's time and blocks hold those of its
 * children, as a server would print them. The same number gives the same text.
 */
export function largePlan(nodes: number): string {
  const random = randomNumbers(nodes);
  const maker = new Maker(random);
  const root = maker.make({budget: nodes, loops: 1, processes: 1, relationship: ''});
  const {'Parent Relationship': _, ...plan} = root.fields;
  const document = [
    {
      Plan: plan,
      Settings: {work_mem: '16MB', random_page_cost: '1.1'},
      'Planning Time': 38.214,
      Triggers: [],
      'Execution Time': round(root.perLoop + 1.377),
    },
  ];
  return JSON.stringify(document, undefined, 2);
}

class Maker {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  make(place: Place): Made {
    const {budget, processes, loops} = place;
    if (budget === 1) return this.#scan(place);
    if (budget === 2) return this.#above('Sort', place);
    const dice = this.#random();
    // As over partitions: many plans side by side keep the tree from getting deep.
    if (budget >= 40 && dice < (budget > 300 ? 0.6 : 0.16)) return this.#append(place);
    if (budget >= 12 && budget < 3000 && processes === 1 && loops === 1 && dice < 0.28)
      return this.#gather(place);
    if (dice < 0.42)
      return this.#above(this.#pick(['Sort', 'Aggregate', 'Limit', 'Unique', 'WindowAgg']), place);
    if (budget < 4 || dice < 0.68) return this.#nestedLoop(place);
    return this.#hashJoin(place);
  }

  #scan(place: Place): Made {
    const table = this.#pick(tables);
    const never = this.#random() < 0.02;
    const many = place.loops > 100;
    const rows = never ? 0 : many ? this.#between(0, 3) : this.#between(1, 40_000);
    const index = many || this.#random() < 0.4;
    const read = never ? 0 : this.#between(0, many ? 40 : 900);
    const made = this.#node(place, index ? 'Index Scan' : 'Seq Scan', [], {
      rows,
      own: never ? 0 : many ? 0.004 : rows * 0.0006 + read * 0.01,
      hit: never ? 0 : this.#between(3, 4000),
      read,
      never,
    });
    const removed = index || never ? {} : {'Rows Removed by Filter': rows * 9};
    const condition = index
      ? {'Index Name': `${table}_pkey`, 'Scan Direction': 'Forward', 'Index Cond': `(id = ${table}_1.id)`}
      : {Filter: "((status = 'open'::text) AND (total > '100'::numeric))"};
    Object.assign(made.fields, {
      Schema: 'shop',
      'Relation Name': table,
      Alias: table,
      ...condition,
      ...removed,
    });
    return made;
  }

  #above(type: string, place: Place): Made {
    const child = this.#child(place, place.budget - 1, 'Outer');
    const rows =
      type === 'Limit'
        ? Math.min(100, child.rows)
        : type === 'Aggregate'
          ? Math.ceil(child.rows / 9)
          : child.rows;
    const spills = type === 'Sort' && child.rows > 20_000;
    const made = this.#node(place, type, [child], {
      rows,
      own: child.rows * 0.0003,
      written: spills ? 640 : 0,
    });
    const sort = {
      'Sort Key': ['orders.created_at DESC'],
      'Sort Method': spills ? 'external merge' : 'quicksort',
    };
    const space = {'Sort Space Used': spills ? 5120 : 71, 'Sort Space Type': spills ? 'Disk' : 'Memory'};
    if (type === 'Sort') Object.assign(made.fields, sort, space);
    if (type === 'Aggregate')
      Object.assign(made.fields, {Strategy: 'Hashed', 'Group Key': ['orders.customer_id']});
    return made;
  }

  #nestedLoop(place: Place): Made {
    const outerBudget = Math.max(1, Math.floor((place.budget - 1) * (0.6 + this.#random() * 0.3)));
    const outer = this.#child(place, Math.min(outerBudget, place.budget - 2), 'Outer');
    const passes = Math.max(place.loops, Math.min(400, Math.max(1, outer.rows)) * place.loops);
    const innerPlace = {...place, loops: place.loops > 100 ? place.loops : passes};
    const inner = this.#child(innerPlace, place.budget - 1 - outer.size, 'Inner');
    return this.#node(place, 'Nested Loop', [outer, inner], {rows: Math.ceil(outer.rows * 0.7), own: 0.05});
  }

  #hashJoin(place: Place): Made {
    const left = Math.max(1, Math.floor((place.budget - 2) * (0.3 + this.#random() * 0.4)));
    const outer = this.#child(place, left, 'Outer');
    const built = this.#child(place, place.budget - 2 - outer.size, 'Outer');
    const hash = this.#node({...place, relationship: 'Inner'}, 'Hash', [built], {
      rows: built.rows,
      own: built.rows * 0.0002,
    });
    Object.assign(hash.fields, {'Hash Buckets': 65_536, 'Hash Batches': built.rows > 30_000 ? 4 : 1});
    const made = this.#node(place, 'Hash Join', [outer, hash], {
      rows: Math.ceil(outer.rows * 0.8),
      own: outer.rows * 0.0004,
    });
    Object.assign(made.fields, {'Join Type': 'Inner', 'Hash Cond': '(orders.customer_id = customers.id)'});
    return made;
  }

  #append(place: Place): Made {
    const count = Math.min(this.#between(6, 48), Math.floor(place.budget / 4));
    const share = Math.floor((place.budget - 1) / count);
    const children: Made[] = [];
    for (let index = 1; index <= count; index++) {
      const rest = place.budget - 1 - share * (count - 1);
      children.push(this.#child(place, index === count ? rest : share, 'Member'));
    }
    const rows = children.reduce((sum, child) => sum + child.rows, 0);
    const made = this.#node(place, 'Append', children, {rows, own: rows * 0.00005});
    return {...made, fields: {...made.fields, 'Subplans Removed': 2}};
  }

  #gather(place: Place): Made {
    const child = this.#child({...place, loops: 3, processes: 3}, place.budget - 1, 'Outer');
    const made = this.#node(place, 'Gather', [child], {rows: child.rows * 3, own: 0.8});
    return {...made, fields: {...made.fields, 'Workers Planned': 2, 'Workers Launched': 2}};
  }

  #child(place: Place, budget: number, relationship: string): Made {
    return this.make({...place, budget, relationship});
  }

  #node(place: Place, type: string, children: readonly Made[], own: Own): Made {
    const loops = own.never === true ? 0 : place.loops;
    const processesBelow = type === 'Gather' ? 3 : 1;
    const below = children.reduce(
      (sum, {perLoop, loops}) => sum + (perLoop * loops) / place.loops / processesBelow,
      0,
    );
    const perLoop = loops === 0 ? 0 : round(below + own.own * (0.6 + this.#random()));
    const cost = children.reduce((sum, child) => sum + child.cost, 0) + own.rows * 0.01 + 4;
    const planned = Math.max(1, Math.round(own.rows * this.#pick([1, 1, 1.1, 0.9, 0.02, 30])));
    const blocks = (key: 'hit' | 'read' | 'written'): number =>
      children.reduce((sum, child) => sum + child[key], own[key] ?? 0);
    const made = {hit: blocks('hit'), read: blocks('read'), written: blocks('written')};
    const fields: Fields = {
      'Node Type': type,
      'Parent Relationship': place.relationship,
      'Parallel Aware': false,
      'Async Capable': false,
      'Startup Cost': round(cost / 4),
      'Total Cost': round(cost),
      'Plan Rows': planned,
      'Plan Width': 44,
      'Actual Startup Time': round(perLoop / 5),
      'Actual Total Time': perLoop,
      'Actual Rows': own.rows,
      'Actual Loops': loops,
      'Shared Hit Blocks': made.hit,
      'Shared Read Blocks': made.read,
      'Temp Written Blocks': made.written,
    };
    if (children.length > 0) fields['Plans'] = children.map(child => child.fields);
    const size = 1 + children.reduce((sum, child) => sum + child.size, 0);
    return {fields, perLoop, loops, size, rows: own.rows, cost, ...made};
  }

  #between(low: number, high: number): number {
    return low + Math.floor(this.#random() * (high - low + 1));
  }

  #pick<T>(values: readonly [T, ...T[]] | readonly T[]): T {
    const value = values[Math.floor(this.#random() * values.length)];
    if (value === undefined) throw new Error('nothing to pick from');
    return value;
  }
}

interface Own {
  readonly rows: number;
  /** ms of one loop. */
  readonly own: number;
  readonly hit?: number;
  readonly read?: number;
  readonly written?: number;
  readonly never?: boolean;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** mulberry32 */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
