import {createClient} from '../../src/protocol/channel.ts';
import {rolloutContract, type RolloutView} from '../../src/protocol/rollout-panel.ts';
import {applyRolloutChange} from '../../src/protocol/rollout-state.ts';
import {port, saveState} from '../channel.ts';
import {announcer} from '../ui/announcer.ts';
import {element, fill} from '../ui/element.ts';
import {page} from './page.ts';
import {labels} from './words.ts';

/** While a rollout goes on, what counts up is written this often, in milliseconds. */
const tickEvery = 100;

const main = document.querySelector('main');
let view: RolloutView | undefined;
let hostAhead = 0;

const client = createClient(
  rolloutContract,
  {
    changed: changes => {
      // What comes before the first snapshot is part of it.
      if (view !== undefined) show(changes.reduce(applyRolloutChange, view));
    },
  },
  port,
  problem => console.warn('Howdah rollout panel', problem),
);
const announce = announcer();
const shown = page({client, now: () => Date.now() + hostAhead, say: text => announce.say(text)});

function show(next: RolloutView): void {
  view = next;
  shown.update(next);
}

const answer = await client.request('ready', null);
if (answer.kind === 'result') {
  hostAhead = answer.value.now - Date.now();
  if (main !== null) fill(main, shown.root, announce.root);
  show(answer.value.view);
  saveState({key: answer.value.view.key});
} else if (main !== null) fill(main, element('p', {}, labels.channelBroken));

setInterval(() => {
  if (view?.phase.kind === 'running') shown.tick?.();
}, tickEvery);
