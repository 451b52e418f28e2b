import {basename} from 'node:path';
import {l10n, ProgressLocation, Uri, ViewColumn, window} from 'vscode';
import {migrationTexts, type MigrationText} from '../../core/schema/reconcile/migration-files.ts';
import {reconcile} from '../../core/schema/reconcile/reconcile.ts';
import type {LeftOut} from '../../core/schema/reconciliation.ts';
import {showFailure} from '../failures.ts';
import {askText} from '../input-flow.ts';
import {createSeries} from '../migrations/create-series.ts';
import {pickProject} from '../migrations/subject.ts';
import type {Compared} from './compared.ts';
import {pause} from './origins.ts';
import type {WritingVerdict} from '../rehearse/writing-verdict.ts';
import {rehearseWriting} from './rehearse-writing.ts';
import type {SchemaHome} from './schema-home.ts';
import type {SchemaSession} from './schema-session.ts';

export interface WriteRequest {
  /** `change-live` leads the database to what is expected, `describe-live` the files to what the database has. */
  readonly how: 'change-live' | 'describe-live' | 'script';
  /** Indexes of differences; all when null. */
  readonly differences: readonly number[] | null;
}

/** Migrations that were not written yet. */
export interface Writing {
  readonly how: 'change-live' | 'describe-live';
  readonly texts: readonly MigrationText[];
  readonly leftOut: readonly LeftOut[];
  /** What is expected to be gone afterwards. */
  readonly comparison: Compared['comparison'];
}

/** Writes migrations that make differences go, rehearses them, opens the first, and says what the rehearsal found. */
export async function writeMigration(
  home: SchemaHome,
  session: SchemaSession,
  compared: Compared,
  request: WriteRequest,
): Promise<void> {
  const writing = await writingFor(compared, request);
  const {parts} = home;
  if (writing.texts.length === 0)
    return session.notice({
      tone: 'warning',
      text: l10n.t('No statement can be written for this.'),
      more: reasons(writing.leftOut),
    });
  if (request.how === 'script') {
    session.notice(null);
    const name = l10n.t('{0} as expected.sql', session.subject.connection.name);
    return parts.documents.open(name, 'sql', scriptOf(writing), ViewColumn.Beside);
  }
  const project = session.subject.project ?? (await pickProject(parts, session.subject.connection));
  const titles = project && (await titlesFor(writing.texts));
  if (!project || !titles) return;
  const verdict = await rehearsed(home, session, compared, writing);
  if (verdict === 'cancelled') return session.notice(null);
  const series = writing.texts.map((text, index) => ({...text, title: titles[index] ?? text.title}));
  const paths = await createSeries(project, series);
  if (!paths.ok) {
    session.notice(null);
    return showFailure(parts.log, l10n.t('Creating a migration'), paths.failure);
  }
  await parts.projects.detect();
  const [first] = paths.value;
  if (first !== undefined)
    await window.showTextDocument(Uri.file(first), {viewColumn: ViewColumn.Beside, preview: false});
  session.notice(noticeOf(verdict, writing, paths.value));
}

async function writingFor(
  {comparison, expected, live}: Compared,
  {how, differences}: WriteRequest,
): Promise<Writing> {
  const wanted = differences === null ? undefined : new Set(differences);
  const chosen = comparison.differences.filter((_, index) => wanted?.has(index) ?? true);
  const narrowed = {...comparison, differences: chosen};
  const [from, to] = how === 'describe-live' ? [expected.snapshot, live] : [live, expected.snapshot];
  const only = wanted ? {only: new Set(chosen.map(({object}) => object.key))} : {};
  const up = await reconcile({from, to, comparison: narrowed, ...only}, pause);
  const down = await reconcile({from: to, to: from, comparison: narrowed, ...only}, pause);
  await pause();
  return {
    how: how === 'describe-live' ? how : 'change-live',
    texts: migrationTexts(up, down),
    leftOut: up.leftOut,
    comparison: narrowed,
  };
}

function scriptOf({texts, leftOut}: Writing): string {
  const missing = reasons(leftOut).map(line => `-- ${l10n.t('Not in it: {0}', line)}\n`);
  return [...missing, ...texts.map(({title, up}) => `-- ${title}\n${up}`)].join('\n');
}

/** Asks for the name of one migration; several are called after what they do. */
async function titlesFor(texts: readonly MigrationText[]): Promise<readonly string[] | undefined> {
  const [only] = texts;
  if (!only || texts.length > 1) return texts.map(({title}) => title);
  const answer = await askText({
    title: l10n.t('Write Migration'),
    prompt: l10n.t('Name of the migration'),
    value: only.title,
    validate: text => (/[\p{L}\p{N}]/u.test(text) ? undefined : l10n.t('A name needs a letter or a digit.')),
  });
  return answer.kind === 'answer' ? [answer.value.trim()] : undefined;
}

async function rehearsed(
  home: SchemaHome,
  session: SchemaSession,
  compared: Compared,
  writing: Writing,
): Promise<WritingVerdict | 'cancelled'> {
  const title = l10n.t('Rehearsing what was written');
  session.notice({tone: 'busy', text: `${title}…`, more: []});
  const abort = new AbortController();
  const location = ProgressLocation.Notification;
  const verdict = await window.withProgress({location, title, cancellable: true}, async (_, token) => {
    const listening = token.onCancellationRequested(() => abort.abort());
    const result = await rehearseWriting(home, session.subject, compared, writing, abort.signal);
    listening.dispose();
    return result;
  });
  return abort.signal.aborted ? 'cancelled' : verdict;
}

function noticeOf(
  verdict: WritingVerdict,
  {leftOut}: Writing,
  paths: readonly string[],
): Parameters<SchemaSession['notice']>[0] {
  const names = paths.map(path => basename(path)).join(', ');
  return {
    tone: verdict.tone === 'good' && leftOut.length > 0 ? 'warning' : verdict.tone,
    text: l10n.t('{0}: {1}', names, verdict.text),
    more: [...verdict.more, ...reasons(leftOut).map(line => l10n.t('Not in it: {0}', line))],
  };
}

const mostReasons = 20;

function reasons(leftOut: readonly LeftOut[]): readonly string[] {
  const lines = leftOut.slice(0, mostReasons).map(({key, why}) => `${key}: ${why}`);
  return leftOut.length > mostReasons
    ? [...lines, l10n.t('and {0} more', leftOut.length - mostReasons)]
    : lines;
}
