import type {StepView} from '../../src/protocol/rehearsal-view.ts';
import {element, fill} from '../ui/element.ts';
import {icon, type IconName} from '../ui/icon.ts';
import {changes} from './changes.ts';
import {failureBox} from '../ui/failure-box.ts';
import {dataLoss, liveData, placeLink, toneIcons, undo} from './findings.ts';
import {openPlace, type Panel} from './panel.ts';
import {sourceBox} from './source-box.ts';
import {statements, type StepPart} from './statements.ts';
import {lockVerdict, lossVerdict, stateVerdict, undoVerdict, type Verdict} from './verdict-words.ts';
import {labels} from './words.ts';

const stateIcons: Readonly<Record<StepView['state'], IconName>> = {
  waiting: 'circle',
  running: 'spinner',
  passes: 'check-circle',
  fails: 'cross-circle',
  'not-run': 'dash',
};

export interface StepCard {
  readonly root: HTMLElement;
  update(step: StepView): void;
  expand(open: boolean): void;
}

/** One migration: its verdict in one line, and below it everything behind the verdict. */
export function stepCard(panel: Panel, index: number, connection: () => string | undefined): StepCard {
  const bodyId = `step-${index}`;
  const disclosure = element('button', {
    type: 'button',
    class: 'disclosure',
    'aria-expanded': 'false',
    'aria-controls': bodyId,
  });
  const file = element(
    'button',
    {
      type: 'button',
      class: 'open',
      title: labels.openFile,
      'aria-label': labels.openFile,
      on: {click: () => openPlace(panel, index, null)},
    },
    icon('open-file'),
  );
  const verdicts = element('ul', {class: 'verdicts'});
  const body = element('div', {class: 'step-body', id: bodyId, hidden: true});
  const root = element(
    'li',
    {class: 'step'},
    element('div', {class: 'step-head'}, element('h2', {}, disclosure), file, verdicts),
    body,
  );
  let parts: readonly StepPart[] | undefined;
  let shown: StepView | undefined;
  const show = (): void => {
    if (!shown || body.hidden) return;
    parts ??= makeParts(panel, index, connection);
    if (body.childElementCount === 0) fill(body, ...parts.map(part => part.root));
    for (const part of parts) part.update(shown);
  };
  const expand = (open: boolean): void => {
    body.hidden = !open;
    disclosure.setAttribute('aria-expanded', String(open));
    show();
  };
  disclosure.addEventListener('click', () => expand(body.hidden !== false));
  return {
    root,
    expand,
    update(step) {
      if (step === shown) return;
      shown = step;
      root.dataset['state'] = step.state;
      file.hidden = step.up === undefined;
      fill(
        disclosure,
        icon(stateIcons[step.state], stateVerdict(step).text),
        element('span', {class: 'label'}, step.label),
        element('span', {class: 'title'}, step.title),
      );
      fill(verdicts, ...verdictsOf(step).map(verdictItem));
      show();
    },
  };
}

function verdictsOf(step: StepView): readonly Verdict[] {
  const found = [stateVerdict(step), lockVerdict(step), undoVerdict(step.undo), lossVerdict(step)];
  return found.filter(verdict => verdict !== undefined);
}

function verdictItem({tone, text, more}: Verdict, index: number): HTMLElement {
  return element(
    'li',
    {class: `verdict tone-${tone}`, title: more},
    index > 0 && icon(toneIcons[tone]),
    element('span', {}, text),
  );
}

function makeParts(panel: Panel, index: number, connection: () => string | undefined): readonly StepPart[] {
  return [
    failure(panel, index),
    dataLoss(panel, index),
    undo(panel, index),
    statements(panel, index),
    changes(),
    liveData(panel, index, connection),
  ];
}

function failure(panel: Panel, index: number): StepPart {
  const root = element('div', {});
  return {
    root,
    update(view) {
      root.hidden = view.failure === undefined;
      if (!view.failure) return;
      const {failure, at, source} = view.failure;
      fill(
        root,
        failureBox({
          failure,
          source: source && sourceBox(source),
          link: at && placeLink(panel, index, view, at),
        }),
      );
    },
  };
}
