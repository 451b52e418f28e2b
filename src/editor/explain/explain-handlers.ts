import {env, l10n} from 'vscode';
import type {ExplainMode} from '../../core/explain/origin.ts';
import type {HostHandlers} from '../../protocol/channel.ts';
import type {ExplainContract} from '../../protocol/explain-panel.ts';
import {saveFile} from '../save-file.ts';
import {factsFor} from './catalog-facts.ts';
import type {ExplainHome} from './explain-home.ts';
import type {ExplainPanel} from './explain-panel.ts';
import {historyEntry} from './history-record.ts';
import {actOn} from './plan-actions.ts';
import {PlanTexts} from './plan-texts.ts';
import {revealInTree} from './reveal-in-tree.ts';
import {highlight, openStatement} from './statement-link.ts';
import {whatIfFor} from './what-if-here.ts';

/** What a page can ask for beyond its own panel. */
export interface PanelActions {
  /** Explains the panel's statement once more, in the same panel. */
  readonly again: (panel: ExplainPanel, mode: ExplainMode, askValues: boolean) => Promise<void>;
  readonly openFile: () => Promise<void>;
}

/** What the host does for a page. Nothing here trusts the page: it names plans by ids, never files. */
export function explainHandlers(
  home: ExplainHome,
  panel: ExplainPanel,
  actions: PanelActions,
): HostHandlers<ExplainContract> {
  const {parts, history} = home;
  const texts = new PlanTexts(async id => {
    const text = await history.text(id);
    return text.ok ? text.value : undefined;
  });
  return {
    ready: () => ({view: panel.session.view, now: Date.now()}),
    text: async ({id, offset}) => {
      const text = panel.plan?.id === id ? panel.plan.text : await texts.get(id);
      return text?.piece(offset) ?? null;
    },
    cancel: () => {
      panel.session.cancel();
      return null;
    },
    again: ({mode}) => later(actions.again(panel, mode, false)),
    change: () => later(actions.again(panel, panel.decision?.mode ?? 'explain', true)),
    facts: asked => factsFor(parts, panel.subject, asked),
    highlight: async source => ({found: await highlight(home, panel, source)}),
    reveal: async place => ({found: await revealInTree(parts, panel.subject?.connection, place)}),
    openStatement: () => openStatement(home, panel).then(() => null),
    act: action => later(actOn(home, panel, action, () => again(actions, panel))),
    whatIf: ({definition}) => whatIfFor(home, panel, definition),
    keep: async ({id, ...figures}) => {
      if (panel.plan?.id === id) await panel.plan.keep();
      const record = await history.setFigures(id, figures);
      return {alert: (record && (await history.alert(record))) ?? null};
    },
    history: async () => {
      const {plan} = panel;
      const runs = plan === undefined ? [] : await history.runsOf(plan.id);
      // Opened plans are kept together, though they have nothing to do with one another.
      const own = runs.filter(({id, origin}) => origin.mode !== 'opened' || id === plan?.id);
      return own.flatMap(run => historyEntry(run) ?? []);
    },
    forget: ({id}) => history.forget(id).then(() => null),
    save: content => {
      const file = {
        dialog: l10n.t('Save Plan'),
        title: `plan-${panel.session.view.origin.title}`,
        ...content,
      };
      return later(saveFile(parts.context.workspaceState, file));
    },
    copy: async ({content}) => {
      await env.clipboard.writeText(content);
      return null;
    },
    openFile: () => later(actions.openFile()),
  };
}

function again(actions: PanelActions, panel: ExplainPanel): Promise<void> {
  return actions.again(panel, panel.decision?.mode ?? 'explain', false);
}

/** Questions to the user take as long as they take; the page is not kept waiting for them. */
function later(work: Promise<void>): null {
  void work;
  return null;
}
