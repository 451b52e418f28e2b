import type {Outcome} from '../outcome.ts';
import type {Parser} from '../sql/parser.ts';
import type {Session, Signal} from '../session.ts';
import type {Timeouts} from './origin.ts';

/** A relation's file that is to look larger than what is in it. */
export interface PretendedFile {
  /** `pg_relation_filepath`: relative to the data directory. */
  readonly path: string;
  /** 8 kB blocks. */
  readonly blocks: number;
  /** Of a B-tree: levels above the leaves. Absent for what is no B-tree. */
  readonly treeHeight?: number;
}

/** An embedded PostgreSQL that holds nothing anybody needs. */
export interface Scratch {
  readonly session: Session;
  /**
   * Makes files as large as the server's, without taking space on the disk: the planner takes the number of pages
   * from the file. Nothing may read the rows afterwards.
   * Failures: `unsupported` where the file system would really take the space, `unwritable-file`
   */
  pretend(files: readonly PretendedFile[]): Promise<Outcome<void>>;
  /** Gives it back. */
  close(): Promise<void>;
}

export interface WhatIfPorts {
  readonly parser: Parser;
  /** On the statement's server, its own and outside of a transaction. The caller opens and closes it. */
  readonly session: Session;
  /** Asked only where HypoPG cannot answer. */
  readonly openScratch: (signal?: Signal) => Promise<Outcome<Scratch>>;
}

export interface WhatIfRequest {
  /** One statement without EXPLAIN; placeholders are `$1`, `$2`, … */
  readonly sql: string;
  /** `generic` plans as for a prepared statement whose values are not known. */
  readonly mode: 'explain' | 'generic';
  readonly values?: readonly (string | null)[];
  /** A CREATE INDEX, which the user may have written. */
  readonly definition: string;
  readonly timeouts: Timeouts;
}

export interface WhatIfResult {
  /** EXPLAIN's JSON without and with the index, by the same planner. */
  readonly before: string;
  readonly after: string;
  /** `hypopg` on the server itself; `statistics` in the embedded server with the server's statistics. */
  readonly how: 'hypopg' | 'statistics';
  /** Sentences: which planner, and what it could not take over. */
  readonly notes: readonly string[];
  /** The index with its name, without CONCURRENTLY. */
  readonly definition: string;
  /** Estimated; null when it cannot be told. */
  readonly bytes: number | null;
}
