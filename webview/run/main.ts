import {createClient} from '../../src/protocol/channel.ts';
import {runContract, type RunView} from '../../src/protocol/run-panel.ts';
import {applyChange} from '../../src/protocol/run-state.ts';
import {port, saveState} from '../channel.ts';
import {element, fill} from '../ui/element.ts';
import {page, type Page} from './page.ts';
import * as words from './words.ts';

/** While a run goes on, what counts up is written this often, in milliseconds. */
const tickEvery = 100;

const main = document.querySelector('main');
let view: RunView | undefined;
let shown: Page | undefined;
let hostAhead = 0;

const client = createClient(
  runContract,
  {
    replaced: ({view, now}) => show(view, now),
    changed: changes => {
      // What comes before the first snapshot is part of it.
      if (view !== undefined) update(changes.reduce(applyChange, view));
    },
  },
  port,
  problem => console.warn('Howdah run panel', problem),
);

function show(next: RunView, hostNow: number): void {
  hostAhead = hostNow - Date.now();
  view = next;
  shown = page(client, next, () => Date.now() + hostAhead);
  if (main !== null) fill(main, shown.root);
  shown.update(next);
  shown.focus();
  saveState(next);
}

function update(next: RunView): void {
  const moved = next.phase.kind !== view?.phase.kind;
  view = next;
  shown?.update(next);
  // Between these a restored page could say no more than that the run was going on.
  if (moved) saveState(next);
}

const answer = await client.request('ready', null);
if (answer.kind === 'result') show(answer.value.view, answer.value.now);
else if (main !== null) fill(main, element('p', {}, words.labels.channelBroken));

setInterval(() => {
  if (view?.phase.kind === 'running') shown?.tick();
}, tickEvery);
