import {ok, type Outcome} from '../../core/outcome.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import type {Portable} from '../../core/reshape/portable.ts';
import {sketchesOf} from '../../core/reshape/sketch.ts';
import {withVersion} from '../../core/reshape/versions.ts';
import type {Chain, DraftedFile, LinkRequest, Project, ProjectOptions} from '../framework.ts';
import {textFor} from '../node-pg-migrate/new-text.ts';

/** Files that are not written yet, and what the tool would send for them. */
export interface DraftedHistory {
  readonly files: readonly DraftedFile[];
  readonly ups: readonly MigrationScript[];
}

/** A migration, and the version that it is to have where that is known. */
export interface Wanted extends Portable {
  readonly version?: string;
}

/**
 * Drafts migrations in the form of another tool, under their versions and with its mark where they run outside of a
 * transaction. Failures: those of `Project.draft` and `Project.script`
 */
export async function draftPortables(
  project: Project,
  wanted: readonly Wanted[],
  options: ProjectOptions,
  now: Date,
): Promise<Outcome<DraftedHistory>> {
  const requests = wanted.map(({title, up, down, outside, version}, index) => ({
    title,
    up,
    down,
    outside,
    ...(version === undefined ? {} : {id: version}),
    now: new Date(now.getTime() + index * 1000),
  }));
  if (project.chain) return draftChain(project.chain, requests, options);
  const drafted = await project.draft(requests);
  if (!drafted.ok) return drafted;
  const files: DraftedFile[] = [];
  const ups: MigrationScript[] = [];
  let at = -1;
  const last = {path: ''};
  for (const file of drafted.value) {
    const [sketch] = sketchesOf([file]);
    const begins = sketch !== undefined && !isDownOf(last.path, file.path);
    if (begins) at += 1;
    const migration = sketch || isDownOf(last.path, file.path) ? wanted[at] : undefined;
    last.path = file.path;
    files.push(...(migration ? marked(project, renamed(file, migration), migration) : [file]));
  }
  for (const [index, {migration, texts}] of sketchesOf(files).entries()) {
    const source = wanted[index];
    // A program is run by the tool itself, which reads it from the disk: what it sends is what is written in it.
    const script = /\.[cm]?[jt]s$/.test(migration.up ?? '')
      ? ok(written(migration, source))
      : await project.script(migration, 'up', options, texts.up);
    if (!script.ok) return script;
    ups.push(script.value);
  }
  return ok({files, ups});
}

async function draftChain(
  chain: Chain,
  requests: readonly LinkRequest[],
  options: ProjectOptions,
): Promise<Outcome<DraftedHistory>> {
  const files = await chain.draft(requests);
  if (!files.ok) return files;
  const ups = await chain.scripts(files.value, options);
  return ups.ok ? ok({files: files.value, ups: ups.value}) : ups;
}

function isDownOf(up: string, path: string): boolean {
  return up !== path && up.replace(/\.up(\.\w+)$/, '.down$1') === path;
}

function renamed(file: DraftedFile, {version}: Wanted): DraftedFile {
  return version === undefined ? file : {...file, path: withVersion(file.path, version)};
}

/** Source: each tool's documentation of migrations without a transaction. */
function marked({framework}: Project, file: DraftedFile, migration: Wanted): readonly DraftedFile[] {
  if (!migration.outside) return [file];
  const {path, text} = file;
  switch (framework) {
    case 'dbmate':
      return [
        {
          path,
          text: text.replaceAll(
            /^(-- migrate:(?:up|down))(?: transaction:false)?$/gm,
            '$1 transaction:false',
          ),
        },
      ];
    case 'goose':
      return [{path, text: text.startsWith(noTransaction) ? text : `${noTransaction}\n${text}`}];
    case 'flyway':
      return [file, {path: `${path}.conf`, text: 'executeInTransaction=false\n'}];
    case 'node-pg-migrate':
      return [
        {path: path.replace(/\.sql$/, '.cjs'), text: textFor('cjs', migration.up, migration.down, true)},
      ];
    default:
      // One query without a transaction around it: what may not run in one has to be alone in its file.
      return [file];
  }
}

const noTransaction = '-- +goose NO TRANSACTION';

function written(migration: MigrationScript['migration'], source: Wanted | undefined): MigrationScript {
  const sql = source?.up ?? '';
  const how = source?.outside === true ? 'bare' : 'transaction';
  return {migration, direction: 'up', sql, pieces: [{start: 0, end: sql.length, how}]};
}
