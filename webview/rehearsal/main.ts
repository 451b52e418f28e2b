import {createClient} from '../../src/protocol/channel.ts';
import {rehearsalContract} from '../../src/protocol/rehearsal-panel.ts';
import {applyChange, keptView} from '../../src/protocol/rehearsal-state.ts';
import type {RehearsalView} from '../../src/protocol/rehearsal-view.ts';
import {port, saveState} from '../channel.ts';
import {element, fill} from '../ui/element.ts';
import {announcer} from './announcer.ts';
import {page, type Page} from './page.ts';
import type {Panel} from './panel.ts';
import * as words from './words.ts';

/** While something runs, what counts up is written this often, in milliseconds. */
const tickEvery = 100;

const main = document.querySelector('main');
let view: RehearsalView | undefined;
let shown: Page | undefined;
let hostAhead = 0;

const client = createClient(
  rehearsalContract,
  {
    replaced: ({view, now}) => show(view, now),
    changed: changes => {
      // What comes before the first snapshot is part of it.
      if (view !== undefined) update(changes.reduce(applyChange, view));
    },
  },
  port,
  problem => console.warn('Howdah rehearsal panel', problem),
);
const announce = announcer();
const panel: Panel = {client, now: () => Date.now() + hostAhead, say: text => announce.say(text)};

function show(next: RehearsalView, hostNow: number): void {
  hostAhead = hostNow - Date.now();
  view = next;
  shown = page(panel);
  if (main !== null) fill(main, shown.root, announce.root);
  shown.update(next);
  shown.focus();
  saveState(keptView(next));
}

function update(next: RehearsalView): void {
  const moved = next.phase.kind !== view?.phase.kind;
  const isKept = next.phase.kind !== 'running';
  view = next;
  shown?.update(next);
  announce.update(next);
  if (moved) shown?.focus();
  // Between these a restored page could say no more than that the rehearsal was going on.
  if (moved || isKept) saveState(keptView(next));
}

const answer = await client.request('ready', null);
if (answer.kind === 'result') show(answer.value.view, answer.value.now);
else if (main !== null) fill(main, element('p', {class: 'page'}, words.labels.channelBroken));

setInterval(() => {
  if (view?.phase.kind === 'running') shown?.tick?.();
}, tickEvery);
