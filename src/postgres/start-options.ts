import type {ConnectionSettings} from '../core/connections/connection.ts';
import {fail, ok, type Outcome} from '../core/outcome.ts';

/** A run-time parameter that the session has to begin with. */
export type Parameter = readonly [name: string, value: string];

/** What the start-up message carries besides the user and the database. */
export interface StartOptions {
  /** The text of `options`; empty for none. */
  readonly text: string;
  /** The parameters in it, to be looked up after the start: a pooler may have dropped them. */
  readonly parameters: readonly Parameter[];
  /** True when all of `text` are parameters, so that SET can do without it. */
  readonly replaceable: boolean;
}

/**
 * Writes the run-time parameters as the server's command line options.
 * @param settings `parameters.options` is a command line of its own, and comes first, as in libpq
 * @param readOnly adds `default_transaction_read_only=on`, which wins over the same in `settings`
 * Failures: `invalid-input` for a name that is none.
 * Source: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-OPTIONS
 */
export function startOptions(
  {parameters}: Pick<ConnectionSettings, 'parameters'>,
  readOnly: boolean,
): Outcome<StartOptions> {
  const given = splitOptions(parameters['options'] ?? '');
  const named = Object.entries(parameters).filter(([name]) => name !== 'options');
  const enforced: readonly Parameter[] = readOnly ? [['default_transaction_read_only', 'on']] : [];
  const all = new Map<string, Parameter>();
  // Names are case-insensitive, and the last one wins.
  for (const parameter of [...given.parameters, ...named, ...enforced])
    all.set(parameter[0].toLowerCase(), parameter);
  const wrong = [...all.values()].find(([name, value]) => !parameterName.test(name) || value.includes('\0'));
  if (wrong)
    return fail('invalid-input', `"${wrong[0]}" is no run-time parameter that can be set.`, {
      advice: 'Check the parameters in the address.',
    });
  const words = [...given.rest, ...[...all.values()].flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  return ok({
    text: words.map(escapeWord).join(' '),
    parameters: [...all.values()],
    replaceable: given.rest.length === 0,
  });
}

const parameterName = /^[A-Za-z_][\w$]*(\.[A-Za-z_][\w$]*)*$/;

function escapeWord(word: string): string {
  return word.replace(/[\\\s]/g, found => `\\${found}`);
}

interface GivenOptions {
  readonly parameters: readonly Parameter[];
  /** Words that set no parameter; the server (or Neon's proxy) knows what they mean. */
  readonly rest: readonly string[];
}

/** `-c name=value`, `-cname=value` and `--name=value`, where a dash in a name stands for an underscore. */
function splitOptions(text: string): GivenOptions {
  const words = splitWords(text);
  const parameters: Parameter[] = [];
  const rest: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const apart = word === '-c';
    const setting = readSetting(apart ? `-c${words[at + 1] ?? ''}` : word);
    if (!setting) rest.push(word);
    else parameters.push(setting);
    if (setting && apart) at += 1;
  }
  return {parameters, rest};
}

function readSetting(word: string): Parameter | undefined {
  const parts = /^(?:-c|--)([^=]+)=(.*)$/s.exec(word);
  return parts ? [(parts[1] ?? '').replaceAll('-', '_'), parts[2] ?? ''] : undefined;
}

/** White space parts words unless a backslash stands before it. */
function splitWords(text: string): readonly string[] {
  const words = text.match(/(?:\\[\s\S]|[^\s\\])+/g) ?? [];
  return words.map(word => word.replace(/\\([\s\S])/g, '$1'));
}
