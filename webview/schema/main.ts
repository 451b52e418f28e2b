import {createClient} from '../../src/protocol/channel.ts';
import {schemaContract, type SchemaView} from '../../src/protocol/schema-panel.ts';
import {port, saveState} from '../channel.ts';
import {announcer} from '../ui/announcer.ts';
import {element, fill} from '../ui/element.ts';
import {page} from './page.ts';
import type {Panel} from './panel.ts';
import * as words from './words.ts';

/** While a comparison goes on, what counts up is written this often, in milliseconds. */
const tickEvery = 100;

const main = document.querySelector('main');
let hostAhead = 0;
let shown = false;

const client = createClient(schemaContract, {changed: ({view, now}) => show(view, now)}, port, problem =>
  console.warn('Howdah schema panel', problem),
);
const announce = announcer();
const panel: Panel = {
  client,
  now: () => Date.now() + hostAhead,
  say: text => announce.say(text),
};
const shownPage = page(panel);

function show(view: SchemaView, hostNow: number): void {
  hostAhead = hostNow - Date.now();
  if (!shown && main !== null) fill(main, shownPage.root, announce.root);
  shown = true;
  shownPage.update?.(view);
  if (view.phase.kind !== 'running') saveState(view);
}

const answer = await client.request('ready', null);
if (answer.kind === 'result') {
  if (!shown) show(answer.value.view, answer.value.now);
} else if (main !== null) fill(main, element('p', {class: 'page'}, words.labels.channelBroken));

setInterval(() => shownPage.tick?.(), tickEvery);
