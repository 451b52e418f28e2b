import {attribute} from '../../src/core/explain/attribute.ts';
import type {Attribution} from '../../src/core/explain/attribution.ts';
import {findingsOf} from '../../src/core/explain/findings/findings.ts';
import type {ExplainedPlan} from '../../src/core/explain/plan.ts';
import {readPlans} from '../../src/core/explain/read-plans.ts';
import type {OriginView, Phase} from '../../src/protocol/explain-panel.ts';
import type {Failure} from '../../src/core/outcome.ts';
import {element, fill} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import type {PlanModel} from './model.ts';
import type {Panel, Part} from './panel.ts';
import {fetchText} from './plan-text.ts';
import {failed} from './situation.ts';
import * as words from './words.ts';
import {workspace} from './workspace.ts';

type Shown = Extract<Phase, {kind: 'shown'}>;

/** Fetches a plan's text, reads it, and shows its plans; while that goes on, the header is already there. */
export function shownPlan(
  panel: Panel,
  origin: OriginView,
  {id, length}: Shown,
  figures: (attribution: Attribution) => void,
): Part {
  const progress = reading(length);
  const root = element('div', {class: 'shown'}, progress.root);
  let disposed = false;
  let part: Part | undefined;
  const show = (plans: readonly ExplainedPlan[], index: number): void => {
    part?.dispose?.();
    const model = modelOf(plans[index] ?? plans[0]);
    if (model === undefined) return;
    performance.mark('plan-parsed');
    figures(model.attribution);
    part = workspace(panel, {
      origin,
      id,
      model,
      plans: {count: plans.length, index, choose: next => show(plans, next)},
      drawn: () => afterPaint(() => performance.mark('plan-painted')),
    });
    fill(root, part.root);
    panel.choices.set({plan: index});
  };
  const load = async (): Promise<void> => {
    const kept = panel.choices.get();
    // Another plan than before: what was chosen of its nodes says nothing about this one.
    if (kept.id === id) panel.choices.set({id});
    else panel.choices.set({id, plan: 0, selected: -1});
    const text = await fetchText(panel, id, {stopped: () => disposed, fetched: progress.fetched});
    if (disposed) return;
    if (text === undefined) return fill(root, element('p', {class: 'lead'}, words.labels.noLongerKept));
    progress.computing();
    await nextFrame();
    const plans = readPlans(text);
    if (plans.ok) return show(plans.value, panel.choices.get().plan ?? 0);
    fill(root, failed(panel, origin, words.unreadableTitle, failureWords(plans.failure)));
  };
  void load();
  return {
    root,
    dispose: () => {
      disposed = true;
      part?.dispose?.();
    },
  };
}

function modelOf(plan: ExplainedPlan | undefined): PlanModel | undefined {
  if (plan === undefined) return undefined;
  const attribution = attribute(plan);
  return {attribution, findings: findingsOf(attribution)};
}

interface Reading {
  readonly root: HTMLElement;
  readonly fetched: (characters: number) => void;
  readonly computing: () => void;
}

/** What is seen until the plan is there. The share is not read out: it changes many times a second. */
function reading(length: number): Reading {
  const sentence = element('span', {}, words.labels.reading);
  const share = element('span', {'aria-hidden': 'true'});
  return {
    root: element('p', {class: 'reading', role: 'status'}, icon('spinner'), sentence, share),
    fetched: characters => share.replaceChildren(words.shareRead(characters / length)),
    computing: () => {
      sentence.replaceChildren(words.labels.computing);
      share.replaceChildren();
    },
  };
}

function failureWords({message, advice}: Failure): Parameters<typeof failed>[3] {
  return {message, advice: advice ?? null, detail: null, hint: null, sqlState: null, located: false};
}

/** The header is painted before the work on the plan begins. */
function nextFrame(): Promise<void> {
  return new Promise(resolve => afterPaint(resolve));
}

function afterPaint(then: () => void): void {
  // A frame's callback runs before it is painted; a task that it posts runs after.
  requestAnimationFrame(() => setTimeout(then));
}
