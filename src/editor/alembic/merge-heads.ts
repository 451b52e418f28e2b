import {l10n, ProgressLocation, Uri, window} from 'vscode';
import {enumerated} from '../../core/words.ts';
import {showFailure} from '../failures.ts';
import type {Parts} from '../parts.ts';
import {projectOptions} from '../settings.ts';
import {alembicProject, environmentOf} from './alembic-subject.ts';
import {headsOf} from './lane-item.ts';

/** `alembic merge heads`: asks for a message, and opens the new file. Touches no database. */
export async function mergeAllHeads(parts: Parts, argument: unknown): Promise<void> {
  const project = await alembicProject(parts, argument);
  if (!project) return;
  const listed = await project.list();
  const doing = l10n.t('Merging the heads');
  if (!listed.ok) return showFailure(parts.log, doing, listed.failure);
  const heads = headsOf(listed.value.migrations);
  if (heads.length < 2) {
    void window.showInformationMessage(
      l10n.t('There is nothing to merge: the history has one head{0}.', heads.map(id => ` (${id})`).join('')),
    );
    return;
  }
  const message = await window.showInputBox({
    title: l10n.t('Merge Heads'),
    prompt: l10n.t('What the new revision is called. It joins {0} and changes nothing.', enumerated(heads)),
    value: l10n.t('merge {0}', heads.join(' and ')),
    ignoreFocusOut: true,
    validateInput: text => (text.trim() === '' ? l10n.t('This cannot be empty.') : undefined),
  });
  if (message === undefined) return;
  const {mergeHeads} = await import('../../frameworks/alembic/commands.ts');
  const options = projectOptions({}, Uri.file(project.folder));
  const merged = await window.withProgress({location: ProgressLocation.Window, title: doing}, async () =>
    mergeHeads(await environmentOf(project), heads, message.trim(), options),
  );
  if (!merged.ok) return showFailure(parts.log, doing, merged.failure);
  await parts.projects.detect();
  const [path] = merged.value;
  if (path !== undefined) await window.showTextDocument(Uri.file(path));
}
