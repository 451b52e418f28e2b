import * as z from 'zod/mini';
import {amount, list, maybe, record, text} from '../shape.ts';

/** A long command that says how far it is. Sources: pg_stat_progress_vacuum, _analyze, _create_index, _cluster, _copy, _basebackup. */
export const ProgressRow = record({
  pid: amount,
  command: z.enum(['vacuum', 'analyze', 'create-index', 'cluster', 'copy', 'base-backup']),
  /** As the view names it: `CREATE INDEX CONCURRENTLY`, `REINDEX`, `COPY FROM`, … */
  title: text,
  /** Of this database; of another one it cannot be named. */
  relation: maybe(text),
  /** Where it is another one than this. */
  database: maybe(text),
  phase: text,
  /** Of the phase, in the unit that the phase counts in; absent where it counts nothing. */
  done: maybe(amount),
  total: maybe(amount),
  unit: maybe(z.enum(['blocks', 'rows', 'bytes', 'lockers', 'indexes', 'partitions'])),
});
export type ProgressRow = z.infer<typeof ProgressRow>;

export const ProgressPart = record({rows: list(ProgressRow)});
export type ProgressPart = z.infer<typeof ProgressPart>;
