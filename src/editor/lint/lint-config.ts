import {readFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {
  Diagnostic,
  DiagnosticSeverity,
  EventEmitter,
  languages,
  Range,
  Uri,
  workspace,
  type Disposable,
} from 'vscode';
import {readProjectConfig, type ProjectConfig} from '../../core/lint/read-settings.ts';
import {rules} from '../../core/lint/rules.ts';
import type {LintSettings} from '../../core/lint/settings.ts';
import {fail, type Failure, type Outcome} from '../../core/outcome.ts';
import {DisposableStore} from '../disposables.ts';
import {lintSettings} from './lint-settings.ts';

const fileName = 'howdah.json';
const ids: ReadonlySet<string> = new Set(rules.map(({id}) => id));

interface ConfigFile {
  readonly path: string;
  readonly config: Outcome<ProjectConfig>;
}

/** What a repository has chosen for everybody in its `howdah.json`, over what its reader has chosen in the settings. */
export class LintConfig implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #store = new DisposableStore();
  readonly #collection = this.#store.add(languages.createDiagnosticCollection('howdah-config'));
  /** By folder. */
  readonly #known = new Map<string, Promise<ConfigFile | undefined>>();

  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#store.add(this.#changed);
    const files = this.#store.add(workspace.createFileSystemWatcher(`**/${fileName}`));
    for (const on of [files.onDidCreate, files.onDidChange, files.onDidDelete])
      this.#store.add(on(({fsPath}) => this.#again(dirname(fsPath))));
    this.#store.add(
      workspace.onDidChangeConfiguration(change => {
        if (change.affectsConfiguration('howdah')) this.#changed.fire();
      }),
    );
  }

  /** What holds for a file. The nearest `howdah.json` counts, from its folder up to the workspace's. */
  async settings(path: string): Promise<LintSettings> {
    const found = await this.#nearest(path);
    return lintSettings(Uri.file(path), found?.config.ok ? found.config.value.lint : {});
  }

  /** @returns the `howdah.json` that counts for a file; nothing where the settings alone do */
  async fileFor(path: string): Promise<string | undefined> {
    const found = await this.#nearest(path);
    return found?.config.ok ? found.path : undefined;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #again(folder: string): void {
    this.#known.delete(folder);
    // Also where no migration is open that would have it read.
    void this.#read(folder);
    this.#changed.fire();
  }

  #nearest(path: string): Promise<ConfigFile | undefined> {
    const root = workspace.getWorkspaceFolder(Uri.file(path))?.uri.fsPath;
    return this.#upwards(dirname(path), root);
  }

  async #upwards(folder: string, root: string | undefined): Promise<ConfigFile | undefined> {
    const here = await this.#read(folder);
    const above = dirname(folder);
    if (here || root === undefined || folder === root || above === folder) return here;
    return this.#upwards(above, root);
  }

  #read(folder: string): Promise<ConfigFile | undefined> {
    const known = this.#known.get(folder);
    if (known) return known;
    const path = join(folder, fileName);
    const read = configFileAt(path);
    this.#known.set(folder, read);
    void read.then(file => {
      if (this.#known.get(folder) === read)
        this.#collection.set(Uri.file(path), file?.config.ok === false ? [about(file.config.failure)] : []);
    });
    return read;
  }
}

async function configFileAt(path: string): Promise<ConfigFile | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : {path, config: configOf(text)};
}

/** Failures: `invalid-input`. */
export function configOf(text: string): Outcome<ProjectConfig> {
  try {
    return readProjectConfig(JSON.parse(text), ids);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return fail('invalid-input', `${fileName} is no JSON: ${error.message}`);
  }
}

/** On the whole first line: which part is meant is in the words. */
function about({message, advice}: Failure): Diagnostic {
  const words = advice === undefined ? message : `${message}\n${advice}`;
  const diagnostic = new Diagnostic(
    new Range(0, 0, 0, Number.MAX_SAFE_INTEGER),
    words,
    DiagnosticSeverity.Error,
  );
  diagnostic.source = 'Howdah';
  return diagnostic;
}
