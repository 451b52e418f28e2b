import {programEnvironment, type ProgramSecrets} from '../core/connections/program-environment.ts';
import {fail, ok, type Outcome} from '../core/outcome.ts';
import type {Session} from '../core/session.ts';
import type {OpenEnvironment, OpenSession} from '../frameworks/framework.ts';
import {openSession} from '../postgres/connect.ts';
import type {Invocation} from './runner.ts';
import type {Target} from './candidates.ts';

const attempts = 3;

/** What a command connects with. */
export interface Door {
  /** Connects; asks for the password when the server wants one and someone is there. */
  readonly open: OpenSession;
  /** For programs, with the password as it is known by then. */
  readonly environment: OpenEnvironment;
}

/**
 * @param readOnly the server refuses writes in the session, whatever the connection says
 * @returns a door that remembers the password that was typed, for as long as the command lasts
 */
export function doorTo(
  target: Target,
  {readOnly}: {readonly readOnly: boolean},
  invocation: Invocation,
): Door {
  let password = target.password;
  const {connection, sslPassword} = target;
  const secrets = (): ProgramSecrets => ({
    ...(password === undefined ? {} : {password}),
    ...(sslPassword === undefined ? {} : {sslPassword}),
  });
  const guard = {readOnly: readOnly || connection.readOnly};
  const attempt = (): Promise<Outcome<Session>> =>
    openSession(connection.settings, {
      ...secrets(),
      ...guard,
      applicationName: 'howdah',
      signal: invocation.signal,
      home: invocation.home,
    });
  const {terminal} = invocation;
  return {
    environment: async () => ok(programEnvironment(connection.settings, secrets(), guard)),
    open: async () => {
      let outcome = await attempt();
      for (let asked = 0; wantsPassword(outcome) && asked < attempts; asked += 1) {
        if (!terminal.interactive) return withoutPrompt(outcome);
        const question = `Password of ${connection.settings.user} for ${connection.name}: `;
        const typed = await terminal.ask(question, {hidden: true});
        if (typed === undefined) return fail('cancelled', 'No password was given: nothing was done.');
        terminal.redactor.learn(typed);
        password = typed;
        outcome = await attempt();
      }
      return outcome;
    },
  };
}

function wantsPassword(outcome: Outcome<Session>): boolean {
  return !outcome.ok && outcome.failure.reason === 'authentication';
}

function withoutPrompt(outcome: Outcome<Session>): Outcome<Session> {
  if (outcome.ok) return outcome;
  const advice =
    'Give the password in PGPASSWORD, in ~/.pgpass, or in an environment variable that holds the URL.';
  const more = outcome.failure.advice === undefined ? advice : `${outcome.failure.advice} ${advice}`;
  return {ok: false, failure: {...outcome.failure, advice: more}};
}
