import {createClient} from '../../src/protocol/channel.ts';
import {healthContract, type HealthView} from '../../src/protocol/health-panel.ts';
import {loadState, port, saveState} from '../channel.ts';
import {announcer} from '../ui/announcer.ts';
import {element, fill} from '../ui/element.ts';
import {choicesIn, type Choices} from './choices.ts';
import {applied} from './model.ts';
import {page} from './page.ts';
import type {Panel} from './panel.ts';
import {channelBroken} from './words.ts';

/** ms between two ticks of what counts up or down. */
const tickEvery = 500;

const main = document.querySelector('main');
let hostAhead = 0;
let view: HealthView | undefined;
let choices: Choices = choicesIn(loadState());

const client = createClient(
  healthContract,
  {
    changed: change => {
      // Before the first answer there is nothing to change: the answer has it all.
      if (view) show(applied(view, change), change.now);
    },
    show: place => shownPage.go(place),
  },
  port,
  problem => console.warn('Howdah health panel', problem),
);
const announce = announcer();
const panel: Panel = {
  client,
  now: () => Date.now() + hostAhead,
  say: text => announce.say(text),
  go: place => shownPage.go(place),
  get choices() {
    return choices;
  },
  choose(change) {
    choices = {...choices, ...change};
    keep();
  },
};
const shownPage = page(panel);

/** The connection is what the host finds the panel again by after a restart. */
function keep(): void {
  if (view) saveState({connection: {id: view.connection.id}, choices});
}

function show(next: HealthView, hostNow: number): void {
  hostAhead = hostNow - Date.now();
  const isFirst = view === undefined;
  const isOther = view?.connection !== next.connection;
  view = next;
  if (isFirst && main) fill(main, shownPage.root, announce.root);
  if (isOther) keep();
  shownPage.update(next);
}

const answer = await client.request('ready', null);
if (answer.kind === 'result') show(answer.value.view, answer.value.now);
else if (main) fill(main, element('p', {class: 'page'}, channelBroken));

setInterval(() => shownPage.tick(), tickEvery);
