import {X509Certificate} from 'node:crypto';
import {readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';
import * as tls from 'node:tls';
import type {ConnectionSettings} from '../core/connections/connection.ts';
import {fail, ok, type Outcome} from '../core/outcome.ts';
import {errorCode} from './failures.ts';

/** How a connection is encrypted, and how much of the server's certificate is checked. */
export interface TlsPlan {
  readonly context: tls.SecureContext;
  /** `chain` checks who signed the certificate, `host` also that it is for this host. */
  readonly verify: 'nothing' | 'chain' | 'host';
}

type TlsSettings = Pick<ConnectionSettings, 'sslMode' | 'sslRootCert' | 'sslCert' | 'sslKey'>;

/**
 * Reads the certificates and the key as libpq does.
 * @param home the user's home, for the defaults in `~/.postgresql` (on Windows `%APPDATA%\postgresql`)
 * @param password of an encrypted key
 * Failures: `tls-file` names the file, `invalid-input` for weak modes with `sslrootcert=system`.
 * Source: https://www.postgresql.org/docs/current/libpq-ssl.html
 */
export async function readTlsPlan(
  settings: TlsSettings,
  home: string,
  password: string | undefined,
): Promise<Outcome<TlsPlan>> {
  const folder =
    process.platform === 'win32' ? join(home, 'AppData', 'Roaming', 'postgresql') : join(home, '.postgresql');
  const root = await readRoot(settings, folder);
  if (!root.ok) return root;
  const own = await readOwn(settings, folder, password);
  if (!own.ok) return own;
  return ok({
    context: tls.createSecureContext({...root.value.options, ...own.value}),
    verify: root.value.verify,
  });
}

interface Root {
  readonly options: tls.SecureContextOptions;
  readonly verify: TlsPlan['verify'];
}

async function readRoot({sslMode, sslRootCert}: TlsSettings, folder: string): Promise<Outcome<Root>> {
  if (sslRootCert === 'system') {
    if (sslMode === 'verify-full') return ok({options: systemRoots(), verify: 'host'});
    return fail('invalid-input', `sslmode "${sslMode}" is too weak for sslrootcert=system.`, {
      advice:
        'Anybody can get a certificate that the system trusts, so the host has to be checked: use sslmode=verify-full.',
    });
  }
  const strict = sslMode === 'verify-ca' || sslMode === 'verify-full';
  const path = sslRootCert ?? join(folder, 'root.crt');
  // libpq checks the chain in every mode once there is a root certificate, and does without where the mode allows it.
  if (!strict && !(await exists(path))) return ok({options: {}, verify: 'nothing'});
  const ca = await read(path, 'root certificate', rootAdvice);
  if (!ca.ok) return ca;
  const usable = check(() => new X509Certificate(ca.value), path, noCertificate);
  if (!usable.ok) return usable;
  const revoked = join(folder, 'root.crl');
  const crl = (await exists(revoked)) ? {crl: await readFile(revoked)} : {};
  return ok({options: {ca: ca.value, ...crl}, verify: sslMode === 'verify-full' ? 'host' : 'chain'});
}

/** Node's own list stands in where Node cannot read the system's (before 22.15) or finds none. */
function systemRoots(): tls.SecureContextOptions {
  const read: typeof tls.getCACertificates | undefined = tls.getCACertificates;
  const ca = read?.('system') ?? [];
  return ca.length > 0 ? {ca} : {};
}

const noCertificate = 'holds no certificate in PEM form';
const rootAdvice =
  'Put the certificate of who signed the server’s there, name another file with sslrootcert, or use sslrootcert=system with sslmode=verify-full.';

async function readOwn(
  {sslCert, sslKey}: TlsSettings,
  folder: string,
  password: string | undefined,
): Promise<Outcome<tls.SecureContextOptions>> {
  const certPath = sslCert ?? join(folder, 'postgresql.crt');
  if (sslCert === undefined && !(await exists(certPath))) return ok({});
  const cert = await read(certPath, 'client certificate', 'Check sslcert.');
  if (!cert.ok) return cert;
  const certOnly = check(() => new X509Certificate(cert.value), certPath, noCertificate);
  if (!certOnly.ok) return certOnly;
  const keyPath = sslKey ?? join(folder, 'postgresql.key');
  const key = await read(keyPath, 'key of the client certificate', 'Check sslkey.');
  if (!key.ok) return key;
  const secret = await checkRights(keyPath);
  if (!secret.ok) return secret;
  const options = {cert: cert.value, key: key.value, passphrase: password ?? ''};
  const usable = check(
    () => tls.createSecureContext(options),
    keyPath,
    `is no key for ${certPath}, or is encrypted with another password`,
  );
  return usable.ok ? ok(options) : usable;
}

/** libpq refuses a key that others can read: 0600, or 0640 when root owns it. */
async function checkRights(path: string): Promise<Outcome<void>> {
  if (process.platform === 'win32') return ok(undefined);
  const {mode, uid} = await stat(path);
  const tooWide = uid === 0 ? 0o037 : 0o077;
  if ((mode & tooWide) === 0) return ok(undefined);
  return fail('tls-file', `The key ${path} can be read by others (mode 0${(mode & 0o777).toString(8)}).`, {
    advice: `Run: chmod 600 ${path}`,
  });
}

async function read(path: string, what: string, advice: string): Promise<Outcome<Buffer>> {
  try {
    return ok(await readFile(path));
  } catch (error) {
    const why =
      errorCode(error) === 'ENOENT' ? 'does not exist' : `cannot be read (${errorCode(error) ?? 'unknown'})`;
    return fail('tls-file', `The ${what} ${path} ${why}.`, {advice});
  }
}

function check(use: () => unknown, path: string, problem: string): Outcome<void> {
  try {
    use();
    return ok(undefined);
  } catch {
    return fail('tls-file', `The file ${path} ${problem}.`, {
      advice: 'Replace the file, or name another one.',
    });
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
