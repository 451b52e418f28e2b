import {ViewColumn, window, type WebviewPanel} from 'vscode';
import * as z from 'zod/mini';
import type {ExplainMode} from '../../core/explain/origin.ts';
import type {ExplainView} from '../../protocol/explain-panel.ts';
import {decide} from './decide.ts';
import {explainHandlers, type PanelActions} from './explain-handlers.ts';
import type {ExplainHome} from './explain-home.ts';
import {ExplainPanel, newWebviewPanel} from './explain-panel.ts';
import type {PlanRecord} from './history-record.ts';
import {perform, performNothing} from './perform.ts';
import type {PlanText} from './plan-text.ts';
import {openedOrigin, originOf, type Decision} from './plan-view.ts';
import {keptPlan, openedPlan} from './shown-plan.ts';
import {subjectOfRecord, type Subject} from './subject.ts';

/** What a page keeps for the editor's next start. */
const Saved = z.object({id: z.string()});

export interface OpenedPlan {
  readonly title: string;
  readonly text: PlanText;
  /** Path of the file, where there is one. */
  readonly path: string | null;
}

/** One panel for each statement on each connection, and one for each opened plan. */
export class ExplainPanelSet {
  readonly #home: ExplainHome;
  readonly #actions: PanelActions;
  readonly #panels = new Map<string, ExplainPanel>();

  constructor(home: ExplainHome, openFile: () => Promise<void>) {
    this.#home = home;
    this.#actions = {again: (panel, mode, askValues) => this.#again(panel, mode, askValues), openFile};
  }

  /** Explains a statement, after all questions; while it is being explained, shows that. */
  async explain(subject: Subject, mode: ExplainMode): Promise<void> {
    const key = keyOf(subject.fingerprint, subject.connection.id);
    const known = this.#panels.get(key);
    if (known?.session.running) return known.reveal();
    const decided = await decide(this.#home, subject, mode);
    if (decided.kind === 'left') return;
    const decision = decided.kind === 'decided' ? decided.decision : nothingDecided(mode);
    const panel =
      this.#reveal(key) ??
      this.#open(key, {origin: originOf(subject, decision, Date.now()), phase: {kind: 'lost'}});
    await (decided.kind === 'decided'
      ? perform(this.#home, panel, subject, decision)
      : performNothing(this.#home, panel, subject, decision, decided.failure));
  }

  /** Shows a plan from a file, the clipboard or an editor. What it is, the page finds out. */
  async show({title, text, path}: OpenedPlan): Promise<void> {
    const {history} = this.#home;
    const at = Date.now();
    const id = history.newId('opened', at);
    const origin = openedOrigin(title, at);
    const record: PlanRecord = {
      version: 1,
      id,
      origin,
      connectionId: null,
      length: text.length,
      place: null,
      openedFrom: path,
      figures: null,
    };
    const view: ExplainView = {origin, phase: {kind: 'shown', id, length: text.length}};
    const key = keyOf(path ?? id, null);
    const panel = this.#reveal(key) ?? this.#open(key, view);
    panel.plan = openedPlan(history, record, text);
    panel.session.replace(view);
  }

  /** Shows a plan of the history. */
  async showKept(record: PlanRecord): Promise<void> {
    const kept = await this.#read(record);
    const key = keyOf(groupOf(record), record.connectionId);
    const panel = this.#reveal(key) ?? this.#open(key, kept.view);
    fill(panel, kept);
  }

  /** Gives a page that the editor restored the plan that it showed. */
  async restore(webview: WebviewPanel, state: unknown): Promise<void> {
    const saved = Saved.safeParse(state);
    const record = saved.success ? await this.#home.history.find(saved.data.id) : undefined;
    if (!record) {
      const origin = openedOrigin(webview.title, Date.now());
      this.#adopt(JSON.stringify(origin), webview, {origin, phase: {kind: 'lost'}});
      return;
    }
    const kept = await this.#read(record);
    fill(this.#adopt(keyOf(groupOf(record), record.connectionId), webview, kept.view), kept);
  }

  dispose(): void {
    for (const panel of this.#panels.values()) panel.dispose();
  }

  async #again(panel: ExplainPanel, mode: ExplainMode, askValues: boolean): Promise<void> {
    const {subject, decision, session} = panel;
    if (!subject || session.running) return;
    // Its environment or its read-only switch may have changed meanwhile.
    const connection = this.#home.parts.connections.get(subject.connection.id) ?? subject.connection;
    const now = {...subject, connection: {...connection, settings: subject.connection.settings}};
    const options = {askValues, ...(decision ? {previous: decision} : {})};
    const decided = await decide(this.#home, now, mode, options);
    if (decided.kind === 'decided') await perform(this.#home, panel, now, decided.decision);
    else if (decided.kind === 'failed')
      await performNothing(this.#home, panel, now, nothingDecided(mode), decided.failure);
  }

  async #read(record: PlanRecord): Promise<KeptPlan> {
    const {history, parts, parser} = this.#home;
    const text = await history.text(record.id);
    await parts.connections.discover();
    const connection = parts.connections.get(record.connectionId ?? '');
    const subject = connection && (await subjectOfRecord(parser, connection, record));
    const {id, origin} = record;
    return {
      subject: subject?.ok ? subject.value : undefined,
      decision: decisionOf(record),
      plan: text.ok ? keptPlan(id, text.value) : undefined,
      view: {origin, phase: text.ok ? {kind: 'shown', id, length: text.value.length} : {kind: 'lost'}},
    };
  }

  #reveal(key: string): ExplainPanel | undefined {
    const panel = this.#panels.get(key);
    panel?.reveal();
    return panel;
  }

  #open(key: string, view: ExplainView): ExplainPanel {
    const [other] = this.#panels.values();
    const beside = window.activeTextEditor ? ViewColumn.Beside : ViewColumn.Active;
    return this.#adopt(key, newWebviewPanel(this.#home.parts, other?.column ?? beside), view);
  }

  #adopt(key: string, webview: WebviewPanel, view: ExplainView): ExplainPanel {
    const panel = new ExplainPanel(
      this.#home.parts,
      webview,
      view,
      made => explainHandlers(this.#home, made, this.#actions),
      () => {
        if (this.#panels.get(key) === panel) this.#panels.delete(key);
        this.#home.marks.clear();
      },
    );
    this.#panels.set(key, panel);
    return panel;
  }
}

type KeptPlan = Pick<ExplainPanel, 'subject' | 'decision' | 'plan'> & {readonly view: ExplainView};

function fill(panel: ExplainPanel, {subject, decision, plan, view}: KeptPlan): void {
  Object.assign(panel, {subject, decision, plan});
  panel.session.replace(view);
}

function keyOf(group: string, connectionId: string | null): string {
  return JSON.stringify([group, connectionId]);
}

function groupOf({id, origin, openedFrom}: PlanRecord): string {
  return origin.mode === 'opened' ? (openedFrom ?? id) : id.slice(0, id.indexOf('.'));
}

function nothingDecided(mode: ExplainMode): Decision {
  return {mode, parameters: [], timeouts: {statement: 0, lock: 0}, notes: []};
}

function decisionOf({origin}: PlanRecord): Decision {
  const {mode, guard, parameters, timeouts} = origin;
  return {
    mode: mode === 'opened' ? 'explain' : mode,
    parameters: parameters.map(({name, type, value}) => ({name, value, ...(type === null ? {} : {type})})),
    timeouts: timeouts ?? {statement: 0, lock: 0},
    notes: [],
    ...(guard === null ? {} : {guard}),
  };
}
