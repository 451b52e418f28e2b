import {environments, type Connection, type Environment} from '../core/connections/connection.ts';
import {fail, ok, type Outcome} from '../core/outcome.ts';
import type {Flags} from './flags.ts';
import type {Terminal} from './terminal.ts';

/** What has still to be asked before a write. */
export type Asking = 'nothing' | 'yes-or-no' | 'name';

/**
 * @param interactive whether someone is there to answer
 * @returns what to ask; failures: `invalid-input` when the options do not confirm it and nobody is there to ask
 */
export function whatToAsk(
  flags: Pick<Flags, 'yes' | 'confirm'>,
  connection: Pick<Connection, 'name' | 'environment'>,
  interactive: boolean,
): Outcome<Asking> {
  const production = connection.environment === 'production';
  if (flags.confirm !== undefined && flags.confirm !== connection.name)
    return fail(
      'invalid-input',
      `--confirm names "${flags.confirm}", but the connection is "${connection.name}".`,
      {
        advice: 'Nothing was changed. Check that this is the database you mean.',
      },
    );
  const named = flags.confirm !== undefined;
  if (interactive) return ok(production ? (named ? 'nothing' : 'name') : flags.yes ? 'nothing' : 'yes-or-no');
  if (flags.yes && (named || !production)) return ok('nothing');
  return nobody(
    production
      ? `Add --yes --confirm ${quoted(connection.name)} to change production.`
      : 'Add --yes to run without asking.',
  );
}

interface Asked {
  readonly flags: Flags;
  readonly terminal: Terminal;
}

/**
 * For what takes long before it asks.
 * @param connection that is written to; absent where only files are
 * @returns failures: `invalid-input` where nothing will confirm it in the end
 */
export function canConfirm(
  connection: Pick<Connection, 'name' | 'environment'> | undefined,
  {flags, terminal}: Asked,
): Outcome<unknown> {
  if (connection) return whatToAsk(flags, connection, terminal.interactive);
  return flags.yes || terminal.interactive ? ok(undefined) : nobody('Add --yes to write without asking.');
}

/**
 * As {@link confirm}, also where no database is changed but files are written.
 * @param connection as of {@link canConfirm}
 */
export async function confirmChange(
  question: string,
  connection: Pick<Connection, 'name' | 'environment'> | undefined,
  asked: Asked,
): Promise<Outcome<void>> {
  if (connection) return confirm(question, connection, asked);
  const possible = canConfirm(connection, asked);
  if (!possible.ok) return possible;
  return agreed(asked.flags.yes || isYes(await asked.terminal.ask(`${question}? [y/N] `)));
}

/**
 * Asks what is still to be asked, before anything is written.
 * @param question such as `Apply 3 migrations`, without a question mark
 * @returns failures: `invalid-input` where nobody can answer, `cancelled` when the answer was no
 */
export async function confirm(
  question: string,
  connection: Pick<Connection, 'name' | 'environment'>,
  {flags, terminal}: Asked,
): Promise<Outcome<void>> {
  const asking = whatToAsk(flags, connection, terminal.interactive);
  if (!asking.ok) return asking;
  if (asking.value === 'nothing') return ok(undefined);
  const {name} = connection;
  const paint = terminal.notePaint;
  const answer =
    asking.value === 'name'
      ? await terminal.ask(`${question} on ${paint('red', `PRODUCTION ${name}`)}? Type its name to go on: `)
      : await terminal.ask(`${question} on ${paint('bold', name)}? [y/N] `);
  return agreed(asking.value === 'name' ? answer === name : isYes(answer));
}

/** @returns what one confirmation for several databases has to fit */
export function strictestOf(connections: readonly Pick<Connection, 'environment'>[]): Environment {
  return (
    environments.findLast(kind => connections.some(({environment}) => environment === kind)) ?? 'production'
  );
}

function isYes(answer: string | undefined): boolean {
  return /^y(es)?$/iu.test(answer?.trim() ?? '');
}

function agreed(yes: boolean): Outcome<void> {
  return yes ? ok(undefined) : fail('cancelled', 'Not confirmed: nothing was changed.');
}

function nobody(advice: string): Outcome<never> {
  return fail('invalid-input', 'Nobody is there to confirm this.', {
    advice: `Nothing was changed. ${advice}`,
  });
}

function quoted(name: string): string {
  return /^[\w./:@-]+$/u.test(name) ? name : `'${name.replaceAll("'", String.raw`'\''`)}'`;
}
