import {l10n, Uri, workspace} from 'vscode';
import type {Direction, Migration} from '../../core/migrations/migration.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import type {MigrationFile} from '../migrations/project-store.ts';
import type {Parts} from '../parts.ts';
import {projectOptions} from '../settings.ts';

/**
 * A project's files as its tool would send them, with what open documents have and is not saved yet. For what goes on by
 * itself while somebody types, so programs, which may do anything, are left alone.
 */
export interface ProjectScripts {
  /** The ups of the migrations before a file, in order. Failures: those of `Project.script`. */
  before(file: MigrationFile): Promise<Outcome<readonly MigrationScript[]>>;
  /**
   * Failures: those of `Project.script`
   * @param text instead of what the document or the file has
   */
  script(
    file: Pick<MigrationFile, 'project' | 'migration'>,
    direction: Direction,
    text?: string,
  ): Promise<Outcome<MigrationScript>>;
}

const program = /\.(?:[cm]?[jt]s|py)$/i;

/** @returns a reader of the documents as they are now */
export function projectScripts({projects, connections}: Parts): ProjectScripts {
  const open = new Map(workspace.textDocuments.map(document => [document.uri.fsPath, document]));
  const textOf = (migration: Migration, direction: Direction): string | undefined =>
    open.get(migration[direction] ?? '')?.getText();
  const extra = connections.target()?.settings.extra ?? {};
  const script: ProjectScripts['script'] = async ({project, migration}, direction, text) =>
    program.test(migration[direction] ?? '')
      ? fail('unsupported', l10n.t('A program is executed only when somebody asks for it.'))
      : project.script(
          migration,
          direction,
          projectOptions(extra, Uri.file(project.folder)),
          text ?? textOf(migration, direction),
        );
  return {
    script,
    before: async ({project, migration}) => {
      const all = projects.history(project)?.migrations ?? [];
      const own = all.findIndex(({id}) => id === migration.id);
      const scripts: MigrationScript[] = [];
      for (const earlier of all.slice(0, Math.max(0, own))) {
        const read = await script({project, migration: earlier}, 'up');
        if (!read.ok) return read;
        scripts.push(read.value);
      }
      return ok(scripts);
    },
  };
}
