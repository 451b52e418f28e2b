import {createClient} from '../../src/protocol/channel.ts';
import {indexContract, type IndexSample, type IndexView} from '../../src/protocol/index-panel.ts';
import {loadState, port, saveState} from '../channel.ts';
import {present} from '../present.ts';
import {announcer} from '../ui/announcer.ts';
import {element, fill} from '../ui/element.ts';
import {choicesIn, filterIn} from './choices.ts';
import {page} from './page.ts';
import {placeFindings} from './model.ts';
import type {Panel} from './panel.ts';
import {fetchRows} from './rows.ts';
import {noSeries, recordSeries, type SeriesRecorder} from './series.ts';
import {createStore} from './store.ts';
import {labels} from './words.ts';

/** How often what counts up is written, in milliseconds. */
const tickEvery = 250;

const main = document.querySelector('main');
const store = createStore(filterIn(loadState()));
let hostAhead = 0;
let view: IndexView | undefined;
let choices = choicesIn(loadState());
let recorder: SeriesRecorder | undefined;
/** Samples that came before the rows that they are of. */
let early: readonly IndexSample[] = [];
let fetched = 0;
let endFetch = (): void => {};

const client = createClient(
  indexContract,
  {
    changed: changed => {
      if (view) show({...view, ...present(changed.view)}, changed.now);
    },
    sampled: sample => take(sample),
  },
  port,
  problem => console.warn('Howdah index panel', problem),
);
const announce = announcer();
const panel: Panel = {
  client,
  store,
  generation: () => fetched,
  readOnly: () => view?.connection.readOnly === true,
  now: () => Date.now() + hostAhead,
  say: text => announce.say(text),
};
const shownPage = page(panel, {
  choices,
  remember: change => {
    choices = {...choices, ...change};
    keep();
  },
});

function keep(): void {
  if (view) saveState({connectionId: view.connection.id, choices, filter: store.now.filter});
}

/** Shows what the panel was opened for, once its rows are there. */
function point(): void {
  const {complete, tables} = store.now;
  if (!view?.wanted || !complete || !tables.has(view.wanted.table)) return;
  const {wanted} = view;
  view = {...view, wanted: null};
  shownPage.showTable(wanted);
  void client.request('shown', null);
}

function show(next: IndexView, hostNow: number): void {
  hostAhead = hostNow - Date.now();
  if (!view && main !== null) fill(main, shownPage.root, announce.root);
  const findingsChanged = next.findings !== view?.findings;
  view = next;
  if (next.last && next.generation !== fetched) fetch(next.generation, next.last.at);
  if (findingsChanged) {
    const {rows, tables} = store.now;
    store.set({findings: next.findings, found: placeFindings(next.findings, rows, tables.values())});
  }
  shownPage.update?.(next);
  keep();
  point();
}

function fetch(generation: number, at: number): void {
  endFetch();
  fetched = generation;
  early = early.filter(sample => sample.generation === generation);
  recorder = undefined;
  store.set({complete: store.now.rows.length > 0, series: noSeries});
  endFetch = fetchRows(panel, generation, rows => {
    recorder = recordSeries(rows, at);
    for (const sample of early) store.set({series: recorder.add(sample)});
  });
}

function take(sample: IndexSample): void {
  early = [...early, sample].slice(-60);
  if (recorder && sample.generation === fetched) store.set({series: recorder.add(sample)});
  if (view) shownPage.update?.(view);
}

store.onChange((now, before) => {
  if (now.filter !== before.filter) keep();
  if (now.complete && now.rows !== before.rows) point();
});

const answer = await client.request('ready', null);
if (answer.kind === 'result') {
  const {samples, now} = answer.value;
  early = [...samples, ...early];
  show(answer.value.view, now);
} else if (main !== null) fill(main, element('p', {class: 'page'}, labels.channelBroken));

setInterval(() => shownPage.tick?.(), tickEvery);
