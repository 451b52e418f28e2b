import {readFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {EventEmitter, Uri, workspace, type Disposable} from 'vscode';
import {readProjectConfig, type ProjectConfig} from '../../core/lint/read-settings.ts';
import {rules} from '../../core/lint/rules.ts';
import type {LintSettings} from '../../core/lint/settings.ts';
import {DisposableStore} from '../disposables.ts';
import type {Log} from '../log.ts';
import {lintSettings} from './lint-settings.ts';

const fileName = 'howdah.json';

/** What a repository has chosen for everybody in its `howdah.json`, under what its reader has chosen in the settings. */
export class LintConfig implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #store = new DisposableStore();
  readonly #log: Log;
  readonly #known = new Map<string, Promise<ProjectConfig | undefined>>();

  readonly onDidChange = this.#changed.event;

  constructor(log: Log) {
    this.#log = log;
    this.#store.add(this.#changed);
    const files = this.#store.add(workspace.createFileSystemWatcher(`**/${fileName}`));
    for (const on of [files.onDidCreate, files.onDidChange, files.onDidDelete])
      this.#store.add(on(() => this.#again()));
    this.#store.add(
      workspace.onDidChangeConfiguration(change => {
        if (change.affectsConfiguration('howdah')) this.#changed.fire();
      }),
    );
  }

  /** What holds for a file. The nearest `howdah.json` counts, from its folder up to the workspace's. */
  async settings(path: string): Promise<LintSettings> {
    const uri = Uri.file(path);
    const config = await this.#nearest(dirname(path), workspace.getWorkspaceFolder(uri)?.uri.fsPath);
    return lintSettings(uri, config?.lint);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #again(): void {
    this.#known.clear();
    this.#changed.fire();
  }

  async #nearest(folder: string, root: string | undefined): Promise<ProjectConfig | undefined> {
    const here = await this.#read(folder);
    const above = dirname(folder);
    if (here || root === undefined || folder === root || above === folder) return here;
    return this.#nearest(above, root);
  }

  #read(folder: string): Promise<ProjectConfig | undefined> {
    const known = this.#known.get(folder);
    if (known) return known;
    const read = this.#parse(join(folder, fileName));
    this.#known.set(folder, read);
    return read;
  }

  async #parse(path: string): Promise<ProjectConfig | undefined> {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    const config = readProjectConfig(valueOf(text), new Set(rules.map(({id}) => id)));
    if (config.ok) return config.value;
    this.#log.failure(`Reading ${path}`, config.failure);
    return undefined;
  }
}

/** A text that is no JSON is refused as a value that is no object. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
