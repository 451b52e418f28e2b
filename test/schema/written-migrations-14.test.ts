import {testWrittenMigrations} from './written-migrations.ts';

testWrittenMigrations(14);
