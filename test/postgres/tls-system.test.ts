import {join} from 'node:path';
import {expect, inject, it} from 'vitest';
import {openSession} from '../../src/postgres/connect.ts';
import {openFor, openOptions, failure, settingsFor} from '../rig/sessions.ts';

// OpenSSL's way to name another list of the system; it is read once in a process, so this file stands alone.
process.env['SSL_CERT_FILE'] = join(import.meta.dirname, '../fixtures/tls/ca.crt');

it('trusts whom the system trusts with sslrootcert=system, for the right host only', async () => {
  const port = inject('servers').at(-1)?.port ?? 0;
  const system = {sslMode: 'verify-full', sslRootCert: 'system'} as const;
  const session = await openFor({port}, {...system, endpoints: [{host: 'localhost', port}]});
  expect(session.server.encrypted).toBe(true);
  await session.close();
  expect(failure(await openSession(settingsFor({port}, system), openOptions)).reason).toBe('tls-untrusted');
});
