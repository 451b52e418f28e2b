import type {Edit} from '../finding.ts';
import type {LintFile} from '../file.ts';
import type {Step} from '../remedy.ts';
import {extentOf} from './extent.ts';

/** What changes beside the file itself. */
export interface Beside {
  /** In the file, where both directions are in it. */
  readonly edits: readonly Edit[];
  readonly elsewhere: readonly {readonly path: string; readonly edits: readonly Edit[]}[];
}

const nothing: Beside = {edits: [], elsewhere: []};

/**
 * What moves into a migration of its own is undone there: the other direction of this one would undo it once more, and
 * fail.
 */
export function undoneElsewhere({path, counterpart}: LintFile, moved: readonly Step[]): Beside {
  const {text, placed = []} = counterpart ?? {};
  if (!counterpart || text === undefined) return nothing;
  const undos = new Set(moved.flatMap(({undo}) => (undo === '' ? [] : [essence(undo)])));
  const twice = placed.filter(({statement}) => undos.has(essence(statement.sql)));
  if (twice.length === 0) return nothing;
  const edits = twice.map(each => ({...extentOf(text, each), text: ''}));
  return path === counterpart.path
    ? {edits, elsewhere: []}
    : {edits: [], elsewhere: [{path: counterpart.path, edits}]};
}

/** Two statements of the same essence undo the same. */
function essence(sql: string): string {
  return sql
    .replaceAll(/\b(?:public\.|CONCURRENTLY\b|IF\s+EXISTS\b|CASCADE\b|RESTRICT\b|ONLY\b)/gi, ' ')
    .replaceAll(/["\s;]+/g, ' ')
    .trim()
    .toLowerCase();
}
