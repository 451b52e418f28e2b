import {dirname} from 'node:path';
import {buildNodePgMigrate} from '../../scripts/node-pg-migrate.ts';
import {runner} from './node-pg-migrate-fixture.ts';

/** Makes what runs programs, as the extension ships it. */
export async function makeRunner(): Promise<void> {
  await buildNodePgMigrate(dirname(runner), {minify: true});
}
