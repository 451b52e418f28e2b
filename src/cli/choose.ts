import {schemeOf} from '../core/connections/address-url.ts';
import type {ConnectionDefaults} from '../core/connections/parsed.ts';
import {fail, type Outcome} from '../core/outcome.ts';
import {candidateFromUrl, candidateFromVariable, type Candidate, type Target} from './candidates.ts';

/** What there is to choose from. */
export interface Choices {
  /** From the process's environment, the one to prefer first. */
  readonly environment: readonly Candidate[];
  /** From the files of the repository. */
  readonly repository: readonly Candidate[];
  /** From the user's home: `pg_service.conf` and `.pgpass`. */
  readonly home: readonly Candidate[];
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly defaults: ConnectionDefaults;
}

/**
 * Chooses the connection. Without a wish it is the environment's, or the only one that the repository has.
 * @param wanted a name, an environment variable, or a URL without a password
 * @returns failures: `invalid-input`, also for a choice that only a person can make
 */
export function choose(wanted: string | undefined, choices: Choices): Outcome<Target> {
  if (wanted === undefined) return chooseDefault(choices);
  const all = [...choices.environment, ...choices.repository, ...choices.home];
  const named = all.find(({name}) => name === wanted);
  if (named) return named.target;
  if (isAddress(wanted)) return fromCommandLine(wanted, choices.defaults);
  const variable = candidateFromVariable(wanted, choices.variables, choices.defaults);
  if (variable) return variable.target;
  const [first, ...others] = all.filter(({name}) => isPartOf(wanted, name));
  return first && others.length === 0 ? first.target : unknown(wanted, first ? [first, ...others] : all);
}

/** The file alone or the variable alone will do where only one connection has it. */
function isPartOf(wanted: string, name: string): boolean {
  return name.startsWith(`${wanted} `) || name.endsWith(` ${wanted}`);
}

/** @returns the refusal of a password that every process list of the machine would show, or the connection of the URL */
function fromCommandLine(text: string, defaults: ConnectionDefaults): Outcome<Target> {
  const {target} = candidateFromUrl(text, defaults);
  if (!target.ok || (target.value.password === undefined && target.value.sslPassword === undefined))
    return target;
  return fail('invalid-input', 'The URL on the command line holds a password, which other users could see.', {
    advice:
      'Put the URL into an environment variable and pass its name: --connection NAME. Or leave the password out and give it in PGPASSWORD, in ~/.pgpass or at the prompt.',
  });
}

function chooseDefault({environment, repository, home}: Choices): Outcome<Target> {
  const [preferred] = environment;
  if (preferred) return preferred.target;
  const [only, ...others] = repository;
  if (only && others.length === 0) return only.target;
  if (only)
    return fail('invalid-input', `There are ${repository.length} connections: ${names(repository)}.`, {
      advice: 'Choose one with --connection <name>. "howdah connections" says where they come from.',
    });
  const known = home.length === 0 ? '' : ` Known from your home folder: ${names(home)}.`;
  return fail('invalid-input', 'No connection was found here.', {
    advice: `Set DATABASE_URL, write it into .env, or pass --connection.${known}`,
  });
}

function unknown(wanted: string, all: readonly Candidate[]): Outcome<never> {
  const known = all.length === 0 ? 'No connection was found.' : `There are ${names(all)}.`;
  return fail('invalid-input', `"${wanted}" names no connection for certain, and no environment variable.`, {
    advice: `${known} "howdah connections" says where they come from.`,
  });
}

/** What may hold a password is an address, and no message repeats it. */
function isAddress(text: string): boolean {
  return schemeOf(text).kind !== 'none' || /[@=]/u.test(text);
}

function names(candidates: readonly Candidate[]): string {
  return candidates.map(({name}) => `"${name}"`).join(', ');
}
