import {rm} from 'node:fs/promises';
import type {Answer, BackendStart} from '../backend.ts';
import type {ServerOrder} from '../messages.ts';
import type {Turns} from '../turns.ts';
import {openKeptStates, type KeptStates} from './kept-states.ts';
import {readPlace, type LogRange} from './log-files.ts';
import {logRangeSql} from './sql/log-range.ts';

/** What came of an order: why it was not obeyed, in words, and the names of the states where others were given up. */
export interface Obeyed {
  readonly failure?: string;
  readonly names?: string[];
}

/**
 * Opens the states that were kept beside the data directory, which is led to the one that it was at last. What cannot
 * be read is done away with: then there is the empty state alone. Throws what the file system throws.
 * @param prepare makes the data directory where it is not there
 */
export async function openStates(
  folder: string,
  {directory, isNew}: {readonly directory: string; readonly isNew: boolean},
  prepare: () => Promise<unknown>,
): Promise<KeptStates> {
  try {
    return openKeptStates(folder, {directory, isNew});
  } catch (error) {
    if (isNew) throw error;
    await rm(directory, {recursive: true, force: true});
    await prepare();
    return openKeptStates(folder, {directory, isNew: true});
  }
}

/** Does what is ordered with the one backend. */
export async function obey(
  {kind, name}: ServerOrder,
  {
    states,
    turns,
    start,
  }: {readonly states: KeptStates; readonly turns: Turns; readonly start: () => Promise<BackendStart>},
): Promise<Obeyed> {
  if (kind === 'checkpoint') return keep(name, states, turns);
  if (!states.names().includes(name)) return {failure: `The state ${name} is not kept.`};
  const started = await turns.replace(() => {
    states.goBack(name);
    return start();
  });
  return started.kind === 'failed' ? {failure: started.message} : {};
}

function keep(name: string, states: KeptStates, turns: Turns): Promise<Obeyed> {
  return turns.between(async ask => {
    const written = await ask('CHECKPOINT');
    const range = readRange(await ask(logRangeSql));
    if (written.kind !== 'rows' || !range)
      return {failure: 'The state cannot be kept: the backend has ended.'};
    return states.keep(name, range) ? {names: states.names()} : {};
  });
}

function readRange(answer: Answer): LogRange | undefined {
  if (answer.kind !== 'rows') return undefined;
  const [from, to, segment] = answer.rows[0] ?? [];
  return {from: readPlace(from ?? ''), to: readPlace(to ?? ''), segment: Number(segment)};
}
