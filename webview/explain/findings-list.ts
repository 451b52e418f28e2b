import type {FindingAction, PlanFinding} from '../../src/core/explain/finding.ts';
import {formatMs, nodeTitle} from '../../src/core/explain/words.ts';
import {button} from '../ui/controls.ts';
import {element, fill} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {formatShare} from './colour-values.ts';
import type {Checked} from './facts.ts';
import type {PlanModel} from './model.ts';
import type {Panel} from './panel.ts';
import type {Store} from './store.ts';
import * as words from './words.ts';

const {finding: texts} = words;

export interface FindingsOptions {
  readonly model: PlanModel;
  readonly store: Store;
  /** Whether there is a connection to act on. */
  readonly live: boolean;
  readonly select: (node: number) => void;
  readonly tryIndex: (definition: string) => void;
}

export interface FindingsList {
  readonly root: HTMLElement;
  /** Marks the findings that are about this node. */
  mark(node: number): void;
  judged(model: PlanModel, checked: Checked): void;
}

/** What stands out, the most time at stake first; the first one is open. */
export function findingsList(panel: Panel, options: FindingsOptions): FindingsList {
  const {store} = options;
  const basis = element('p', {class: 'checked', role: 'status'});
  const list = element('ol', {class: 'findings'});
  const openOnes = new Set<string>();
  let {model} = options;
  const draw = (): void => {
    const {findings} = model;
    const [first] = findings;
    if (openOnes.size === 0 && first) openOnes.add(keyOf(first));
    fill(list, ...findings.map(finding => item(panel, {...options, model}, finding, openOnes)));
    if (findings.length === 0) fill(list, element('li', {class: 'none'}, icon('check-circle'), texts.none));
    mark(store.viewing.selected);
  };
  const mark = (node: number): void => {
    for (const [index, {nodes}] of model.findings.entries())
      list.children[index]?.classList.toggle('about-selected', nodes.includes(node));
  };
  const say = (checked: Checked): void => {
    basis.dataset['kind'] = checked.kind;
    fill(basis, ...checkedWords(checked));
  };
  draw();
  say({kind: 'checking'});
  return {
    root: element('div', {class: 'findings-pane'}, list, basis),
    mark,
    judged(next, checked) {
      const same = JSON.stringify(next.findings) === JSON.stringify(model.findings);
      model = next;
      if (!same) draw();
      say(checked);
    },
  };
}

function keyOf({check, nodes}: PlanFinding): string {
  return `${check} ${nodes[0] ?? ''}`;
}

function checkedWords(checked: Checked): (Node | string)[] {
  switch (checked.kind) {
    case 'checking':
      return [icon('spinner'), texts.checking];
    case 'checked':
      return [icon('check'), texts.checked];
    case 'unchecked':
      return [icon('info'), element('span', {}, `${texts.unchecked} ${checked.why}`)];
    default:
      return checked satisfies never;
  }
}

function item(
  panel: Panel,
  options: FindingsOptions,
  finding: PlanFinding,
  openOnes: Set<string>,
): HTMLElement {
  const {model, select} = options;
  const {attribution} = model;
  const [first] = finding.nodes;
  const node = first === undefined ? undefined : attribution.plan.nodes[first];
  const body = element(
    'div',
    {class: 'finding-body'},
    ...explanation(finding),
    actionRow(panel, options, finding),
  );
  const key = keyOf(finding);
  const set = (open: boolean): void => {
    if (open) openOnes.add(key);
    else openOnes.delete(key);
    body.hidden = !open;
    head.setAttribute('aria-expanded', String(open));
  };
  const click = (): void => {
    if (first !== undefined) select(first);
    set(head.getAttribute('aria-expanded') !== 'true');
  };
  const head = element(
    'button',
    {type: 'button', class: 'finding-head', 'data-finding': finding.check, on: {click}},
    element('span', {class: 'finding-what'}, finding.what),
    element(
      'span',
      {class: 'finding-where'},
      element('span', {class: 'finding-node'}, node ? nodeTitle(node) : texts.whole),
      stake(finding, attribution.executionMs),
    ),
  );
  set(openOnes.has(key));
  return element('li', {class: `finding finding-${finding.confidence}`}, head, body);
}

function stake({atStakeMs}: PlanFinding, executionMs: number | undefined): HTMLElement | undefined {
  if (atStakeMs === undefined) return undefined;
  const share = executionMs ? Math.min(1, atStakeMs / executionMs) : 0;
  const fillBar = element('span', {class: 'stake-fill'});
  fillBar.style.setProperty('inline-size', `${share * 100}%`);
  const text = executionMs ? words.atStake(atStakeMs, formatShare(share)) : formatMs(atStakeMs);
  return element(
    'span',
    {class: 'stake'},
    element('span', {class: 'stake-bar', 'aria-hidden': 'true'}, fillBar),
    text,
  );
}

function explanation({why, fix, confidence, basis}: PlanFinding): HTMLElement[] {
  return [
    element('p', {class: 'finding-why'}, why),
    element('p', {class: 'finding-fix'}, icon('arrow'), element('span', {}, fix)),
    element(
      'p',
      {class: 'finding-basis'},
      element('span', {class: `confidence confidence-${confidence}`}, words.confidenceNames[confidence]),
      basis,
    ),
  ];
}

function actionRow(
  panel: Panel,
  {live, tryIndex}: FindingsOptions,
  {actions}: PlanFinding,
): HTMLElement | undefined {
  const parts = actions.flatMap(action => actionParts(panel, live, tryIndex, action));
  return parts.length === 0 ? undefined : element('div', {class: 'finding-actions'}, ...parts);
}

function actionParts(
  panel: Panel,
  live: boolean,
  tryIndex: (definition: string) => void,
  action: FindingAction,
): HTMLElement[] {
  const act = (): void => void panel.client.request('act', action);
  switch (action.kind) {
    case 'create-index': {
      const {definition} = action;
      return [
        element('pre', {class: 'sql', tabindex: 0}, definition),
        ...(live
          ? [
              button({kind: 'primary', onClick: () => tryIndex(definition)}, texts.tryIndex),
              button({kind: 'secondary', onClick: act}, texts.migration),
            ]
          : []),
        copyButton(panel, definition),
      ];
    }
    case 'analyze':
    case 'vacuum':
      return live ? [button({kind: 'primary', onClick: act}, texts[action.kind])] : [];
    case 'show-sql':
      return [
        element('p', {class: 'sql-title'}, action.title),
        element('pre', {class: 'sql', tabindex: 0}, action.sql),
        copyButton(panel, action.sql),
      ];
    default:
      return action satisfies never;
  }
}

function copyButton(panel: Panel, content: string): HTMLElement {
  const copy = async (): Promise<void> => {
    const answer = await panel.client.request('copy', {content});
    panel.say(answer.kind === 'result' ? words.labels.sqlCopied : words.labels.channelBroken);
  };
  return button({kind: 'secondary', onClick: () => void copy()}, texts.copySql);
}
