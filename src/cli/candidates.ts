import {libpqGroup} from '../connections/variable-groups.ts';
import type {Connection, Environment} from '../core/connections/connection.ts';
import {guessEnvironment} from '../core/connections/environment.ts';
import type {ConnectionDefaults, ParsedConnection} from '../core/connections/parsed.ts';
import {parseConnectionUrl} from '../core/connections/url.ts';
import {ok, type Outcome} from '../core/outcome.ts';

/** A connection, and the secrets that go with it. */
export interface Target {
  readonly connection: Connection;
  readonly password?: string;
  readonly sslPassword?: string;
}

/** What could be connected to, or why it cannot. */
export interface Candidate {
  readonly name: string;
  readonly source: {readonly label: string; readonly path?: string; readonly line?: number};
  readonly target: Outcome<Target>;
  /** What was understood in another way than it was written. */
  readonly notes: readonly string[];
}

type Variables = Readonly<Record<string, string | undefined>>;

/** @returns the connections that the process's own environment names: `DATABASE_URL`, then libpq's variables */
export function candidatesFromEnvironment(
  variables: Variables,
  defaults: ConnectionDefaults,
): readonly Candidate[] {
  const url = candidateFromVariable('DATABASE_URL', variables, defaults);
  const libpq = candidateFromLibpq(variables, defaults);
  return [url, libpq].filter(candidate => candidate !== undefined);
}

/** @returns the connection whose URL an environment variable holds; `undefined` when it is not set */
export function candidateFromVariable(
  name: string,
  variables: Variables,
  defaults: ConnectionDefaults,
): Candidate | undefined {
  const text = variables[name];
  if (!text) return undefined;
  return candidate(name, `environment variable ${name}`, parseConnectionUrl(text, defaults), [name]);
}

/** @returns the connection of a URL that was given on the command line */
export function candidateFromUrl(text: string, defaults: ConnectionDefaults): Candidate {
  const parsed = parseConnectionUrl(text, defaults);
  return candidate(parsed.ok ? parsed.value.settings.database : 'url', 'command line', parsed, []);
}

function candidateFromLibpq(variables: Variables, defaults: ConnectionDefaults): Candidate | undefined {
  const set = Object.entries(variables).map(
    ([name, value]) => [name, {value: value ?? '', line: 1}] as const,
  );
  const [group] = libpqGroup(new Map(set), defaults);
  return group && candidate(group.name, `environment variable ${group.name}`, group.outcome, []);
}

function candidate(
  name: string,
  label: string,
  parsed: Outcome<ParsedConnection>,
  hints: readonly string[],
): Candidate {
  const base = {name, source: {label}};
  if (!parsed.ok) return {...base, target: parsed, notes: []};
  const {settings, password, sslPassword, notes} = parsed.value;
  const hosts = settings.endpoints.map(({host}) => host);
  const connection: Connection = {
    id: `command-line:${name}`,
    name,
    source: {kind: 'added'},
    environment: guessEnvironment(...hints, ...hosts, settings.database),
    readOnly: false,
    settings,
  };
  const secrets = {
    ...(password === undefined ? {} : {password}),
    ...(sslPassword === undefined ? {} : {sslPassword}),
  };
  return {...base, target: ok({connection, ...secrets}), notes};
}

/** @returns the candidate with what the command line says about it in place of what was guessed */
export function adjusted(
  target: Target,
  {environment, readOnly}: {readonly environment?: Environment | undefined; readonly readOnly: boolean},
): Target {
  const {connection} = target;
  return {
    ...target,
    connection: {
      ...connection,
      environment: environment ?? connection.environment,
      readOnly: readOnly || connection.readOnly,
    },
  };
}
