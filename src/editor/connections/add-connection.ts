import {randomUUID} from 'node:crypto';
import {env, l10n} from 'vscode';
import {
  sslModes,
  type Connection,
  type Environment,
  type SslMode,
} from '../../core/connections/connection.ts';
import type {ConnectionDefaults} from '../../core/connections/parsed.ts';
import {guessEnvironment} from '../../core/connections/environment.ts';
import {settingsFrom} from '../../core/connections/settings.ts';
import {describeTarget, formatConnectionUrl, parseConnectionUrl} from '../../core/connections/url.ts';
import {environmentItems} from './environment-items.ts';
import {askPick, askText, runFlow, type FlowStep} from '../input-flow.ts';

/** What the flow collects: a finished address, or its fields one by one. */
interface Draft {
  readonly defaults: ConnectionDefaults;
  readonly way: 'url' | 'fields';
  readonly url: string;
  readonly host: string;
  readonly port: string;
  readonly database: string;
  readonly user: string;
  readonly sslMode: SslMode;
  readonly rootCert: string;
  readonly clientCert: string;
  readonly clientKey: string;
  readonly password?: string;
  readonly name: string;
  readonly environment: Environment;
  readonly readOnly: boolean;
}

export interface AddedConnection {
  readonly connection: Connection;
  readonly password?: string;
}

const sslMeaning: Record<SslMode, string> = {
  disable: 'never encrypted',
  allow: 'encrypted only if the server insists',
  prefer: 'encrypted if the server can; the certificate is not checked',
  require: 'always encrypted; the certificate is checked only where a root certificate is installed',
  'verify-ca': 'always encrypted; the certificate must be signed by a trusted authority',
  'verify-full': 'always encrypted; the certificate must also name this host',
};

/**
 * Asks for a new connection, or for the address of `existing` again: an address to paste, or its fields.
 * @returns nothing when the user left
 */
export async function askConnection(
  defaults: ConnectionDefaults,
  existing?: Connection,
): Promise<AddedConnection | undefined> {
  const title = existing ? l10n.t('Edit {0}', existing.name) : l10n.t('Add Connection');
  const steps = existing
    ? [url]
    : [way, url, host, port, database, user, password, sslMode, rootCert, clientCert, clientKey];
  const draft = await runFlow(
    title,
    [...steps, ...(existing ? [] : [name, environment])],
    await start(defaults, existing),
  );
  if (!draft) return undefined;
  const parsed = settingsOf(draft);
  if (!parsed.ok) return undefined;
  const {settings} = parsed.value;
  const given = draft.password ?? parsed.value.password;
  return {
    connection: {
      id: existing?.id ?? randomUUID(),
      name: draft.name,
      source: {kind: 'added'},
      environment: draft.environment,
      readOnly: draft.readOnly,
      settings,
    },
    ...(given === undefined || given === '' ? {} : {password: given}),
  };
}

async function start(defaults: ConnectionDefaults, existing?: Connection): Promise<Draft> {
  const clipboard = existing ? '' : (await env.clipboard.readText()).trim();
  return {
    defaults,
    way: existing ? 'url' : 'fields',
    url: existing
      ? formatConnectionUrl(existing.settings)
      : parseConnectionUrl(clipboard, defaults).ok
        ? clipboard
        : '',
    host: 'localhost',
    port: '5432',
    database: '',
    user: defaults.user ?? '',
    sslMode: 'prefer',
    rootCert: '',
    clientCert: '',
    clientKey: '',
    name: existing?.name ?? '',
    environment: existing?.environment ?? 'development',
    readOnly: existing?.readOnly ?? false,
  };
}

const way: FlowStep<Draft> = async (draft, position) => {
  const items = [
    {
      label: l10n.t('Paste an address'),
      detail: 'postgres://user@host:5432/database?sslmode=require',
      way: 'url' as const,
    },
    {
      label: l10n.t('Fill in fields'),
      detail: l10n.t('host, port, database, user, TLS'),
      way: 'fields' as const,
    },
  ];
  const answer = await askPick({
    ...position,
    items,
    placeholder: l10n.t('How do you want to say where the server is?'),
  });
  return answer.kind === 'answer' ? {kind: 'answer', value: {...draft, way: answer.value.way}} : answer;
};

const url: FlowStep<Draft> = async (draft, position) => {
  if (draft.way !== 'url') return 'skip';
  const answer = await askText({
    ...position,
    prompt: l10n.t('The address. A password in it goes to the secret storage, never to a setting.'),
    placeholder: 'postgres://user:password@host:5432/database?sslmode=require',
    value: draft.url,
    password: hasPassword(draft),
    validate: text => {
      const parsed = parseConnectionUrl(text, draft.defaults);
      return parsed.ok
        ? undefined
        : [parsed.failure.message, parsed.failure.advice].filter(Boolean).join(' ');
    },
  });
  return answer.kind === 'answer' ? {kind: 'answer', value: {...draft, url: answer.value}} : answer;
};

