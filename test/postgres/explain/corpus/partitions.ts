import type {CorpusCase} from './corpus-case.ts';

/** Partitions that are read, pruned when planning, or pruned when running. */
export const partitions: readonly CorpusCase[] = [
  {name: 'append over partitions', sql: `SELECT count(*) FROM readings`, shows: ['Append']},
  {
    name: 'partition pruned by the planner',
    sql: `SELECT * FROM readings WHERE day = 15`,
    shows: ['Relation Name: readings_1'],
  },
  {
    name: 'partitions pruned when the plan starts',
    before: `DEALLOCATE ALL; PREPARE by_day AS SELECT * FROM readings WHERE day < $1`,
    settings: {plan_cache_mode: 'force_generic_plan'},
    sql: `EXECUTE by_day(12)`,
    shows: ['Append', 'Subplans Removed > 0'],
  },
  {
    name: 'all partitions pruned when the plan starts',
    before: `DEALLOCATE ALL; PREPARE by_day AS SELECT * FROM readings WHERE day = $1`,
    settings: {plan_cache_mode: 'force_generic_plan'},
    sql: `EXECUTE by_day(-4)`,
    shows: ['Append', 'Subplans Removed > 0'],
  },
  {
    name: 'partitions pruned by an InitPlan',
    sql: `SELECT count(*) FROM readings WHERE day = (SELECT slow(25))`,
    shows: ['Append', 'Parent Relationship: InitPlan', 'Actual Loops: 0'],
  },
  {
    name: 'partitions pruned for each row of a join',
    sql: `SELECT count(*) FROM badges b JOIN readings r ON r.day = b.id WHERE b.id < 25`,
    settings: {
      enable_hashjoin: 'off',
      enable_mergejoin: 'off',
      enable_memoize: 'off',
      enable_material: 'off',
    },
    shows: ['Append', 'Nested Loop', 'Actual Loops: 0'],
  },
  {
    name: 'ordered partitions',
    sql: `SELECT * FROM readings ORDER BY day LIMIT 2500`,
    settings: {enable_seqscan: 'off', enable_bitmapscan: 'off'},
    shows: ['Append', 'Index Scan', 'Limit'],
  },
  {
    name: 'merge append over partitions',
    sql: `SELECT * FROM readings ORDER BY sensor, value`,
    settings: {enable_sort: 'on', work_mem: '64kB', enable_incremental_sort: 'off'},
    shows: ['Sort'],
  },
  {
    name: 'partition-wise join and aggregate',
    sql: `SELECT a.day, count(*) FROM readings a JOIN readings b ON a.day = b.day AND a.sensor = b.sensor GROUP BY a.day`,
    settings: {enable_partitionwise_join: 'on', enable_partitionwise_aggregate: 'on', work_mem: '4MB'},
    shows: ['Append', 'Aggregate'],
  },
  {
    name: 'append over 500 partitions',
    sql: `SELECT sum(id) FROM shelves WHERE id > 0`,
    shows: ['Append'],
  },
];
