import type {PlanView} from '../../src/protocol/run-panel.ts';
import {element} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import type {Panel, Part} from './panel.ts';
import * as words from './words.ts';

/** How many warned files and skipped migrations are named before "and 12 more". */
const named = 6;

/** What to know before the run: versions, timeouts, and what needs a look. */
export function planned(panel: Panel, reveal: (step: number) => void): Part {
  return {
    root: element(
      'section',
      {class: 'situation'},
      facts(panel.plan),
      warned(panel.plan, reveal),
      skipped(panel),
      panel.plan.connection.readOnly &&
        element('p', {class: 'callout callout-bad'}, icon('lock'), words.labels.readOnly),
    ),
  };
}

function facts({from, to, timeouts}: PlanView): HTMLElement {
  const versions = element(
    'dd',
    {class: 'versions'},
    words.version(from),
    icon('arrow', '→'),
    words.version(to),
  );
  return element(
    'dl',
    {class: 'facts'},
    fact(words.labels.position, versions),
    ...(timeouts === undefined
      ? []
      : [
          fact(words.labels.lockTimeout, element('dd', {}, words.timeout(timeouts.lock))),
          fact(words.labels.statementTimeout, element('dd', {}, words.timeout(timeouts.statement))),
        ]),
  );
}

function fact(name: string, value: HTMLElement): HTMLElement {
  return element('div', {}, element('dt', {}, name), value);
}

/** The rows carry the warnings; this leads to them, for lists that do not fit on a screen. */
function warned({steps}: PlanView, reveal: (step: number) => void): HTMLElement | undefined {
  const found = steps.flatMap(({warnings, label}, step) => (warnings.length > 0 ? [{label, step}] : []));
  if (found.length === 0) return undefined;
  const links = found.slice(0, named).map(({label, step}) => link(label, () => reveal(step)));
  return callout(words.warningSummary(found.length), links, found.length);
}

function skipped({plan, client}: Panel): HTMLElement | undefined {
  if (plan.skipped.length === 0) return undefined;
  const links = plan.skipped.slice(0, named).map(({label, title, hasFile}, index) => {
    const text = `${label} ${title}`;
    if (!hasFile) return element('span', {}, text);
    return link(text, () => void client.request('open', {kind: 'skipped', index}));
  });
  return callout(words.skippedTitle(plan.skipped.length), links, plan.skipped.length);
}

function callout(text: string, links: readonly HTMLElement[], count: number): HTMLElement {
  const items = links.map(one => element('li', {}, one));
  const more = count > links.length && element('li', {}, words.andMore(count - links.length));
  return element(
    'div',
    {class: 'callout callout-warning'},
    icon('warning'),
    element('div', {}, element('span', {}, text), element('ul', {class: 'inline'}, ...items, more)),
  );
}

function link(text: string, click: () => void): HTMLElement {
  return element('button', {type: 'button', class: 'link', on: {click}}, text);
}
