import type {IndexDefinition} from '../../core/explain/what-if-definition.ts';

export interface IndexMigration {
  readonly title: string;
  readonly up: string;
  readonly down: string;
}

/**
 * @param concurrent the statements that build and drop the index without blocking writes
 * @param partitioned PostgreSQL builds no index of a partitioned table concurrently (observed on 14–18, SQLSTATE 0A000)
 * @returns the texts of the two files
 */
export function indexMigration(
  {name, text}: IndexDefinition,
  concurrent: {readonly up: string; readonly down: string},
  partitioned: boolean,
): IndexMigration {
  const title = `add ${name}`;
  if (partitioned) {
    const down = concurrent.down.replace('CONCURRENTLY ', '');
    return {title, up: `${onPartitions}\n${closed(text)}\n`, down: `${closed(down)}\n`};
  }
  return {
    title,
    up: `${alone}\n${closed(concurrent.up)}\n`,
    down: `-- Alone in its file as well.\n${closed(concurrent.down)}\n`,
  };
}

const alone = `-- Alone in its file, because it cannot run in a transaction, which several statements in one file are.
-- When it fails it leaves an invalid index behind: drop that before you try again.`;

const onPartitions = `-- An index of a partitioned table cannot be built concurrently: writes to its partitions wait while it is built.
-- Where that takes too long, build it on each partition concurrently first, and then on the table with ON ONLY.`;

function closed(sql: string): string {
  return sql.trimEnd().endsWith(';') ? sql.trimEnd() : `${sql.trimEnd()};`;
}
