import {setImmediate} from 'node:timers/promises';
import type {LintRequest, Linter} from '../../core/lint/engine.ts';
import type {LintFile} from '../../core/lint/file.ts';
import type {Finding} from '../../core/lint/finding.ts';
import type {SchemaModel} from '../../core/lint/model/schema.ts';
import type {FilePlace} from '../../core/lint/project-files.ts';
import type {Target} from '../../core/lint/target.ts';
import type {Signal} from '../../core/session.ts';
import type {LintSettings} from '../../core/lint/settings.ts';
import type {Owner, SeriesStore} from './series-store.ts';
import {textOf} from './text-of.ts';

/** A file as it was checked. */
export interface Checked {
  readonly path: string;
  /** Offsets of findings are of this text. */
  readonly text: string;
  readonly owner: Owner;
  readonly state: LintFile['state'];
  readonly findings: readonly Finding[];
  /** How many findings comments in the file have taken away. */
  readonly suppressed: number;
}

export interface CheckerParts {
  readonly linter: Linter;
  readonly series: SeriesStore;
  /** A schema of which nothing is known. */
  readonly unknown: SchemaModel;
  readonly settings: (path: string) => Promise<LintSettings>;
  /** What is known of the target; never waits for it. */
  readonly target: () => Target | undefined;
}

type TextOf = (path: string) => Promise<string>;

export interface CheckOptions {
  readonly signal?: Signal;
  readonly read?: TextOf;
}

const pause = (): Promise<void> => setImmediate();

/** Checks one text after the other. Never fails. */
export class Checker {
  readonly #parts: CheckerParts;

  constructor(parts: CheckerParts) {
    this.#parts = parts;
  }

  /**
   * @param read the text of the other direction's file; what editors and the disk have unless told
   * @returns nothing for a text that is no migration, and after an abort
   */
  async check(
    path: string,
    text: string,
    {signal, read = textOf}: CheckOptions = {},
  ): Promise<Checked | undefined> {
    const owner = this.#parts.series.owner(path, text);
    if (!owner) return undefined;
    const request = await this.#request({
      path,
      text,
      owner,
      read,
      settings: await this.#parts.settings(path),
    });
    if (signal?.aborted) return undefined;
    const {findings, suppressed} = await this.#parts.linter.lint(request, {
      pause,
      now: () => performance.now(),
      ...(signal ? {signal} : {}),
    });
    if (signal?.aborted) return undefined;
    return {path, text, owner, state: request.state, findings, suppressed};
  }

  async #request(file: {
    readonly path: string;
    readonly text: string;
    readonly owner: Owner;
    readonly settings: LintSettings;
    readonly read: TextOf;
  }): Promise<LintRequest> {
    const {path, text, owner, settings, read} = file;
    const {series, tool} = owner;
    const place = await series?.place(path);
    const target = this.#parts.target();
    const about = {document: {path, text}, tool, settings, ...(target ? {target} : {})};
    if (!series || !place) return {...about, state: 'unknown', history: {}, before: this.#parts.unknown};
    return {
      ...about,
      state: place.state,
      history: place.history,
      ...(await series.schemas(place)),
      ...(await counterpart(place, read)),
    };
  }
}

async function counterpart(
  {counterpart: path}: FilePlace,
  read: TextOf,
): Promise<Pick<LintRequest, 'counterpart'>> {
  return path === undefined ? {} : {counterpart: {path, text: await read(path)}};
}
