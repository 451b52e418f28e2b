import {expect, it} from 'vitest';
import {concurrentDefinition, readIndexDefinition} from '../../../src/core/explain/what-if-definition.ts';
import {indexMigration} from '../../../src/editor/explain/index-migration.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';

const parser = createParser();

async function migrationOf(
  definition: string,
  partitioned = false,
): Promise<ReturnType<typeof indexMigration>> {
  const index = await readIndexDefinition(parser, definition);
  if (!index.ok) throw new Error(index.failure.message);
  return indexMigration(index.value, concurrentDefinition(index.value), partitioned);
}

const definition = 'CREATE INDEX orders_status_idx ON shop.orders (status)';

it('is built and dropped concurrently, each statement alone in its file', async () => {
  const {title, up, down} = await migrationOf(definition);
  expect(title).toBe('add orders_status_idx');
  expect(up).toContain('\nCREATE INDEX CONCURRENTLY orders_status_idx ON shop.orders (status);\n');
  expect(down).toMatch(/\nDROP INDEX CONCURRENTLY IF EXISTS shop\.orders_status_idx;\n$/);
  for (const text of [up, down]) {
    const parsed = await parser.parse(text);
    expect(parsed.ok && parsed.value).toHaveLength(1);
  }
});

it('of a partitioned table is not concurrent, which PostgreSQL refuses, and says so', async () => {
  const {up, down} = await migrationOf(definition, true);
  expect(up).toContain('cannot be built concurrently');
  expect(up).toMatch(/\nCREATE INDEX orders_status_idx ON shop\.orders \(status\);\n$/);
  expect(down).toBe('DROP INDEX IF EXISTS shop.orders_status_idx;\n');
});
