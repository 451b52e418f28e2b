import {readDefaults} from '../connections/defaults.ts';
import {discoverConnections} from '../connections/discover.ts';
import type {FoundConnection} from '../connections/found.ts';
import {thisMachine, type Machine} from '../connections/machine.ts';
import {findPassword} from '../connections/password.ts';
import {ok, type Outcome} from '../core/outcome.ts';
import {adjusted, candidatesFromEnvironment, type Candidate, type Target} from './candidates.ts';
import {choose, type Choices} from './choose.ts';
import type {Invocation} from './runner.ts';

/** @returns every connection that this place knows, by where it comes from */
export async function knownConnections({files, cwd, environment}: Invocation): Promise<Choices> {
  const machine: Machine = {...thisMachine(), env: environment};
  const found = (await discoverConnections(files, machine)).map(candidateOf);
  const isHere = ({source}: Candidate): boolean => source.path?.startsWith(cwd) ?? false;
  const defaults = await readDefaults(machine);
  return {
    environment: candidatesFromEnvironment(environment, defaults),
    repository: found.filter(isHere),
    home: found.filter(candidate => !isHere(candidate)),
    variables: environment,
    defaults,
  };
}

/** @returns the connection that the command is about, with its password when one is known */
export function chooseTarget(invocation: Invocation): Promise<Outcome<Target>> {
  return targetNamed(invocation.flags.connection, invocation);
}

/** @returns the connection of that name, variable or URL, with its password when one is known */
export async function targetNamed(
  wanted: string | undefined,
  invocation: Invocation,
): Promise<Outcome<Target>> {
  return targetAmong(await knownConnections(invocation), wanted, invocation);
}

/** As {@link targetNamed}, for one of several names, which are looked for once. */
export async function targetAmong(
  choices: Choices,
  wanted: string | undefined,
  invocation: Invocation,
): Promise<Outcome<Target>> {
  const {flags, terminal} = invocation;
  const target = choose(wanted, choices);
  if (!target.ok) return target;
  const complete = await withPassword(adjusted(target.value, flags), invocation);
  for (const secret of [complete.password, complete.sslPassword])
    if (secret !== undefined) terminal.redactor.learn(secret);
  return ok(complete);
}

/** @returns the target with the password that libpq would find, unless the address has one */
export async function withPassword(target: Target, {environment}: Invocation): Promise<Target> {
  if (target.password !== undefined) return target;
  const password = await findPassword(target.connection.settings, {...thisMachine(), env: environment});
  return password === undefined ? target : {...target, password};
}

function candidateOf(found: FoundConnection): Candidate {
  if (found.kind === 'problem') {
    const {name, source, failure} = found;
    return {name, source: placeOf(source), target: {ok: false, failure}, notes: []};
  }
  const {kind: _, notes, ...target} = found;
  const {name, source} = target.connection;
  return {name, source: placeOf(source), target: ok(target), notes};
}

function placeOf(source: FoundConnectionSource): Candidate['source'] {
  if (source.kind !== 'file') return {label: source.kind};
  const {label, path, line} = source;
  return {label, path, ...(line === undefined ? {} : {line})};
}

type FoundConnectionSource = Extract<FoundConnection, {readonly kind: 'problem'}>['source'];
