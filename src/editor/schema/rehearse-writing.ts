import {l10n} from 'vscode';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {StepRehearsal} from '../../core/rehearse/report.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import type {Stage} from '../../core/rehearse/stage.ts';
import {compareSchemas} from '../../core/schema/compare/compare.ts';
import type {Comparison, Difference} from '../../core/schema/comparison.ts';
import type {SchemaSnapshot} from '../../core/schema/objects.ts';
import type {ReconcilingStatement} from '../../core/schema/reconciliation.ts';
import {reconcile} from '../../core/schema/reconcile/reconcile.ts';
import {rehearse} from '../../postgres/rehearse/rehearse.ts';
import type {RehearsalStep} from '../../postgres/rehearse/request.ts';
import {replay, type Replayed} from '../../postgres/rehearse/replay.ts';
import {readSchema} from '../../postgres/schema/read-schema.ts';
import {cautionsOf, failing, notTried, type WritingVerdict} from '../rehearse/writing-verdict.ts';
import type {Compared} from './compared.ts';
import {pause} from './origins.ts';
import type {SchemaHome} from './schema-home.ts';
import type {SchemaSubject} from './schema-subject.ts';
import type {Writing} from './write-migration.ts';

/**
 * Tries what was written on the state that it is for: what is expected, changed to what the database is where the
 * migration starts from there. Then both are compared, and down is tried as well.
 */
export async function rehearseWriting(
  {parts, parser}: SchemaHome,
  subject: SchemaSubject,
  compared: Compared,
  writing: Writing,
  signal: AbortSignal,
): Promise<WritingVerdict> {
  const stage =
    compared.expected.stage === 'scratch'
      ? await parts.stages.openScratch(subject.connection, signal)
      : await parts.stages.openEmbedded(signal);
  if (!stage.ok) return notTried(stage.failure);
  try {
    const tried = await new Attempt(stage.value, {parser, compared, writing, signal}).run();
    return tried.ok ? tried.value : notTried(tried.failure);
  } finally {
    await stage.value.release();
  }
}

interface AttemptOptions {
  readonly parser: SchemaHome['parser'];
  readonly compared: Compared;
  readonly writing: Writing;
  readonly signal: AbortSignal;
}

class Attempt {
  readonly #stage: Stage;
  readonly #options: AttemptOptions;
  readonly #roles: readonly string[];
  readonly #steps: readonly RehearsalStep[];

