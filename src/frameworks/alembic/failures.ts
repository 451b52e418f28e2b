import {relative} from 'node:path';
import {redact} from '../../core/connections/url.ts';
import {fail, type Failure, type Outcome, type ServerError} from '../../core/outcome.ts';
import type {Environment} from './environment.ts';
import type {Told} from './ask.ts';
import type {Failed} from './messages.ts';

/** @returns why nothing has run */
export function failureBefore(environment: Environment, {ending, python, stderr}: Told): Outcome<never> {
  switch (ending?.kind) {
    case undefined:
      return endedSilently(stderr);
    case 'elsewhere':
      return elsewhere(environment, ending.place);
    case 'moved':
      return fail('invalid-input', `${ending.message}. Nothing has run.`, {
        advice:
          'Look at the new plan and confirm it again. Where env.py sets version_table or version_table_schema, name that table in the settings.',
      });
    case 'stopped':
      return fail('cancelled', 'Cancelled before the first migration began. Nothing has run.');
    case 'failed':
      return failedBefore(environment, ending, python);
    case 'done':
      return fail('invalid-input', 'env.py did not call context.run_migrations(), so nothing has run.');
    default:
      return ending satisfies never;
  }
}

/** @returns what the runner reported, as the rest of Howdah knows failures */
export function failureOf(failed: Failed): Failure {
  const server = failed.server === null ? undefined : serverError(failed.server);
  const {sqlState} = server ?? {};
  if (failed.lost || sqlState?.startsWith('57P') === true)
    return lost(server?.message ?? failed.message, server);
  if (!server)
    return {
      reason: failed.connecting ? 'unreachable' : 'invalid-input',
      message: failed.refused ? failed.message : `${failed.type}: ${failed.message}`,
    };
  const reason = sqlState === '25006' ? 'read-only' : sqlState === '55P03' ? 'locked' : 'sql';
  return {
    reason,
    message: server.message,
    server,
    ...(server.hint === undefined ? {} : {advice: server.hint}),
  };
}

function lost(message: string, server: ServerError | undefined): Failure {
  const advice = 'What was under way may or may not have been done: connect again and look.';
  return {
    reason: 'connection-lost',
    message: `Alembic lost its connection: ${message.replace(/\.?\s*$/, '')}.`,
    advice,
    ...(server === undefined ? {} : {server}),
  };
}

function serverError(told: Readonly<Record<string, string>>): ServerError {
  const {position, internalPosition, severity = 'ERROR', message = '', sqlState = '', ...rest} = told;
  const number = (name: string, text: string | undefined): object =>
    text !== undefined && /^\d+$/.test(text) ? {[name]: Number(text)} : {};
  return {
    ...rest,
    severity,
    message,
    sqlState,
    ...number('position', position),
    ...number('internalPosition', internalPosition),
  };
}

function failedBefore({folder}: Environment, failed: Failed, python: string): Outcome<never> {
  const failure = failureOf(failed);
  if (failed.connecting)
    return {
      ok: false,
      failure: {
        ...failure,
        message: `env.py could not connect: ${failure.message} Nothing has run.`,
        advice:
          'Let env.py take its address from sqlalchemy.url, DATABASE_URL or libpq’s variables (PGHOST, …): Howdah sets all of them.',
      },
    };
  if (failed.refused && failed.message.includes('is not up to date'))
    return fail('invalid-input', `${failure.message.replace(/\.?$/, '.')} Nothing was written.`, {
      advice:
        'Alembic compares the models with a database that is at the heads: apply what is pending there first.',
    });
  const where = failed.path === null ? '' : `${relative(folder, failed.path)}:${failed.line ?? '?'}: `;
  return {
    ok: false,
    failure: {
      ...failure,
      ...(failed.type === 'ModuleNotFoundError' ? wrongPython(python) : {}),
      message: `${where}${failure.message.replace(/\.?$/, '.')} Nothing has run.`,
    },
  };
}

/** A module is missing most of all where another interpreter than the project’s looks for it. */
function wrongPython(python: string): Pick<Failure, 'advice' | 'setting'> {
  return {
    advice: `${python} was started. Where that is not the project’s own, name the right one in the setting howdah.alembic.python; otherwise install the module there, or add its folder to prepend_sys_path.`,
    setting: 'alembic.python',
  };
}

function elsewhere({ini}: Environment, place: string): Outcome<never> {
  const file = ini === undefined ? 'env.py' : 'env.py or the file that it reads';
  return fail(
    'invalid-input',
    `env.py connects to another database than the target: ${place}. Nothing has run.`,
    {
      advice: `Let ${file} take the address from sqlalchemy.url, DATABASE_URL or libpq’s variables (PGHOST, …): Howdah sets all of them for the target.`,
    },
  );
}

function endedSilently(stderr: string): Outcome<never> {
  const last = redact(stderr.trim().split('\n').at(-1) ?? '');
  return fail('unsupported', `Alembic’s process ended without a word${last === '' ? '' : `: ${last}`}.`, {
    advice: 'Run alembic in a terminal to see why.',
  });
}
