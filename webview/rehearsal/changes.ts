import {isCompared} from '../../src/protocol/rehearsal-verdict.ts';
import type {ChangeView, StepView} from '../../src/protocol/rehearsal-view.ts';
import {diffView} from '../ui/diff-view.ts';
import {element, type Child} from '../ui/element.ts';
import type {StepPart} from './statements.ts';
import {attributeWords, changeWord, labels} from './words.ts';

/** So many objects with a before and an after are open from the beginning. */
const openedAtOnce = 3;

const signs: Readonly<Record<ChangeView['change'], string>> = {added: '+', removed: '−', changed: '~'};

/** What becomes of the schema, object by object; each opens to the statements that would make it, before and after. */
export function changes(): StepPart {
  const list = element('ul', {class: 'changes'});
  const title = element('h3', {});
  const none = element('p', {class: 'faint'}, labels.noChanges);
  const root = element('section', {class: 'part'}, title, list, none);
  let shown: StepView['changes'] | undefined;
  return {
    root,
    update(step) {
      const {changes: next} = step;
      root.hidden = !isCompared(step);
      if (next === shown) return;
      shown = next;
      title.textContent =
        next.length === 0 ? labels.changes : `${labels.changes} (${next.length.toLocaleString('en')})`;
      none.hidden = next.length > 0;
      list.hidden = next.length === 0;
      const opens = next.filter(hasBoth).length <= openedAtOnce;
      list.replaceChildren(...next.map(change => changeRow(change, opens && hasBoth(change))));
    },
  };
}

function hasBoth({before, after}: ChangeView): boolean {
  return before !== undefined && after !== undefined;
}

function changeRow(change: ChangeView, open: boolean): HTMLElement {
  const {object, change: kind, attributes} = change;
  const line: Child[] = [
    element('span', {class: 'sign', 'aria-hidden': 'true'}, signs[kind]),
    element('code', {class: 'object'}, object),
    element('span', {class: 'faint'}, changeWord(kind)),
    // What was added or removed has all of them.
    ...(kind === 'changed' ? attributes : []).map(attribute =>
      element('span', {class: 'attribute'}, attributeWords(attribute)),
    ),
  ];
  const row = (child: HTMLElement): HTMLElement => element('li', {class: `change change-${kind}`}, child);
  if (change.before === undefined && change.after === undefined)
    return row(element('p', {class: 'change-line'}, ...line));
  const summary = element('summary', {class: 'change-line'}, ...line);
  const details = element('details', {open}, summary);
  const show = (): void => {
    if (details.childElementCount === 1) details.append(sides(change));
  };
  // A thousand changes are a thousand lines; their texts are compared when somebody looks.
  if (open) show();
  details.addEventListener('toggle', show);
  return row(details);
}

function sides({object, before, after}: ChangeView): HTMLElement {
  if (before !== undefined && after !== undefined) {
    return diffView({before, after, label: object, beforeLabel: labels.before, afterLabel: labels.after});
  }
  return element('pre', {class: 'definition', tabindex: 0}, after ?? before);
}
