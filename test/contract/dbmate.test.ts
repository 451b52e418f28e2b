import {majors} from '../rig/servers.ts';
import {dbmateFixture} from './dbmate-fixture.ts';
import {frameworkContract} from './framework-contract.ts';

for (const major of majors) frameworkContract(`dbmate on PostgreSQL ${major}`, () => dbmateFixture(major));
