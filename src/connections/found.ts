import {createHash} from 'node:crypto';
import type {Connection, ConnectionSource} from '../core/connections/connection.ts';
import {guessEnvironment} from '../core/connections/environment.ts';
import type {ParsedConnection} from '../core/connections/parsed.ts';
import {fail, ok, type Failure, type Outcome} from '../core/outcome.ts';

/** A connection that a file describes, or why it does not. */
export type FoundConnection =
  | {
      readonly kind: 'found';
      readonly connection: Connection;
      readonly password?: string;
      /** The passphrase of the client key. */
      readonly sslPassword?: string;
      /** What was understood in another way than it was written, in sentences for the user. */
      readonly notes: readonly string[];
    }
  | {
      readonly kind: 'problem';
      readonly id: string;
      readonly name: string;
      readonly source: ConnectionSource;
      readonly failure: Failure;
    };

/** A file that may describe connections. */
export interface SourceFile {
  readonly path: string;
  /** The path from the folder that is open, with `/`; the folder's name comes first where there are several. */
  readonly label: string;
  /** The folder that is open, for a file in one. */
  readonly root?: string;
}

/** Where in a file a connection is described. */
export interface Place {
  readonly file: SourceFile;
  /** Which of the file's connections it is, such as `DATABASE_URL`; nothing when a file describes only one. */
  readonly key?: string;
  /** 1-based. */
  readonly line?: number;
}

/**
 * @param outcome what was read at the place
 * @param hints names that tell the environment, beside those in the place and in the settings
 */
export function found(
  place: Place,
  outcome: Outcome<ParsedConnection>,
  hints: readonly string[] = [],
): FoundConnection {
  const readable = outcome.ok ? withoutPlaceholders(outcome.value) : outcome;
  if (!readable.ok) return problem(place, readable.failure);
  const {settings, notes, ...secrets} = readable.value;
  const source = sourceOf(place);
  const names = [...settings.endpoints.map(({host}) => host), settings.database, settings.user];
  const connection: Connection = {
    id: idOf(place),
    name: nameOf(place),
    source,
    environment: guessEnvironment(labelOf(place), ...names, ...hints),
    readOnly: false,
    settings,
  };
  return {kind: 'found', connection, ...secrets, notes};
}

/** @returns an item that tells the user why the place gives no connection. */
export function problem(place: Place, failure: Failure): FoundConnection {
  return {kind: 'problem', id: idOf(place), name: nameOf(place), source: sourceOf(place), failure};
}

function labelOf({file, key}: Place): string {
  return key === undefined ? file.label : `${file.label} · ${key}`;
}

/** Without the dot between: before a write to production the name has to be typed. */
function nameOf({file, key}: Place): string {
  return key === undefined ? file.label : `${file.label} ${key}`;
}

function sourceOf(place: Place): ConnectionSource {
  const line = place.line === undefined ? {} : {line: place.line};
  return {kind: 'file', path: place.file.path, label: labelOf(place), ...line};
}

function idOf({file, key}: Place): string {
  const hash = createHash('sha256').update(`${file.path}\0${key ?? ''}`);
  return `file-${hash.digest('hex').slice(0, 16)}`;
}

const placeholder = /^<[^>]*>$|\$\{[^}]*\}|\{\{.*\}\}/;

/** A template's `<strong-password>` is no password; the user is asked for one, as if there were none. */
function withoutPlaceholders(parsed: ParsedConnection): Outcome<ParsedConnection> {
  const {settings, password, ...rest} = parsed;
  if (placeholder.test(settings.user)) return stillPlaceholder('user name');
  if (placeholder.test(settings.database)) return stillPlaceholder('database name');
  if (password === undefined || !placeholder.test(password)) return ok(parsed);
  return ok({...rest, settings, notes: [...rest.notes, 'The password in the file is a placeholder.']});
}

function stillPlaceholder(what: string): Outcome<never> {
  return fail('invalid-input', `The ${what} is still a placeholder.`, {
    advice: 'Write the value in its place, or define the variable that it names.',
  });
}
