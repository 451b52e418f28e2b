import {createHash} from 'node:crypto';
import {window, workspace, type Disposable, type TextDocument, type Uri} from 'vscode';
import {severities, type Fix} from '../../core/lint/finding.ts';
import {applyEdits} from '../../core/lint/fixes/apply-edits.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import type {FixProof, FixProver, FixRequest} from '../../postgres/rehearse/prove-fix.ts';
import {DisposableStore} from '../disposables.ts';
import type {MigrationFile} from '../migrations/project-store.ts';
import type {Checked} from './checker.ts';
import type {LintHome} from './lint-home.ts';
import {lintOptions} from './lint-settings.ts';
import {projectScripts} from './project-scripts.ts';

/** Milliseconds without a change until fixes are tried: what is written is executed before. */
const pause = 1500;
/** Milliseconds on the server after which a fix is given up: somebody else may wait for it. */
const patience = 30_000;
/** Fixes of one text: whoever has more findings begins with the gravest. */
const most = 24;
/** Proofs that are kept, for texts that come back. */
const kept = 500;

/** What a text and all before it say; without it nothing is known of the text. */
interface Scene {
  readonly text: string;
  readonly name: string;
}

/**
 * Tries the fixes of the document in view one after the other, in the embedded PostgreSQL, and remembers what was seen:
 * of a document that was edited, and of any while that server is there already. Whoever else wants it has it at once;
 * the fixes come after.
 */
export class FixProofs implements Disposable {
  readonly #store = new DisposableStore();
  readonly #home: LintHome;
  readonly #proofs = new Map<string, FixProof>();
  readonly #scenes = new Map<string, Scene>();
  readonly #edited = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #abort = new AbortController();

