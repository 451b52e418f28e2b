import * as z from 'zod';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Stage} from '../../core/rehearse/stage.ts';
import type {Session, Signal} from '../../core/session.ts';
import {createScratchDatabase, dropDatabase} from './scratch/databases.ts';
import {namePattern, newName, readMark} from './scratch/mark.ts';
import {stageOn} from './scratch/stage-on.ts';
import {findSql} from './scratch/sql.ts';

export interface ScratchDatabase {
  readonly name: string;
  readonly owner: string;
  /** Who made it, where and when: for people. */
  readonly words: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** Absent where this user may not connect to it. */
  readonly bytes?: number;
  /** Somebody is connected: it may be that somebody's rehearsal is under way. */
  readonly inUse: boolean;
}

export interface ScratchOptions {
  readonly signal?: Signal;
  /** To which one connects to create the other; its encoding and locale are taken. `postgres` unless told. */
  readonly database?: string;
}

/**
 * Makes a database of its own on the user's server, and drops it when the stage is released, whatever happened before.
 * Its states are databases too, copied with TEMPLATE. Roles are never made there: all databases share them.
 * @param open opens a session on a database of that server
 * Failures: those of `open`, and `sql` with advice where no database can be created
 */
export async function openScratchStage(
  open: (database: string) => Promise<Outcome<Session>>,
  {signal, database = 'postgres'}: ScratchOptions = {},
): Promise<Outcome<Stage>> {
  const keeper = await open(database);
  if (!keeper.ok) return keeper;
  const now = new Date();
  const name = newName(now);
  const created = await createScratchDatabase(keeper.value, name, now);
  if (created.ok && signal?.aborted !== true) return ok(stageOn({keeper: keeper.value, open, name}));
  await dropDatabase(keeper.value, name);
  await keeper.value.close();
  return created.ok ? fail('cancelled', 'Cancelled; the scratch database was dropped.') : created;
}

const Found = z.array(
  z.object({
    name: z.string(),
    comment: z.string().nullable(),
    owner: z.string(),
    bytes: z.string().nullable(),
    in_use: z.boolean(),
  }),
);

/** @returns the scratch databases on the session's server, by their names and their comments */
export async function findScratchDatabases(session: Session): Promise<Outcome<readonly ScratchDatabase[]>> {
  const found = await session.query(findSql, [namePattern]);
  if (!found.ok) return found;
  return ok(Found.parse(found.value.rows).flatMap(row => describe(row) ?? []));
}

/** Failures: `invalid-input` for a database that is no scratch database, and those of DROP DATABASE. */
export async function dropScratchDatabase(session: Session, name: string): Promise<Outcome<void>> {
  const found = await findScratchDatabases(session);
  if (!found.ok) return found;
  if (!found.value.some(each => each.name === name))
    return fail('invalid-input', `${name} is no scratch database of Howdah.`);
  return dropDatabase(session, name);
}

function describe({
  name,
  comment,
  owner,
  bytes,
  in_use: inUse,
}: z.infer<typeof Found>[number]): ScratchDatabase | undefined {
  const mark = readMark(comment);
  if (!mark) return undefined;
  const size = bytes === null ? '' : `, ${(Number(bytes) / 1_048_576).toFixed(0)} MB`;
  const used = inUse ? ', in use' : '';
  return {
    name,
    owner,
    since: mark.since,
    inUse,
    words: `made ${ageOf(mark.since)} by ${mark.by} on ${mark.host} (process ${mark.pid})${size}${used}`,
    ...(bytes === null ? {} : {bytes: Number(bytes)}),
  };
}

function ageOf(since: string): string {
  const minutes = Math.max(0, Math.round((Date.now() - Date.parse(since)) / 60_000));
  if (minutes < 120) return `${minutes} min ago`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} h ago` : `${Math.round(minutes / 1440)} days ago`;
}
