import {majors} from '../rig/servers.ts';
import {frameworkContract} from './framework-contract.ts';
import {golangFixture} from './golang-fixture.ts';

for (const major of majors)
  frameworkContract(`golang-migrate on PostgreSQL ${major}`, () => golangFixture(major));