  constructor(home: LintHome) {
    this.#home = home;
    this.#store.add(home.runs.onDidCheck(({uri}) => this.#soon(uri)));
    this.#store.add(
      home.parts.stages.onDidAsk(() => {
        const document = window.activeTextEditor?.document;
        if (document) this.#soon(document.uri);
        else this.#stop();
      }),
    );
    this.#store.add(
      window.onDidChangeActiveTextEditor(editor => {
        this.#stop();
        if (editor) this.#soon(editor.document.uri);
      }),
    );
    this.#store.add(
      workspace.onDidChangeTextDocument(({document, contentChanges}) => {
        if (contentChanges.length === 0 || !isWritten(document)) return;
        this.#edited.add(document.uri.fsPath);
        this.#stop();
      }),
    );
    this.#store.add(workspace.onDidSaveTextDocument(({uri}) => this.#soon(uri)));
    this.#store.add(workspace.onDidCloseTextDocument(({uri}) => this.#scenes.delete(uri.fsPath)));
  }

  /** @returns what was seen of a fix of this very text; nothing as long as it was not tried */
  of({path, text}: Checked, fix: Fix): FixProof | undefined {
    const scene = this.#scenes.get(path);
    return scene?.text === text ? this.#proofs.get(nameOf(scene, fix)) : undefined;
  }

  dispose(): void {
    this.#stop();
    this.#store.dispose();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#abort.abort();
  }

  /** Starts over: what the file builds on may have changed. */
  #soon({fsPath}: Uri): void {
    const document = window.activeTextEditor?.document;
    if (document?.uri.fsPath !== fsPath) return;
    this.#stop();
    if (mayRun(document)) this.#timer = setTimeout(() => void this.#proveAll(document), pause);
  }

  async #proveAll(document: TextDocument): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    // Whoever only reads a file has no use for a server that starts for it.
    if (!this.#edited.has(document.uri.fsPath) && !(await this.#home.parts.stages.isUp())) return;
    const checked = await this.#home.runs.of(document);
    const file = this.#home.parts.projects.file(document.uri);
    if (!checked || !file || !file.directions.includes('up') || checked.state === 'applied') return;
    const fixes = wanted(checked);
    const bases = fixes.length > 0 ? await this.#bases(file, checked) : undefined;
    if (!bases?.ok) return;
    const scene = {text: checked.text, name: hash(bases.value)};
    this.#scenes.set(checked.path, scene);
    const {fixProver} = await import('../../postgres/rehearse/prove-fix.ts');
    const prove = fixProver(bases.value);
    for (const fix of fixes) {
      const name = nameOf(scene, fix);
      if (this.#proofs.has(name)) continue;
      if (abort.signal.aborted) return;
      const fixed = await this.#fixedScripts(file, checked.text, fix);
      const proof = fixed.ok ? await this.#prove(fixed.value, prove, abort.signal) : undefined;
      // What comes before it does not run, or the server cannot be had: then the next one is no better off.
      if (!proof || (proof.kind === 'fails' && proof.which === 'history')) return;
      this.#remember(name, proof);
    }
  }

  /** The history, and the file as it is. */
  async #bases(file: MigrationFile, {text}: Checked): Promise<Outcome<Bases>> {
    const scripts = projectScripts(this.#home.parts);
    const history = await scripts.before(file);
    if (!history.ok) return history;
    const original = await scripts.script(file, 'up', text);
    return original.ok
      ? ok({project: file.project.id, history: history.value, original: original.value})
      : original;
  }

  async #prove(
    fixed: readonly MigrationScript[],
    prove: FixProver,
    edited: AbortSignal,
  ): Promise<FixProof | undefined> {
    const stage = await this.#home.parts.stages.openUnasked(edited);
    if (!stage.ok) return undefined;
    const signal = AbortSignal.any([edited, AbortSignal.timeout(patience)]);
    try {
      const ports = {stage: stage.value, parser: this.#home.parser};
      const proof = await prove(ports, fixed, signal);
      return proof.ok && !signal.aborted ? proof.value : undefined;
    } finally {
      await stage.value.release();
    }
  }

  /** The migrations that a fix adds come right after the file, as new ones. */
  async #fixedScripts(
    {project, migration}: MigrationFile,
    text: string,
    {edits, adds}: Fix,
  ): Promise<Outcome<readonly MigrationScript[]>> {
    const scripts = projectScripts(this.#home.parts);
    const own = await scripts.script({project, migration}, 'up', applyEdits(text, edits));
    if (!own.ok) return own;
    const fixed = [own.value];
    for (const [index, added] of adds.entries()) {
      const drafted = await project.draft([{...added, now: new Date()}]);
      if (!drafted.ok) return drafted;
      const [file] = drafted.value;
      const id = `${migration.id}+${index + 1}`;
      const made = {id, label: id, title: '', up: file?.path ?? ''};
      const read = await scripts.script({project, migration: made}, 'up', file?.text ?? '');
      if (!read.ok) return read;
      fixed.push(read.value);
    }
    return ok(fixed);
  }

  #remember(name: string, proof: FixProof): void {
    this.#proofs.set(name, proof);
    for (const oldest of this.#proofs.keys()) {
      if (this.#proofs.size <= kept) return;
      this.#proofs.delete(oldest);
    }
  }
}

type Bases = Omit<FixRequest, 'fixed'>;

/** Output panels are documents as well, and Howdah's log is one of them. */
function isWritten({uri}: TextDocument): boolean {
  return uri.scheme === 'file';
}

function mayRun(document: TextDocument): boolean {
  if (!workspace.isTrusted) return false;
  const when = lintOptions.rehearse(document.uri);
  return when === 'onType' || (when === 'onSave' && !document.isDirty);
}

/** The ones that an editor would apply first, of the gravest findings. */
function wanted({findings}: Checked): readonly Fix[] {
  // What the parser refuses runs in no way.
  if (findings.some(({rule}) => rule === 'syntax')) return [];
  return findings
    .toSorted((one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity))
    .flatMap(({fixes}) => fixes)
    .filter(({edits, adds}) => edits.length > 0 || adds.length > 0)
    .toSorted((one, other) => Number(other.preferred) - Number(one.preferred))
    .slice(0, most);
}

/** The scene knows the text, which may be long. */
function nameOf({name}: Scene, {edits, adds}: Fix): string {
  return hash([name, edits, adds.map(({up}) => up)]);
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}
