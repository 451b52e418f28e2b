import {createClient} from '../../src/protocol/channel.ts';
import {explainContract, type ExplainView} from '../../src/protocol/explain-panel.ts';
import {port} from '../channel.ts';
import {element, fill} from '../ui/element.ts';
import {announcer} from '../ui/announcer.ts';
import {keptChoices} from './choices.ts';
import {page} from './page.ts';
import type {Panel} from './panel.ts';
import * as words from './words.ts';

/** While a statement runs, what counts up is written this often, in milliseconds. */
const tickEvery = 100;

const main = document.querySelector('main');
let hostAhead = 0;
let shown = false;

const client = createClient(explainContract, {changed: ({view, now}) => show(view, now)}, port, problem =>
  console.warn('Howdah plan panel', problem),
);
const announce = announcer();
const panel: Panel = {
  client,
  now: () => Date.now() + hostAhead,
  say: text => announce.say(text),
  choices: keptChoices(),
};
const shownPage = page(panel);

function show(view: ExplainView, hostNow: number): void {
  hostAhead = hostNow - Date.now();
  if (!shown && main !== null) fill(main, shownPage.root, announce.root);
  shown = true;
  shownPage.update?.(view);
}

const answer = await client.request('ready', null);
if (answer.kind === 'result') {
  if (!shown) show(answer.value.view, answer.value.now);
} else if (main !== null) fill(main, element('p', {class: 'page'}, words.labels.channelBroken));

setInterval(() => shownPage.tick?.(), tickEvery);
