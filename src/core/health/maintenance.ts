import {quoteWhereNeeded} from '../sql/quote.ts';
import {enumerated} from '../words.ts';
import type {Action, ObjectName} from './finding.ts';
import type {ProgressRow} from './parts/progress.ts';
import {shortName} from './words.ts';

export type MaintenanceRequest = Omit<Extract<Action, {kind: 'maintain'}>, 'kind'>;

/** @returns the one statement, without a semicolon */
export function maintenanceSql({command, object}: MaintenanceRequest): string {
  const name = object ? ` ${quoteWhereNeeded(object.schema)}.${quoteWhereNeeded(object.name)}` : '';
  switch (command) {
    case 'vacuum':
      return `VACUUM (ANALYZE)${name}`;
    case 'vacuum-freeze':
      return `VACUUM (FREEZE)${name}`;
    case 'analyze':
      return `ANALYZE${name}`;
    case 'reindex':
      return `REINDEX INDEX CONCURRENTLY${name}`;
    case 'reindex-table':
      return `REINDEX TABLE CONCURRENTLY${name}`;
    case 'checkpoint':
      return 'CHECKPOINT';
    default:
      return command satisfies never;
  }
}

export interface MaintenanceProgress {
  /** In words: “scanning heap”. */
  readonly phase: string;
  /** 0 to 1; absent where the server does not tell. */
  readonly share?: number;
}

/** @returns how far a command is; without a row it has not begun, or does what no view tells of */
export function phaseWords(row: ProgressRow | undefined): MaintenanceProgress {
  if (!row) return {phase: 'running'};
  const {phase, done, total} = row;
  if (done === undefined || total === undefined || total === 0) return {phase};
  return {phase, share: Math.min(1, done / total)};
}

/**
 * Each command of a row begins its own count anew, phase by phase, so that of all of them counts what is done.
 * @param done commands that came to their end
 * @returns how far commands are that run one after the other; the one command's own progress where it is alone
 */
export function progressOfSeveral(
  requests: readonly MaintenanceRequest[],
  done: number,
  own: MaintenanceProgress,
): MaintenanceProgress {
  const total = requests.length;
  if (total < 2) return own;
  const name = requests[done]?.object;
  const what = name === undefined ? '' : `, ${shortName(name)}`;
  return {phase: `${done + 1} of ${total}${what}: ${own.phase}`, share: done / total};
}

/** Names that are told of a long row of commands. */
const mostNames = 20;

/** @returns which indexes of several were rebuilt before something stopped it, and which were not, a sentence each */
export function rebuiltWords(indexes: readonly ObjectName[], done: number): readonly string[] {
  const [stopped, ...left] = indexes.slice(done);
  return [
    ...sentence('Rebuilt', indexes.slice(0, done)),
    ...sentence('Not rebuilt', stopped ? [stopped] : []),
    ...sentence('Not begun', left),
  ];
}

function sentence(what: string, objects: readonly ObjectName[]): readonly string[] {
  return objects.length === 0 ? [] : [`${what}: ${namesOf(objects)}.`];
}

/** @returns `a, b and c`; of many, the first and how many more there are */
function namesOf(objects: readonly ObjectName[]): string {
  const names = objects.slice(0, mostNames).map(shortName);
  const more = objects.length - names.length;
  return enumerated(more > 0 ? [...names, `${more} more`] : names);
}
