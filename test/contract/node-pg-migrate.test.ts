import {majors} from '../rig/servers.ts';
import {frameworkContract} from './framework-contract.ts';
import {nodePgMigrateFixture} from './node-pg-migrate-fixture.ts';

for (const major of majors)
  frameworkContract(`node-pg-migrate on PostgreSQL ${major}`, () => nodePgMigrateFixture(major));
