/** Finds files in the folders that the user has open, without `node_modules`, `.git` and what the user excludes. */
export interface Files {
  /** The folders that are open, as absolute paths. */
  readonly roots: readonly string[];
  /**
   * @param glob relative to each root, such as `db/*.up.sql` or `.env*`
   * @returns absolute paths, each once, in no particular order
   */
  find(glob: string): Promise<readonly string[]>;
}
