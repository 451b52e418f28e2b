import {
  Diagnostic,
  DiagnosticSeverity,
  languages,
  type Uri,
  workspace,
  type Disposable,
  type TextDocument,
} from 'vscode';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {ReplayStop} from '../../core/rehearse/report.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import type {Stage} from '../../core/rehearse/stage.ts';
import {DisposableStore} from '../disposables.ts';
import type {MigrationFile} from '../migrations/project-store.ts';
import {rangeOf} from '../migrations/run-diagnostics.ts';
import type {Checked} from './checker.ts';
import type {LintHome} from './lint-home.ts';
import {lintOptions} from './lint-settings.ts';
import {placesIn} from './places.ts';
import {projectScripts} from './project-scripts.ts';

/** Milliseconds without a key until what is written is executed. */
const pause = 700;
/** Milliseconds after which a statement is no longer waited for. */
const patience = 15_000;

/**
 * Executes a migration that is being written, in the embedded PostgreSQL after all that come before it, and shows the
 * errors that nothing but an execution finds.
 */
export class TypedRehearsal implements Disposable {
  readonly #store = new DisposableStore();
  readonly #collection = this.#store.add(languages.createDiagnosticCollection('howdah-typed'));
  readonly #home: LintHome;
  readonly #edited = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #abort = new AbortController();

  constructor(home: LintHome) {
    this.#home = home;
    this.#store.add(
      workspace.onDidChangeTextDocument(({document, contentChanges}) => {
        if (contentChanges.length > 0) this.#changed(document);
      }),
    );
    this.#store.add(workspace.onDidCloseTextDocument(({uri}) => this.#forget(uri)));
    this.#store.add(
      home.runs.onDidCheck(({uri, checked}) => {
        if (checked?.state === 'applied') this.#collection.delete(uri);
      }),
    );
    this.#store.add(
      workspace.onDidChangeConfiguration(change => {
        if (change.affectsConfiguration('howdah.lint')) this.#stop();
      }),
    );
    this.#store.add(workspace.onDidSaveTextDocument(document => this.#soon(document, 'onSave')));
  }

  dispose(): void {
    this.#stop();
    this.#store.dispose();
  }

  /** What was shown may not be wanted any more; the next key brings it back where it is. */
  #stop(): void {
    clearTimeout(this.#timer);
    this.#abort.abort();
    this.#collection.clear();
  }

  #changed(document: TextDocument): void {
    this.#collection.delete(document.uri);
    if (!this.#home.parts.projects.file(document.uri)) return;
    this.#edited.add(document.uri.toString());
    this.#soon(document, 'onType');
  }

  #forget(uri: Uri): void {
    this.#edited.delete(uri.toString());
    this.#collection.delete(uri);
  }

  /** Starts over: what is executed at the moment is out of date. */
  #soon(document: TextDocument, when: 'onType' | 'onSave'): void {
    if (!this.#edited.has(document.uri.toString())) return;
    clearTimeout(this.#timer);
    this.#abort.abort();
    if (!workspace.isTrusted || lintOptions.rehearse(document.uri) !== when) return;
    this.#timer = setTimeout(() => void this.#try(document), when === 'onSave' ? 0 : pause);
  }

  async #try(document: TextDocument): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    const {version, uri} = document;
    const checked = await this.#home.runs.of(document);
    const file = this.#home.parts.projects.file(uri);
    // What the parser refuses or is said to be applied needs no execution.
    if (!checked || !file || checked.state === 'applied') return;
    if (checked.findings.some(({rule}) => rule === 'syntax')) return;
    const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(patience)]);
    const found = await this.#execute(file, signal);
    if (document.version !== version || document.isClosed || signal.aborted) return;
    const own = found.filter(({path}) => path === uri.fsPath).map(({diagnostic}) => diagnostic);
    this.#collection.set(
      uri,
      own.filter(each => !isSaidAlready(each, checked)),
    );
  }

  async #execute(file: MigrationFile, signal: AbortSignal): Promise<readonly Found[]> {
    const scripts = await scriptsOf(this.#home, file);
    if (!scripts.ok || signal.aborted) return [];
    const stage = await this.#home.parts.stages.openEmbedded(signal);
    if (!stage.ok) return [];
    try {
      return await this.#runOn(stage.value, file.project.id, scripts.value, signal);
    } finally {
      await stage.value.release();
    }
  }

  async #runOn(
    stage: Stage,
    project: string,
    {history, own}: Scripts,
    signal: AbortSignal,
  ): Promise<readonly Found[]> {
    const {replay} = await import('../../postgres/rehearse/replay.ts');
    // By itself, so that the state before is kept, to which each later try goes back.
    const before = await replay(stage, this.#home.parser, {project, scripts: history}, {signal});
    if (!before.ok || before.value.kind === 'stopped') return [];
    const {version} = before.value.session.server;
    const scripts = [...history, ...own];
    const run = await replay(stage, this.#home.parser, {project, scripts}, {signal});
    return run.ok && run.value.kind === 'stopped' ? foundIn(run.value.stop, version) : [];
  }
}

interface Scripts {
  readonly history: readonly MigrationScript[];
  /** Of the file that is written; of a down file its up before it. */
  readonly own: readonly MigrationScript[];
}

async function scriptsOf({parts}: LintHome, file: MigrationFile): Promise<Outcome<Scripts>> {
  const scripts = projectScripts(parts);
  const history = await scripts.before(file);
  if (!history.ok) return history;
  const up = await scripts.script(file, 'up');
  if (!up.ok || !file.directions.includes('down'))
    return up.ok ? ok({history: history.value, own: [up.value]}) : up;
  const down = await scripts.script(file, 'down');
  return down.ok ? ok({history: history.value, own: [up.value, down.value]}) : down;
}

interface Found {
  readonly path: string;
  readonly diagnostic: Diagnostic;
}

/** What only the embedded server lacks is no fault of the file. */
function foundIn({at, failure, cause}: ReplayStop, version: string): readonly Found[] {
  const {server, message} = failure;
  if (cause !== 'sql' || !at) return [];
  const words = [server?.message ?? message, server?.detail, server?.hint].filter(Boolean).join('\n');
  const diagnostic = new Diagnostic(rangeOf(at), words, DiagnosticSeverity.Error);
  diagnostic.source = `Howdah · PostgreSQL ${version}`;
  if (server) diagnostic.code = server.sqlState;
  return [{path: at.path, diagnostic}];
}

/** The statement has an error already, which says more. */
function isSaidAlready({range}: Diagnostic, {findings, text}: Checked): boolean {
  const placeOf = placesIn(text);
  return findings.some(finding => finding.severity === 'error' && placeOf(finding).intersection(range));
}
