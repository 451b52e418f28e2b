import {InvalidArgumentError, Option, type Command} from 'commander';
import * as z from 'zod';
import {environments} from '../core/connections/connection.ts';
import {frameworkIds} from '../core/migrations/migration.ts';
import type {ProjectOptions} from '../frameworks/framework.ts';
import {parseDuration} from './durations.ts';

/** Every command has these. */
const general = [
  new Option('--json', 'print one JSON document on standard output'),
  new Option('-C, --cwd <folder>', 'the folder to look in, instead of the current one'),
  new Option('--debug', 'show more when something unexpected happens'),
];

const guarding = [
  new Option('--environment <kind>', 'what the connection is, when its name does not tell').choices(
    environments,
  ),
  new Option('--read-only', 'let the server refuse every write'),
];

const connecting = [
  new Option(
    '-c, --connection <name>',
    'a name that "howdah connections" lists, an environment variable that holds a URL, or a URL without a password',
  ),
  ...guarding,
];

const choosing = [
  new Option('-p, --path <folder>', 'the folder of migrations, when there are several'),
  new Option(
    '--framework <tool>',
    'the tool that the folder of --path belongs to, when it cannot be told or is told wrongly',
  ).choices(frameworkIds),
];

const bookkeeping = [
  new Option('--table <name>', 'the bookkeeping table (x-migrations-table)'),
  new Option(
    '--quoted-table',
    'the name of the table is quoted: "schema"."table" (x-migrations-table-quoted)',
  ),
  new Option('--multi-statement', 'send each statement by itself (x-multi-statement)'),
];

const executing = [
  new Option('--lock-timeout <duration>', 'how long a statement may wait for a lock, such as 5s').argParser(
    duration,
  ),
  new Option('--statement-timeout <duration>', 'how long a statement may take, such as 10min').argParser(
    duration,
  ),
  new Option('-y, --yes', 'run without asking; needed where nobody can answer'),
  new Option('--confirm <name>', 'the name of the production connection, as its confirmation'),
];

const running = [
  new Option('--lock-wait <duration>', 'how long to wait while another runner holds the migration lock')
    .argParser(duration)
    .default(15_000, '15s'),
  ...executing,
];

/** Of what makes a history another one. */
const reshaping = [
  new Option('--dry-run', 'prove it, show what would be written, and change nothing'),
  new Option('--sql', 'also print the texts of the new files'),
  new Option(
    '--scratch <connection>',
    'prove it in a new database on this server, which is dropped afterwards, instead of the embedded one',
  ),
];

const groups = {
  general,
  guarding,
  connecting,
  choosing,
  bookkeeping,
  executing,
  running,
  reshaping,
} as const;

/** Adds the options that several commands share. */
export function withFlags(command: Command, ...names: readonly (keyof typeof groups)[]): Command {
  for (const name of ['general', ...names] as const)
    for (const option of groups[name]) command.addOption(option);
  return command;
}

/** The shared options as commander collected them; a command that has not got one leaves it undefined. */
export const Flags = z.object({
  json: z.boolean().default(false),
  debug: z.boolean().default(false),
  cwd: z.string().optional(),
  connection: z.string().optional(),
  environment: z.enum(['development', 'staging', 'production']).optional(),
  readOnly: z.boolean().default(false),
  path: z.string().optional(),
  framework: z.enum(frameworkIds).optional(),
  table: z.string().optional(),
  quotedTable: z.boolean().default(false),
  multiStatement: z.boolean().default(false),
  lockWait: z.number().default(15_000),
  lockTimeout: z.number().default(0),
  statementTimeout: z.number().default(0),
  yes: z.boolean().default(false),
  confirm: z.string().optional(),
});
export type Flags = z.output<typeof Flags>;

/**
 * @param extra what the address of the connection carried, which the options of the command line win over
 * @returns the options under the names that the tools give them
 */
export function projectOptions(flags: Flags, extra: Readonly<Record<string, string>>): ProjectOptions {
  return {
    ...extra,
    ...(flags.table === undefined ? {} : tableOptions(flags.table)),
    ...(flags.quotedTable ? {'x-migrations-table-quoted': 'true'} : {}),
    ...(flags.multiStatement ? {'x-multi-statement': 'true'} : {}),
  };
}

/** As golang-migrate, dbmate and goose call it. */
function tableOptions(table: string): ProjectOptions {
  return {'x-migrations-table': table, 'migrations-table': table, table};
}

function duration(text: string): number {
  const parsed = parseDuration(text);
  if (parsed.ok) return parsed.value;
  throw new InvalidArgumentError(`${parsed.failure.message} ${parsed.failure.advice ?? ''}`);
}

/** @returns the number that `text` writes; throws what commander reports as wrong usage */
export function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/u.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 1.');
}
