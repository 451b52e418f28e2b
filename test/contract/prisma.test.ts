import {majors} from '../rig/servers.ts';
import {frameworkContract} from './framework-contract.ts';
import {prismaFixture} from './prisma-fixture.ts';

for (const major of majors) frameworkContract(`Prisma on PostgreSQL ${major}`, () => prismaFixture(major));
