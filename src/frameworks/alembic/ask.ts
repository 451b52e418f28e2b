import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Signal} from '../../core/session.ts';
import {runProgram} from '../shared/child.ts';
import {dotenvIn} from '../shared/dotenv-values.ts';
import type {Environment} from './environment.ts';
import {failureBefore} from './failures.ts';
import {readMessage, type Message} from './messages.ts';
import {forgetPython} from './python.ts';
import {runnerText} from './runner/text.ts';

/** What the runner is asked; what is absent does not matter for the action. */
export interface Question {
  readonly action: 'run' | 'stamp' | 'current' | 'graph' | 'offline' | 'revision' | 'autogenerate' | 'merge';
  readonly direction?: 'up' | 'down';
  /** As the command line takes it. */
  readonly destination?: string;
  /** Where the database is, or has to be, or what is merged. */
  readonly heads?: readonly string[];
  readonly steps?: readonly string[];
  readonly limits?: Readonly<Record<string, number>>;
  readonly message?: string;
  readonly id?: string;
  readonly up?: string;
  readonly down?: string;
  /** The lock that has to be seen through each connection; without it `env.py` connects to whatever it likes. */
  readonly probe?: bigint;
  /** The only SQLite file, by its absolute path, that may be opened; no other database is. */
  readonly sqlite?: string;
}

/** How it is asked. */
export interface Asking {
  readonly python: string;
  /** libpq's variables and `DATABASE_URL`; holds the password. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly signal?: Signal;
  /** @returns whether the next revision may begin, for a message that waits for it */
  readonly onMessage?: (message: Message) => boolean | void;
}

/** What the runner said until it ended. */
export interface Told {
  readonly messages: readonly Message[];
  /** The last one; nothing where the process ended without a word. */
  readonly ending?: Ending;
  readonly python: string;
  /** The end of what went to the standard error. */
  readonly stderr: string;
}

export type Ending = Extract<Message, {readonly kind: 'done' | 'elsewhere' | 'moved' | 'stopped' | 'failed'}>;

/** A Python that is starting, or waits for its question. */
export interface Runner {
  /** Once. */
  ask(question: Question): Promise<Outcome<Told>>;
  /** Ends it where it was asked nothing. */
  leave(): Promise<void>;
}

/** Starts the project's Python with the runner, for a question that is known a little later. */
export function startAlembic(environment: Environment, asking: Asking): Runner {
  let answer: (question: Question | undefined) => void = () => {};
  const question = new Promise<Question | undefined>(resolve => {
    answer = resolve;
  });
  const told = listenToAlembic(environment, question, asking);
  return {
    ask: asked => {
      answer(asked);
      return told;
    },
    leave: async () => {
      answer(undefined);
      await told;
    },
  };
}

/**
 * Starts the project's Python with the runner and listens to its end.
 * @param question awaited while Python starts; nothing is asked when it turns out to be nothing
 * Failures: `unsupported` (no interpreter, no Alembic), `cancelled`, `timed-out`
 */
export async function listenToAlembic(
  environment: Environment,
  question: Question | Promise<Question | undefined>,
  {python, variables, signal, onMessage}: Asking,
): Promise<Outcome<Told>> {
  const messages: Message[] = [];
  const input = Promise.resolve(question).then(asked =>
    asked === undefined ? '' : `${requestOf(environment, asked)}\n`,
  );
  const ran = await runProgram({
    command: python,
    parameters: ['-c', runnerText],
    cwd: environment.folder,
    ...(variables === undefined ? {} : {environment: await variablesFor(environment, variables)}),
    input,
    dialogue: true,
    ...(signal === undefined ? {} : {signal}),
    onLine: line => {
      const message = readMessage(line);
      if (!message) return undefined;
      messages.push(message);
      const go = onMessage?.(message) !== false;
      return message.kind === 'finished' && message.waits ? (go ? 'go' : 'stop') : undefined;
    },
  });
  const missing = messages.find(({kind}) => kind === 'no-alembic');
  if (missing?.kind === 'no-alembic') return noAlembic(python, missing.message);
  if (!ran.ok && ran.failure.reason === 'unsupported')
    return {ok: false, failure: {...ran.failure, setting: 'alembic.python'}};
  if (!ran.ok && ran.failure.reason !== 'cancelled') return ran;
  const ending = messages.findLast(isEnding);
  return ok({
    messages,
    python,
    stderr: ran.ok ? ran.value.stderr : '',
    ...(ending === undefined ? {} : {ending}),
  });
}

/** As `listenToAlembic`, for what is a failure unless it is done to its end. */
export async function askAlembic(
  environment: Environment,
  question: Question,
  asking: Asking,
): Promise<Outcome<readonly Message[]>> {
  return doneBy(environment, await listenToAlembic(environment, question, asking));
}

/** @returns what was told until it was done; a failure where it was not */
export function doneBy(environment: Environment, told: Outcome<Told>): Outcome<readonly Message[]> {
  if (!told.ok) return told;
  return told.value.ending?.kind === 'done'
    ? ok(told.value.messages)
    : failureBefore(environment, told.value);
}

function isEnding(message: Message): message is Ending {
  return ['done', 'elsewhere', 'moved', 'stopped', 'failed'].includes(message.kind);
}

function requestOf(environment: Environment, {probe, ...question}: Question): string {
  const {ini, toml, section, scripts, versions, location} = environment;
  const own = location.scriptLocation !== undefined && (ini !== undefined || toml !== undefined);
  const options = own
    ? {}
    : {script_location: scripts, ...(ini === undefined ? {} : {version_locations: versions.join(' ')})};
  return JSON.stringify({
    heads: [],
    steps: [],
    limits: {},
    up: '',
    down: '',
    message: '',
    direction: 'up',
    destination: 'heads',
    ...question,
    ini: ini ?? null,
    toml: toml ?? null,
    section,
    scripts,
    options,
    offline: question.action === 'offline',
    probe: probe === undefined ? null : [Number(probe >> 32n), Number(probe & 0xff_ff_ff_ffn)],
  });
}

/** @returns the project's own `DATABASE_URL`, empty where it has none */
export async function ownAddress({folder}: Environment): Promise<string> {
  return process.env['DATABASE_URL'] ?? (await dotenvIn(folder))['DATABASE_URL'] ?? '';
}

/** The scheme of `DATABASE_URL` names the driver, so it stays as the project writes it. */
async function variablesFor(
  environment: Environment,
  variables: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const given = variables['DATABASE_URL'];
  if (given === undefined || given.startsWith('sqlite')) return variables;
  const scheme = /^postgres(?:ql)?\+\w+(?=:)/.exec(await ownAddress(environment))?.[0] ?? 'postgresql';
  const rest = given.replace(/^[\w+]+/, '');
  const url = scheme + (scheme.endsWith('+asyncpg') ? rest.replace(/\?.*$/, '') : rest);
  return {...variables, DATABASE_URL: url};
}

function noAlembic(python: string, message: string): Outcome<never> {
  forgetPython();
  return fail('unsupported', `${python} cannot import Alembic: ${message}.`, {
    advice:
      'Install Alembic in the environment of the project, or name its interpreter in the setting howdah.alembic.python.',
    setting: 'alembic.python',
  });
}