/** A question whose answer is one text field of the draft. */
function field(
  key: 'host' | 'port' | 'database' | 'user' | 'rootCert' | 'clientCert' | 'clientKey',
  prompt: () => string,
  more: {
    readonly placeholder?: string;
    readonly applies?: (draft: Draft) => boolean;
    readonly validate?: (text: string) => string | undefined;
  } = {},
): FlowStep<Draft> {
  return async (draft, position) => {
    if (draft.way !== 'fields' || more.applies?.(draft) === false) return 'skip';
    const answer = await askText({...position, ...more, prompt: prompt(), value: draft[key]});
    return answer.kind === 'answer'
      ? {kind: 'answer', value: {...draft, [key]: answer.value.trim()}}
      : answer;
  };
}

const required = (text: string): string | undefined =>
  text.trim() === '' ? l10n.t('This cannot be empty.') : undefined;
const checksCertificate = ({sslMode: mode}: Draft): boolean => mode.startsWith('verify');
const overTls = ({sslMode: mode}: Draft): boolean =>
  mode !== 'disable' && mode !== 'prefer' && mode !== 'allow';

const host = field('host', () => l10n.t('Host name or address, or the folder of a Unix socket'), {
  validate: required,
});
const port = field('port', () => l10n.t('Port'), {
  validate: text =>
    /^\d{1,5}$/.test(text.trim()) && Number(text) > 0 && Number(text) < 65_536
      ? undefined
      : l10n.t('A port is a number from 1 to 65535.'),
});
const database = field('database', () => l10n.t('Database'), {validate: required});
const user = field('user', () => l10n.t('User'), {validate: required});
const rootCert = field(
  'rootCert',
  () => l10n.t('Root certificate: a path, or “system”; empty for the default'),
  {
    placeholder: '~/.postgresql/root.crt',
    applies: checksCertificate,
  },
);
const clientCert = field('clientCert', () => l10n.t('Client certificate: a path; empty for none'), {
  applies: overTls,
});
const clientKey = field('clientKey', () => l10n.t('Key of the client certificate: a path'), {
  applies: draft => draft.clientCert !== '',
  validate: required,
});

const password: FlowStep<Draft> = async (draft, position) => {
  if (draft.way !== 'fields') return 'skip';
  const answer = await askText({
    ...position,
    prompt: l10n.t('Password; empty for none. It is kept in the secret storage.'),
    password: true,
    value: draft.password ?? '',
  });
  return answer.kind === 'answer' ? {kind: 'answer', value: {...draft, password: answer.value}} : answer;
};

const sslMode: FlowStep<Draft> = async (draft, position) => {
  if (draft.way !== 'fields' || draft.host.startsWith('/')) return 'skip';
  const items = sslModes.map(mode => ({label: mode, detail: sslMeaning[mode], mode}));
  const answer = await askPick({
    ...position,
    items,
    placeholder: l10n.t('How is the connection encrypted?'),
    ...activeOf(items, draft.sslMode),
  });
  return answer.kind === 'answer' ? {kind: 'answer', value: {...draft, sslMode: answer.value.mode}} : answer;
};

function activeOf<T extends {readonly mode: SslMode}>(items: readonly T[], mode: SslMode): {active?: T} {
  const active = items.find(item => item.mode === mode);
  return active ? {active} : {};
}

const name: FlowStep<Draft> = async (draft, position) => {
  const parsed = settingsOf(draft);
  const suggested = parsed.ok ? describeTarget(parsed.value.settings) : '';
  const answer = await askText({
    ...position,
    prompt: l10n.t('A name to know it by. In production it is what you type to confirm a write.'),
    value: draft.name === '' ? suggested : draft.name,
    validate: required,
  });
  return answer.kind === 'answer' ? {kind: 'answer', value: {...draft, name: answer.value.trim()}} : answer;
};

const environment: FlowStep<Draft> = async (draft, position) => {
  const parsed = settingsOf(draft);
  const guess = parsed.ok
    ? guessEnvironment([draft.name, describeTarget(parsed.value.settings)].join(' '))
    : 'development';
  const items = environmentItems();
  const active = items.find(item => item.environment === guess && !item.readOnly);
  const answer = await askPick({
    ...position,
    items,
    placeholder: l10n.t('How careful should Howdah be?'),
    ...(active ? {active} : {}),
  });
  if (answer.kind !== 'answer') return answer;
  return {
    kind: 'answer',
    value: {...draft, environment: answer.value.environment, readOnly: answer.value.readOnly},
  };
};

function settingsOf(draft: Draft): ReturnType<typeof parseConnectionUrl> {
  if (draft.way === 'url') return parseConnectionUrl(draft.url, draft.defaults);
  const fields: readonly (readonly [string, string])[] = [
    ['host', draft.host],
    ['port', draft.port],
    ['dbname', draft.database],
    ['user', draft.user],
    ['sslmode', draft.sslMode],
    ['sslrootcert', draft.rootCert],
    ['sslcert', draft.clientCert],
    ['sslkey', draft.clientKey],
  ];
  return settingsFrom(fields.filter(([, value]) => value !== ''));
}

function hasPassword({url: text, defaults}: Draft): boolean {
  const parsed = parseConnectionUrl(text, defaults);
  return parsed.ok && parsed.value.password !== undefined;
}
