import {workspace} from 'vscode';
import {blameFor} from '../../core/schema/blame.ts';
import type {Comparison} from '../../core/schema/comparison.ts';
import {declarationsIn} from '../../core/schema/declarations.ts';
import type {Origin} from '../../core/schema/report.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {readEdits} from '../../frameworks/git-edits.ts';
import type {HistoryScripts} from './history-scripts.ts';
import type {SchemaSubject} from './schema-subject.ts';

/** Finds out where each difference comes from, and the line that declares it. */
export async function originsOf(
  parser: Parser,
  {choice, project}: SchemaSubject,
  {differences}: Comparison,
  {scripts, pending}: HistoryScripts,
): Promise<readonly (Origin | undefined)[]> {
  if (choice.kind === 'connection' || differences.length === 0) return [];
  const known = new Set(scripts.map(({migration}) => migration.id));
  const all = [...scripts, ...pending.filter(({migration}) => !known.has(migration.id))];
  const declarations = await declarationsIn(parser, all, {pause});
  const edits = choice.kind === 'history' && project ? await editsIn(project.folder) : new Set<string>();
  const facts = {
    declarations,
    pending: idsOf(pending),
    edited: idsOf(scripts.filter(({path}) => path !== undefined && edits.has(path))),
  };
  const origins: Origin[] = [];
  for (const [index, difference] of differences.entries()) {
    if (index % 500 === 499) await pause();
    const at = declarations.placeOf(difference);
    // A schema file says how things should be, not what has run.
    const blame = choice.kind === 'history' ? blameFor(difference, facts) : ({kind: 'unknown'} as const);
    origins.push({blame, ...(at ? {at} : {})});
  }
  return origins;
}

/** Git is run only where the user trusts the folder. */
async function editsIn(folder: string): Promise<ReadonlySet<string>> {
  return workspace.isTrusted ? readEdits(folder) : new Set();
}

function idsOf(scripts: readonly MigrationScript[]): ReadonlySet<string> {
  return new Set(scripts.map(({migration}) => migration.id));
}

/** Parsing holds up the extension host, so it goes file by file. */
export function pause(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
