import {majors} from '../rig/servers.ts';
import {frameworkContract} from './framework-contract.ts';
import {gooseFixture} from './goose-fixture.ts';

for (const major of majors) frameworkContract(`goose on PostgreSQL ${major}`, () => gooseFixture(major));
