import {ok, type Outcome} from '../../core/outcome.ts';
import type {Bench} from '../../core/reshape/bench.ts';
import type {Tried} from '../../core/reshape/tried.ts';
import {versionsFor} from '../../core/reshape/versions.ts';
import type {DraftedFile, Project, ProjectOptions} from '../framework.ts';
import {draftPortables} from './draft-portables.ts';
import {readPortables} from './read-portables.ts';

export interface ConvertRequest {
  readonly from: Project;
  /** In a folder without files. */
  readonly to: Project;
  readonly options: ProjectOptions;
  readonly now: Date;
}

/** Files in another tool's form that are proven but not written. */
export interface Converted {
  readonly files: readonly DraftedFile[];
  readonly migrations: number;
  /** Labels of those that lose what undoes them, because the other tool has no place for it. */
  readonly withoutDown: readonly string[];
  /** Labels of those that run outside of a transaction. */
  readonly outside: readonly string[];
  readonly keptVersions: boolean;
  /** In what the schema and the rows differ after both histories, a sentence each; none when they are proven equal. */
  readonly differences: readonly string[];
}

/** Writes a history in another tool's form and replays both on a bench. Nothing is written to the disk. */
export async function prepareConvert(
  bench: Bench,
  {from, to, options, now}: ConvertRequest,
): Promise<Outcome<Tried<Converted>>> {
  const read = await readPortables(from, options);
  if (!read.ok) return read;
  const {migrations, ups} = read.value;
  const labels = migrations.map(({migration}) => migration.label);
  const versions = versionsFor(labels, to.framework);
  const wanted = migrations.map((migration, index) => {
    const version = versions?.[index];
    const down = from.can.rollBack ? migration.down : noWayBack;
    return {...migration, down, ...(version === undefined ? {} : {version})};
  });
  const drafted = await draftPortables(to, wanted, options, now);
  if (!drafted.ok) return drafted;
  const sides = {
    expected: {project: from.id, scripts: ups},
    made: {project: `${to.id} converted`, scripts: drafted.value.ups},
  };
  const equal = await bench.equalAfter(sides);
  if (!equal.ok) return equal;
  if (equal.value.kind === 'stopped') return ok(equal.value);
  const {files} = drafted.value;
  const keepsDown = to.can.rollBack;
  const value = {
    files,
    migrations: migrations.length,
    withoutDown: migrations.flatMap(({down, migration}) =>
      down !== '' && !keepsDown ? migration.label : [],
    ),
    outside: migrations.flatMap(({outside, migration}) => (outside ? migration.label : [])),
    keptVersions: versions !== undefined,
    differences: equal.value.value,
  };
  return ok({kind: 'done', value});
}

/** An empty way back would be taken without a word. */
const noWayBack = `DO $$ BEGIN RAISE EXCEPTION 'There is no way back: the tool that this was written for has none.'; END $$;
`;