  constructor(stage: Stage, options: AttemptOptions) {
    this.#stage = stage;
    this.#options = options;
    const {live} = options.compared;
    this.#roles = [...live.objects.values()].filter(({kind}) => kind === 'role').map(({name}) => name);
    this.#steps = options.writing.texts.map(({title, up, down}, index) => ({
      up: scriptOf(`written ${index + 1}`, title, up, 'up'),
      down: scriptOf(`written ${index + 1}`, title, down, 'down'),
    }));
  }

  async run(): Promise<Outcome<WritingVerdict>> {
    const {parser, signal, writing} = this.#options;
    const history = await this.#history();
    if (!history.ok) return history;
    const rehearsed = await rehearse(
      {stage: this.#stage, parser},
      {project: 'written', history: history.value, steps: this.#steps, roles: this.#roles},
      {signal},
    );
    if (!rehearsed.ok) return rehearsed;
    if (rehearsed.value.kind === 'stopped') return ok(notTried(rehearsed.value.stop.failure));
    const {steps} = rehearsed.value.report;
    const stopped = steps.find(({verdict}) => verdict === 'fails');
    if (stopped) return ok(failing(stopped));
    const left = await this.#left([...history.value, ...this.#steps.map(({up}) => up)]);
    if (!left.ok) return left;
    const elsewhere = writing.how === 'change-live' ? await this.#elsewhere() : undefined;
    return ok(passing(steps, left.value, elsewhere));
  }

  /** What leads to the state that the migration is for. */
  async #history(): Promise<Outcome<readonly MigrationScript[]>> {
    const {compared, writing} = this.#options;
    const {expected, live, scripts} = compared;
    const [from] = this.#sides();
    if (expected.stage === 'server') {
      const empty = await this.#after([]);
      if (!empty.ok) return empty;
      const all = await reconcile({from: empty.value, to: from}, pause);
      return ok([statementsScript('all of it', all.statements)]);
    }
    if (writing.how === 'describe-live') return ok(scripts);
    const sides = {from: expected.snapshot, to: live};
    const drift = await reconcile({...sides, comparison: compared.comparison}, pause);
    return ok([...scripts, statementsScript('the differences', drift.statements)]);
  }

  #sides(): readonly [from: SchemaSnapshot, to: SchemaSnapshot] {
    const {compared, writing} = this.#options;
    const {expected, live} = compared;
    return writing.how === 'describe-live' ? [expected.snapshot, live] : [live, expected.snapshot];
  }

  /** Which of the differences are still there afterwards. */
  async #left(scripts: readonly MigrationScript[]): Promise<Outcome<readonly Difference[]>> {
    const {parser, writing} = this.#options;
    const [, to] = this.#sides();
    const after = await this.#after(scripts);
    if (!after.ok) return after;
    const comparison = await compareSchemas(parser, to, after.value, {
      roles: 'ignore',
      sameRole: {expected: to.user, live: after.value.user},
    });
    return ok(stillThere(writing.comparison, comparison));
  }

  /** @returns why it does not run where the database is as expected already; undefined when it does, or nobody knows */
  async #elsewhere(): Promise<string | undefined> {
    const {compared, parser, signal} = this.#options;
    if (compared.expected.stage === 'server') return undefined;
    const scripts = [...compared.scripts, ...this.#steps.map(({up}) => up)];
    const replayed = await replay(this.#stage, parser, this.#request(scripts), {signal});
    return replayed.ok && replayed.value.kind === 'stopped' ? replayed.value.stop.failure.message : undefined;
  }

  async #after(scripts: readonly MigrationScript[]): Promise<Outcome<SchemaSnapshot>> {
    const {parser, signal} = this.#options;
    const replayed: Outcome<Replayed> = await replay(this.#stage, parser, this.#request(scripts), {signal});
    if (!replayed.ok) return replayed;
    if (replayed.value.kind === 'stopped') return {ok: false, failure: replayed.value.stop.failure};
    return readSchema(replayed.value.session, {signal});
  }

  #request(scripts: readonly MigrationScript[]): Parameters<typeof replay>[2] {
    return {project: 'written', scripts, roles: this.#roles};
  }
}

/** What the tools that Howdah knows do with a file: they send it as one query. */
function scriptOf(id: string, title: string, sql: string, direction: 'up' | 'down'): MigrationScript {
  return {
    migration: {id, label: id, title},
    direction,
    sql,
    pieces: [{start: 0, end: sql.length, how: 'query'}],
  };
}

function statementsScript(id: string, statements: readonly ReconcilingStatement[]): MigrationScript {
  const sql = statements.map(statement => `${statement.sql};\n`).join('');
  return {...scriptOf(id, '', sql, 'up'), pieces: [{start: 0, end: sql.length, how: 'bare'}]};
}

function stillThere(wanted: Comparison, after: Comparison): readonly Difference[] {
  const keyOf = ({object, ...difference}: Difference): string =>
    `${object.key} ${'attribute' in difference ? difference.attribute : ''}`;
  const keys = new Set(wanted.differences.map(keyOf));
  return after.differences.filter(difference => keys.has(keyOf(difference)));
}

function passing(
  steps: readonly StepRehearsal[],
  left: readonly Difference[],
  elsewhere: string | undefined,
): WritingVerdict {
  const more = [
    ...left.slice(0, 10).map(({words}) => l10n.t('Still different: {0}', words)),
    ...steps.flatMap(cautionsOf),
    ...(elsewhere === undefined
      ? []
      : [
          l10n.t(
            'It is for this database only: where the schema is as expected already it does not run ({0}). Rather run its SQL here than keep it with the migrations.',
            elsewhere,
          ),
        ]),
  ];
  const text =
    left.length === 0
      ? l10n.t('written and rehearsed. It passes, and what it is about differs no more.')
      : l10n.t('written and rehearsed. It passes, but not all of what it is about is equal then.');
  return {tone: more.length === 0 ? 'good' : 'warning', text, more};
}
