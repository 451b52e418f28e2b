import {ends} from '../rig/servers.ts';
import {forwardFaults} from './forward-faults.ts';
import {nameOf, prismaFixture} from './prisma-fixture.ts';

for (const major of ends)
  forwardFaults(`Prisma on PostgreSQL ${major}`, async () => {
    const fixture = await prismaFixture(major);
    return {
      ...fixture,
      books: '_prisma_migrations',
      records: message => message.includes('SET applied_steps_count'),
      sql: async (number, text) => void (await fixture.script(nameOf(number), text)),
    };
  });
