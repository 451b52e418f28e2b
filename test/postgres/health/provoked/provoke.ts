import {setTimeout as pause} from 'node:timers/promises';
import {Client} from 'pg';
import {expect} from 'vitest';
import {assess, type AssessOptions} from '../../../../src/core/health/assess.ts';
import type {PartName, Reading} from '../../../../src/core/health/parts.ts';
import {readHealth} from '../../../../src/postgres/health/read-health.ts';
import {openFor, value} from '../../../rig/sessions.ts';
import {foundBy} from '../slow/roles.ts';

type Rows = readonly Record<string, unknown>[];

/** Runs each text on one connection of its own. @returns the rows of the last one */
export async function sqlAt(url: string, ...texts: readonly string[]): Promise<Rows> {
  const client = new Client({connectionString: url});
  await client.connect();
  try {
    let rows: Rows = [];
    for (const text of texts) ({rows} = await client.query<Record<string, unknown>>(text));
    return rows;
  } finally {
    await client.end();
  }
}

/** Waits until a condition is so; the test's own time limit ends it. */
export async function until(url: string, condition: string): Promise<void> {
  while ((await sqlAt(url, `SELECT (SELECT ${condition}) AS done`))[0]?.['done'] !== true) await pause(50);
}

/** Reads parts of a server's health. */
export async function readAt(
  server: {readonly port: number; readonly name?: string},
  parts: readonly PartName[],
  user = 'postgres',
): Promise<Reading> {
  const session = await openFor(server, {user});
  try {
    return value(await readHealth(session, parts)).reading;
  } finally {
    await session.close();
  }
}

interface ToldOptions extends AssessOptions {
  /** ms that pass until somebody looks: counters cannot be made to begin earlier. */
  readonly later?: number;
}

/** @returns what a check says of a reading, as `severity: what` */
export async function told(
  check: string,
  reading: Reading,
  {later = 0, ...options}: ToldOptions = {},
): Promise<readonly string[]> {
  const {server} = reading;
  if (server?.kind !== 'seen') expect.fail('the server was not read');
  const now = server.value.now + later;
  const then = {...reading, server: {...server, value: {...server.value, now}}};
  const assessment = await assess(then, options);
  // Silence is an answer only of a check that could look.
  expect(assessment.checks.find(({id}) => id === check)?.outcome).toMatchObject({kind: 'looked'});
  return foundBy(assessment, check);
}

/** Runs a program of the server's machine, as its user and in its data directory. */
export async function shellAt(url: string, command: string): Promise<void> {
  await sqlAt(url, `COPY (SELECT '') TO PROGRAM $$cat > /dev/null; ${command}$$`);
}

/** @returns where a relation’s file is, in the data directory */
export async function fileOf(url: string, relation: string): Promise<string> {
  const [row] = await sqlAt(url, `SELECT pg_relation_filepath('${relation}') AS file`);
  return String(row?.['file']);
}
