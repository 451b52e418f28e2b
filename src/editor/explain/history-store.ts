import {randomBytes} from 'node:crypto';
import {mkdir, readdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {slowerThanUsual, type SlowerRun} from '../../core/explain/history.ts';
import {fail, type Outcome} from '../../core/outcome.ts';
import {PlanRecord, timedRun, type Figures} from './history-record.ts';
import type {PlanText} from './plan-text.ts';
import {readPlanFile} from './read-plan-file.ts';

/** Statements whose runs are kept; the one that was not explained for the longest time goes first. */
const mostStatements = 200;
/** UTF-16 units. A longer text stays in the file it was opened from. */
const longestText = 16 * 1024 * 1024;

/** A fingerprint or `opened`, a dot, and the time of the run with a few random digits. */
const idShape = /^([\w-]+)\.[\w-]+$/;

/** One statement with its kept runs. */
export interface KeptStatement {
  readonly newest: PlanRecord;
  readonly runs: number;
}

/** Plans in files of their own, by statement. Nothing in them is secret, and what no longer parses is passed over. */
export class HistoryStore {
  readonly #folder: string;
  readonly #runsKept: () => number;

  /** @param runsKept of each statement */
  constructor(folder: string, runsKept: () => number) {
    this.#folder = folder;
    this.#runsKept = runsKept;
  }

  /** @param group the statement's fingerprint, or `opened` */
  newId(group: string, at: number): string {
    return `${group}.${at.toString(36)}-${randomBytes(4).toString('hex')}`;
  }

  /** Keeps a plan, and forgets the oldest ones. Without a place to write nothing is kept. */
  async add(record: PlanRecord, text: PlanText): Promise<void> {
    try {
      await mkdir(this.#groupFolder(record.id), {recursive: true});
      if (text.length <= longestText) await writeFile(this.#path(record.id, 'plan'), text.pieces());
      await this.#write(record);
      await this.#prune(groupOf(record.id));
    } catch {
      // A full disk takes nothing from the plan that is on show.
    }
  }

  /** Adds what the page computed. */
  async setFigures(id: string, figures: Figures): Promise<PlanRecord | undefined> {
    const record = await this.find(id);
    if (!record) return undefined;
    const complete = {...record, figures};
    await this.#write(complete).catch(() => {});
    return complete;
  }

  async find(id: string): Promise<PlanRecord | undefined> {
    if (!idShape.test(id)) return undefined;
    try {
      const record = PlanRecord.safeParse(JSON.parse(await readFile(this.#path(id, 'json'), 'utf8')));
      return record.success && record.data.id === id ? record.data : undefined;
    } catch {
      return undefined;
    }
  }

  /** The text of a kept plan; `unreadable-file` when it is gone. */
  async text(id: string): Promise<Outcome<PlanText>> {
    const record = await this.find(id);
    if (!record) return fail('unreadable-file', 'This plan is no longer kept.');
    const kept = await readPlanFile(this.#path(id, 'plan'));
    return kept.ok || record.openedFrom === null ? kept : readPlanFile(record.openedFrom);
  }

  /** All kept runs of the statement that a plan is of, newest first. */
  async runsOf(id: string): Promise<readonly PlanRecord[]> {
    return idShape.test(id) ? this.#list(groupOf(id)) : [];
  }

  /** The statements, the last explained first. */
  async statements(): Promise<readonly KeptStatement[]> {
    const groups = await Promise.all((await foldersIn(this.#folder)).map(group => this.#list(group)));
    return groups
      .flatMap(runs => (runs[0] ? [{newest: runs[0], runs: runs.length}] : []))
      .toSorted((a, b) => b.newest.origin.at - a.newest.origin.at);
  }

  /** @returns whether a run took longer than the same statement usually does on the same connection. */
  async alert(record: PlanRecord): Promise<SlowerRun | undefined> {
    const run = timedRun(record);
    if (!run) return undefined;
    const others = (await this.runsOf(record.id)).filter(
      ({connectionId}) => connectionId === record.connectionId,
    );
    return slowerThanUsual(
      run,
      others.flatMap(other => timedRun(other) ?? []),
    );
  }

  async forget(id: string): Promise<void> {
    if (!idShape.test(id)) return;
    await Promise.all([rm(this.#path(id, 'json'), {force: true}), rm(this.#path(id, 'plan'), {force: true})]);
  }

  async clear(): Promise<void> {
    await rm(this.#folder, {recursive: true, force: true, maxRetries: 3});
  }

  async #list(group: string): Promise<readonly PlanRecord[]> {
    const names = await readdir(join(this.#folder, group)).catch((): string[] => []);
    const ids = names.flatMap(name => (name.endsWith('.json') ? [`${group}.${name.slice(0, -5)}`] : []));
    const records = await Promise.all(ids.map(id => this.find(id)));
    return records.flatMap(record => record ?? []).toSorted((a, b) => b.origin.at - a.origin.at);
  }

  async #write(record: PlanRecord): Promise<void> {
    const path = this.#path(record.id, 'json');
    // Two windows may write the same file; neither reads half of it.
    const draft = `${path}.${randomBytes(4).toString('hex')}`;
    await writeFile(draft, JSON.stringify(record));
    await rename(draft, path);
  }

  async #prune(group: string): Promise<void> {
    const runs = await this.#list(group);
    for (const {id} of runs.slice(Math.max(1, this.#runsKept()))) await this.forget(id);
    if ((await foldersIn(this.#folder)).length <= mostStatements) return;
    for (const {newest} of (await this.statements()).slice(mostStatements))
      await rm(this.#groupFolder(newest.id), {recursive: true, force: true});
  }

  #groupFolder(id: string): string {
    return join(this.#folder, groupOf(id));
  }

  #path(id: string, kind: 'json' | 'plan'): string {
    const group = groupOf(id);
    return join(this.#folder, group, `${id.slice(group.length + 1)}.${kind}`);
  }
}

function groupOf(id: string): string {
  return id.slice(0, id.indexOf('.'));
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, {withFileTypes: true}).catch(() => []);
  return entries.flatMap(entry => (entry.isDirectory() ? [entry.name] : []));
}
