import {describe} from 'vitest';
import {testWrittenMigrations} from './written-migrations.ts';

describe.each([15, 16, 17] as const)('on PostgreSQL %i', testWrittenMigrations);
