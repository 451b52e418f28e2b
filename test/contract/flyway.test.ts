import {majors} from '../rig/servers.ts';
import {frameworkContract} from './framework-contract.ts';
import {flywayFixture} from './flyway-fixture.ts';

for (const major of majors) frameworkContract(`Flyway on PostgreSQL ${major}`, () => flywayFixture(major));
