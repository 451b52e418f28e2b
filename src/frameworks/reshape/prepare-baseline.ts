import {ok, type Outcome} from '../../core/outcome.ts';
import {
  baselineDifferences,
  baselineTitles,
  rolesIn,
  writeBaseline,
  type Baseline,
} from '../../core/reshape/baseline.ts';
import type {Bench, Trial} from '../../core/reshape/bench.ts';
import type {Tried} from '../../core/reshape/tried.ts';
import type {Difference} from '../../core/schema/comparison.ts';
import type {SchemaSnapshot} from '../../core/schema/objects.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {DraftedFile, Project, ProjectOptions} from '../framework.ts';
import {draftScripts} from './draft-scripts.ts';

export interface BaselineRequest {
  readonly project: Project;
  readonly options: ProjectOptions;
  readonly live: SchemaSnapshot;
  /** Qualified names of the tables in which the tool keeps its books. */
  readonly tables: readonly string[];
  readonly title: string;
  readonly now: Date;
}

/** Files that are proven but not written. */
export interface Prepared {
  /** None when the schema is empty. */
  readonly files: readonly DraftedFile[];
  readonly baseline: Baseline;
  /** In what the schema after them is not the live one; none when they are proven to lead to it. */
  readonly differences: readonly Difference[];
}

/** Writes the files of a baseline as its tool has them, and runs them on a bench. Nothing is written to the disk. */
export async function prepareBaseline(
  bench: Bench,
  parser: Parser,
  request: BaselineRequest,
  how: {readonly pause?: () => Promise<void>} = {},
): Promise<Outcome<Tried<Prepared>>> {
  const {live, tables, project, options} = request;
  const shared = {tables, ...(how.pause ? {pause: how.pause} : {})};
  const roles = rolesIn(live).map(({name}) => name);
  const after = (scripts: Trial['scripts']): Promise<Outcome<Tried<SchemaSnapshot>>> =>
    bench.schemaAfter({project: `baseline ${project.id}`, scripts, roles});
  const empty = await after([]);
  if (!empty.ok) return empty;
  if (empty.value.kind === 'stopped') return ok(empty.value);
  const baseline = await writeBaseline(parser, {empty: empty.value.value, live}, shared);
  if (baseline.texts.length === 0) return ok({kind: 'done', value: {files: [], baseline, differences: []}});
  const files = await draftBaseline(request, baseline);
  if (!files.ok) return files;
  const scripts = await draftScripts(project, files.value, 'up', options);
  if (!scripts.ok) return scripts;
  const made = await after(scripts.value);
  if (!made.ok) return made;
  if (made.value.kind === 'stopped') return ok(made.value);
  const differences = await baselineDifferences(parser, {live, made: made.value.value}, shared);
  return ok({kind: 'done', value: {files: files.value, baseline, differences}});
}

/** Versions that are times are apart by a second, so that each has its own. */
function draftBaseline(
  {project, title, now}: BaselineRequest,
  {texts}: Baseline,
): Promise<Outcome<readonly DraftedFile[]>> {
  const titles = baselineTitles(title, texts);
  return project.draft(
    texts.map(({up, down}, index) => ({
      title: titles[index] ?? title,
      up,
      down,
      now: new Date(now.getTime() + index * 1000),
    })),
  );
}
