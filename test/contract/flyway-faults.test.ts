import {ends} from '../rig/servers.ts';
import {flywayFixture} from './flyway-fixture.ts';
import {forwardFaults} from './forward-faults.ts';

for (const major of ends)
  forwardFaults(`Flyway on PostgreSQL ${major}`, async () => {
    const fixture = await flywayFixture(major);
    return {
      ...fixture,
      books: 'flyway_schema_history',
      records: message => message.includes('COMMIT'),
      sql: async (number, text) => void (await fixture.file(`V${number}__it.sql`, text)),
    };
  });
