import {l10n} from 'vscode';
import type {Failure} from '../../core/outcome.ts';
import type {SchemaView} from '../../protocol/schema-panel.ts';
import {countsOf} from '../../protocol/schema-model.ts';
import type {Parts} from '../parts.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {compareNow, type Progress} from './compare-now.ts';
import type {Compared} from './compared.ts';
import type {SideFailure} from './expected-side.ts';
import type {SchemaSubject} from './schema-subject.ts';
import {beginningView, failureWords} from './schema-words.ts';

/** A bug of ours must not leave a page that runs for ever. */
function broken(message: string): Failure {
  return {
    reason: 'unsupported',
    message: l10n.t('The comparison broke off: {0}', message),
    advice: l10n.t('This should not happen. Nothing was changed.'),
  };
}

/** One subject and its comparisons. It goes on whether or not a panel shows it. */
export class SchemaSession {
  subject: SchemaSubject;
  /** The last one that came to an end. */
  compared: Compared | undefined;
  /** Where the last one stopped. */
  stoppedAt: SideFailure['at'];
  readonly #parts: Parts;
  readonly #parser: Parser;
  readonly #listeners = new Set<(view: SchemaView) => void>();
  #view: SchemaView;
  #running: AbortController | undefined;

  constructor(parts: Parts, parser: Parser, subject: SchemaSubject) {
    this.#parts = parts;
    this.#parser = parser;
    this.subject = subject;
    this.#view = beginningView(parts, subject);
  }

  get view(): SchemaView {
    return this.#view;
  }

  get running(): boolean {
    return this.#running !== undefined;
  }

  /** @returns a function that ends it */
  onChange(listener: (view: SchemaView) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Says what came of an action, until the next one. */
  notice(notice: SchemaView['notice']): void {
    this.#change({notice});
  }

  /** Shows a page whose comparison is gone. */
  lose(before: SchemaView['phase']): void {
    if (before.kind === 'lost') return this.#change({phase: before});
    const last = before.kind === 'compared' ? before : undefined;
    this.#change({
      phase: {kind: 'lost', before: last ? {counts: last.counts, objects: last.objects, at: last.at} : null},
    });
  }

  cancel(): void {
    if (!this.#running || this.#running.signal.aborted) return;
    this.#running.abort();
    const {phase} = this.#view;
    if (phase.kind === 'running') this.#change({phase: {...phase, cancelling: true}});
  }

  /**
   * Compares once more; while a comparison goes on, that one is waited for by its panel and nothing new begins.
   * @param scratch in a scratch database instead of the embedded server
   * @returns once it has come to an end
   */
  async run(scratch = false): Promise<void> {
    if (this.#running) return;
    const running = new AbortController();
    this.#running = running;
    const now = this.#parts.connections.get(this.subject.connection.id);
    if (now) this.subject = {...this.subject, connection: now};
    const startedAt = Date.now();
    const phaseOf = (progress: Progress): SchemaView['phase'] => ({
      kind: 'running',
      startedAt,
      cancelling: running.signal.aborted,
      ...progress,
    });
    const report = (progress: Progress): void => this.#change({phase: phaseOf(progress)});
    this.#change({...beginningView(this.#parts, this.subject), phase: phaseOf({step: 'connecting'})});
    try {
      const result = await compareNow(this.#parts, this.#parser, this.subject, {
        signal: running.signal,
        scratch,
        onProgress: report,
        onCounted: (migrations, upTo) => this.#count(migrations, upTo),
      });
      this.#running = undefined;
      if (result.kind === 'compared') this.#show(result.compared);
      else this.#fail(result.why, running.signal.aborted);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#fail({failure: broken(message), scratch: false}, running.signal.aborted);
    } finally {
      this.#running = undefined;
    }
  }

  /** Lets go of the schemas, which may be large. */
  forget(): void {
    this.compared = undefined;
  }

  #count(migrations: number, upTo: 'applied' | 'all'): void {
    const {expected} = this.#view;
    if (expected.kind === 'history') this.#change({expected: {...expected, migrations, upTo}});
  }

  #show(compared: Compared): void {
    const {comparison, expected} = compared;
    this.compared = compared;
    this.#change({
      phase: {
        kind: 'compared',
        id: compared.id,
        at: compared.at,
        milliseconds: compared.milliseconds,
        counts: countsOf(comparison.differences),
        objects: compared.objects.length,
        compared: comparison.compared,
        tables: compared.tables.length,
        ignored: comparison.ignored.length,
        gaps: comparison.gaps.length,
        versions: {expected: expected.version, live: compared.liveVersion},
        stage: expected.stage,
        notes: compared.notes,
      },
    });
  }

  #fail(why: SideFailure, cancelled: boolean): void {
    this.compared = undefined;
    this.stoppedAt = why.at;
    if (cancelled || why.failure.reason === 'cancelled') return this.#change({phase: {kind: 'cancelled'}});
    this.#parts.log.failure(`Comparing ${this.subject.connection.name}`, why.failure);
    this.#change({phase: {kind: 'failed', failure: failureWords(why)}});
  }

  #change(change: Partial<SchemaView>): void {
    this.#view = {...this.#view, ...change};
    for (const listener of this.#listeners) listener(this.#view);
  }
}
