import {isCompared} from '../../src/protocol/rehearsal-verdict.ts';
import type {LossView, PlaceView, StepView} from '../../src/protocol/rehearsal-view.ts';
import {button} from '../ui/controls.ts';
import {element, fill, type Child} from '../ui/element.ts';
import {icon, type IconName} from '../ui/icon.ts';
import {failureBox} from '../ui/failure-box.ts';
import {openPlace, type Panel} from './panel.ts';
import {sourceBox} from './source-box.ts';
import type {StepPart} from './statements.ts';
import {checkText, lossKind, lossRows, undoVerdict, undoWords, type Tone} from './verdict-words.ts';
import {checkLabel, fileOf, labels} from './words.ts';

export const toneIcons: Readonly<Record<Tone, IconName>> = {
  good: 'check-circle',
  bad: 'cross-circle',
  unsure: 'warning',
  plain: 'info',
};

/** @returns a link to a place in one of the step's files */
export function placeLink(panel: Panel, step: number, view: StepView, place: PlaceView): HTMLElement {
  const click = (): void => openPlace(panel, step, place);
  return element(
    'button',
    {type: 'button', class: 'link place', on: {click}},
    `${labels.goTo} ${fileOf(view, place)}`,
  );
}

/** Whether down undoes up, and where not. */
export function undo(panel: Panel, step: number): StepPart {
  return section(labels.undo, view => {
    const verdict = undoVerdict(view.undo);
    if (!view.undo || !verdict || (view.undo.kind === 'not-tried' && view.state === 'fails')) return [];
    const link = (at: PlaceView | undefined): HTMLElement | undefined =>
      at && placeLink(panel, step, view, at);
    return [
      sentence(verdict.tone, undoWords(view.undo)),
      view.undo.kind === 'fails' &&
        failureBox({
          failure: view.undo.failure,
          source: view.undo.source && sourceBox(view.undo.source),
          link: link(view.undo.at),
        }),
      view.undo.kind === 'differs' &&
        element(
          'ul',
          {class: 'items'},
          ...view.undo.differences.map(({words, at}) =>
            element('li', {}, element('span', {}, words), link(at)),
          ),
        ),
    ];
  });
}

/** What applying takes away, and what rolling back would. */
export function dataLoss(panel: Panel, step: number): StepPart {
  return section(labels.dataLoss, view => [
    view.dataLoss.length > 0 &&
      element(
        'ul',
        {class: 'items'},
        ...view.dataLoss
          .toSorted(nowFirst)
          .map(({direction, grade, what, at, rows}) =>
            element(
              'li',
              {class: direction === 'up' ? 'tone-bad' : 'tone-unsure'},
              icon('warning'),
              element('span', {}, what),
              element('span', {class: 'faint'}, lossKind(direction, grade)),
              rows !== undefined && element('strong', {}, lossRows(rows)),
              at && placeLink(panel, step, view, at),
            ),
          ),
      ),
  ]);
}

/** What goes when it is applied, before what would go later. */
function nowFirst(left: LossView, right: LossView): number {
  return Number(right.direction === 'up') - Number(left.direction === 'up');
}

/** Whether the rows of today fit the new constraints; asked only when somebody wants to know. */
export function liveData(panel: Panel, step: number, connection: () => string | undefined): StepPart {
  return section(labels.liveData, view => {
    const name = connection();
    if (!isCompared(view)) return [];
    const ask = (): void => void panel.client.request('checkLiveData', {step});
    const offer = name !== undefined && button({kind: 'secondary', onClick: ask}, checkLabel(name));
    switch (view.liveData?.kind) {
      case undefined:
        return [offer];
      case 'asking':
        return [element('p', {class: 'sentence'}, icon('spinner'), 'Reading the rows…')];
      case 'failed':
        return [failureBox({failure: view.liveData.failure}), offer];
      case 'checked':
        return [checks(panel, step, view, view.liveData), offer];
      default:
        return view.liveData satisfies never;
    }
  });
}

type Checked = Extract<NonNullable<StepView['liveData']>, {kind: 'checked'}>;

function checks(panel: Panel, step: number, view: StepView, {checks, connection}: Checked): HTMLElement {
  if (checks.length === 0) {
    return sentence('good', `Nothing in this migration can be refused by the rows on ${connection}.`);
  }
  return element(
    'ul',
    {class: 'items'},
    ...checks.map(check => {
      const {tone, text} = checkText(check);
      return element(
        'li',
        {class: `tone-${tone}`},
        icon(toneIcons[tone]),
        element('code', {}, check.what),
        element('span', {}, text),
        check.at && placeLink(panel, step, view, check.at),
      );
    }),
  );
}

export function sentence(tone: Tone, text: string): HTMLElement {
  return element('p', {class: `sentence tone-${tone}`}, icon(toneIcons[tone]), element('span', {}, text));
}

/** A part of a step with a title, hidden while it has nothing to say; drawn again only when the step has changed. */
function section(title: string, content: (view: StepView) => readonly Child[]): StepPart {
  const slot = element('div', {class: 'part-content'});
  const root = element('section', {class: 'part'}, element('h3', {}, title), slot);
  let shown: StepView | undefined;
  return {
    root,
    update(view) {
      if (view === shown) return;
      shown = view;
      const children = content(view).filter(child => child !== false && child !== undefined);
      fill(slot, ...children);
      root.hidden = children.length === 0;
    },
  };
}
