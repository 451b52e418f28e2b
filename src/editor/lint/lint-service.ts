import {commands, languages, l10n, Uri, ViewColumn, window, workspace, type Disposable} from 'vscode';
import {createLinter} from '../../core/lint/engine.ts';
import {createHistoryModel} from '../../core/lint/model/history.ts';
import {createModel} from '../../core/lint/model/model.ts';
import {createParseCache} from '../../core/lint/parse-cache.ts';
import {rules} from '../../core/lint/rules.ts';
import {createParser} from '../../parser/libpg-query.ts';
import {DisposableStore} from '../disposables.ts';
import type {Parts} from '../parts.ts';
import {askTargetRows, showTargetRows} from './ask-target-rows.ts';
import {Checker} from './checker.ts';
import {configureRule} from './configure-rule.ts';
import {fixAll} from './fix-all.ts';
import {FixProofs} from './fix-proofs.ts';
import {actionKinds, LintActions} from './lint-actions.ts';
import {LintConfig} from './lint-config.ts';
import {LintCounts} from './lint-counts.ts';
import {LintDiagnostics} from './lint-diagnostics.ts';
import {migrationFiles} from './lint-documents.ts';
import type {LintHome} from './lint-home.ts';
import {LintHover} from './lint-hover.ts';
import {LintRuns} from './lint-runs.ts';
import {LintTargets} from './lint-targets.ts';
import {Navigation} from './navigation.ts';
import {RowAnswers} from './row-answers.ts';
import {pickRule, showRulePage} from './rule-pages.ts';
import {SeriesStore} from './series-store.ts';
import {textOf} from './text-of.ts';
import {TypedRehearsal} from './typed-rehearsal.ts';
import {WorkspaceCheck} from './workspace-check.ts';

/** Everything on findings, loaded with the first migration that is opened. */
export class LintService implements Disposable {
  readonly #store = new DisposableStore();
  readonly #home: LintHome;
  readonly #check: WorkspaceCheck;
  readonly #proofs: FixProofs;

  constructor(parts: Parts) {
    this.#home = this.#make(parts);
    this.#proofs = this.#store.add(new FixProofs(this.#home));
    this.#check = this.#store.add(new WorkspaceCheck(this.#home));
    this.#follow(this.#home);
    this.#provide(this.#home);
  }

  async checkAll(): Promise<void> {
    await this.#check.run();
  }

  async fixAll(): Promise<void> {
    const editor = window.activeTextEditor;
    const checked = editor && (await this.#home.runs.of(editor.document));
    if (!checked) {
      void window.showInformationMessage(l10n.t('No migration is open in the active editor.'));
      return;
    }
    const fixed = await fixAll(this.#home.checker, checked, {elsewhere: true, proofs: this.#proofs});
    if (!fixed) {
      void window.showInformationMessage(l10n.t('No finding here has a fix that can be chosen for you.'));
      return;
    }
    if (await workspace.applyEdit(fixed.edit)) await this.showAdded(fixed.adds);
  }

  /** Opens new migrations beside the file that they come from. */
  async showAdded(paths: unknown): Promise<void> {
    if (!Array.isArray(paths)) return;
    for (const path of paths.filter(each => typeof each === 'string')) {
      const options = {viewColumn: ViewColumn.Beside, preserveFocus: true, preview: false};
      await window.showTextDocument(Uri.file(path), options);
    }
  }

  async askRows(about: unknown): Promise<void> {
    await askTargetRows(this.#home, about);
  }

  async showRows(about: unknown): Promise<void> {
    await showTargetRows(this.#home, about);
  }

  async showRule(rule: unknown): Promise<void> {
    await showRulePage(this.#home.parts.context, rule);
  }

  async configureRule(argument: unknown): Promise<void> {
    await configureRule(this.#home, argument);
  }

  /** Of one rule alone, until it is asked for again. */
  async showOnly(): Promise<void> {
    const {diagnostics} = this.#home;
    const counts = new Map<string, number>();
    for (const {findings} of diagnostics.all())
      for (const {rule} of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    const rule = await pickRule(l10n.t('Show only the findings of which rule?'), counts);
    if (rule === undefined) return;
    await diagnostics.showOnly(rule);
    await commands.executeCommand('setContext', 'howdah.oneRule', true);
    await commands.executeCommand('workbench.actions.view.problems');
  }

  async showAll(): Promise<void> {
    await this.#home.diagnostics.showOnly(undefined);
    await commands.executeCommand('setContext', 'howdah.oneRule', false);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #make(parts: Parts): LintHome {
    const parser = createParser();
    const cache = createParseCache(parser);
    const targets = this.#store.add(new LintTargets(parts));
    const series = this.#store.add(
      new SeriesStore(parts, parser, () => createHistoryModel(cache), targets.connection),
    );
    const linter = createLinter(parser, rules, cache);
    const config = this.#store.add(new LintConfig());
    const checker = new Checker({
      linter,
      series,
      unknown: createModel(),
      settings: path => config.settings(path),
      target: targets.current,
    });
    const runs = this.#store.add(new LintRuns(checker, parts.projects));
    const answers = new RowAnswers(targets.connection);
    const diagnostics = this.#store.add(new LintDiagnostics(textOf, answers));
    const alone = createHistoryModel(cache);
    return {parts, parser, config, checker, runs, series, alone, targets, diagnostics, answers};
  }

  #follow({parts, config, runs, series, targets, diagnostics, answers}: LintHome): void {
    this.#store.add(targets.onDidChange(() => answers.forget()));
    this.#store.add(parts.statuses.onDidRun(({connection}) => answers.forget(connection.id)));
    this.#store.add(
      runs.onDidCheck(({uri, checked}) => {
        answers.keep(checked ?? {path: uri.fsPath, findings: []});
        if (checked) void diagnostics.show(checked);
        else if (this.#check.covers(uri)) void this.#check.again(uri);
        else diagnostics.clear(uri.fsPath);
      }),
    );
    for (const again of [runs.again, this.#check.refresh]) {
      this.#store.add(series.onDidChange(again));
      this.#store.add(targets.onDidChange(again));
      this.#store.add(config.onDidChange(again));
    }
    this.#store.add(workspace.onDidGrantWorkspaceTrust(runs.again));
    this.#store.add(new LintCounts(diagnostics, parts.tree));
    runs.again();
  }

  #provide(home: LintHome): void {
    const files = {scheme: 'file', pattern: migrationFiles};
    this.#store.add(languages.registerHoverProvider(files, new LintHover(home)));
    this.#store.add(new Navigation(home));
    this.#store.add(new TypedRehearsal(home));
    this.#store.add(
      languages.registerCodeActionsProvider(files, new LintActions(home, this.#proofs), actionKinds),
    );
  }
}
