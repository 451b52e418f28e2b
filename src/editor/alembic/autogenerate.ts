import {readFile, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {l10n, ProgressLocation, Uri, window} from 'vscode';
import {isEmptyRevision, namesModels} from '../../core/alembic/models.ts';
import {showFailure} from '../failures.ts';
import type {Parts} from '../parts.ts';
import {alembicProject, environmentOf} from './alembic-subject.ts';
import {autogenerateTarget} from './autogenerate-target.ts';

/** `alembic revision --autogenerate`: asks for a message, and opens the file with what the models have and the database has not. */
export async function autogenerateRevision(parts: Parts, argument: unknown): Promise<void> {
  const project = await alembicProject(parts, argument);
  if (!project) return;
  const environment = await environmentOf(project);
  const envPath = join(environment.scripts, 'env.py');
  if (!namesModels(await readFile(envPath, 'utf8').catch(() => ''))) return offerEnvPy(envPath);
  const target = await autogenerateTarget(parts, {project, environment}, argument);
  if (!target) return;
  const message = await window.showInputBox({
    title: l10n.t('Autogenerate a Revision'),
    prompt: l10n.t('What the change is called. Alembic compares the models with {0}.', target.name),
    placeHolder: l10n.t('such as “add orders status”'),
    ignoreFocusOut: true,
    validateInput: text => (text.trim() === '' ? l10n.t('This cannot be empty.') : undefined),
  });
  if (message === undefined) return;
  const doing = l10n.t('Comparing the models with {0}', target.name);
  const made = await window.withProgress(
    {location: ProgressLocation.Notification, title: doing, cancellable: true},
    async (_progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      return target.write(message.trim(), controller.signal);
    },
  );
  if (!made.ok) return showFailure(parts.log, doing, made.failure);
  await openMade(parts, target.name, made.value);
}

/** Alembic writes a file even where it found nothing; that one helps nobody. */
async function openMade(parts: Parts, name: string, paths: readonly string[]): Promise<void> {
  const [path] = paths;
  const nothing = l10n.t('Nothing changed: {0} has all that the models have. No revision was written.', name);
  if (path === undefined) return void window.showInformationMessage(nothing);
  if (isEmptyRevision(await readFile(path, 'utf8').catch(() => ''))) {
    await rm(path, {force: true});
    return void window.showInformationMessage(nothing);
  }
  await parts.projects.detect();
  await window.showTextDocument(Uri.file(path));
}

async function offerEnvPy(path: string): Promise<void> {
  const open = l10n.t('Open env.py');
  const answer = await window.showInformationMessage(
    l10n.t(
      'env.py names no models: set target_metadata to the metadata of the models, such as Base.metadata, and Alembic can compare them with a database.',
    ),
    open,
  );
  if (answer === open) await window.showTextDocument(Uri.file(path));
}
