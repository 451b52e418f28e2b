import {element} from '../ui/element.ts';
import {setWords} from '../ui/live-text.ts';
import {moment} from './format.ts';
import {keyedList} from './keyed-list.ts';
import type {Panel, Part} from './panel.ts';

interface Entry {
  readonly key: string;
  readonly at: number;
  readonly text: string;
}

/** What happened while the panel watched, the newest first: why figures jumped. */
export function eventLog(panel: Panel): Part {
  const list = element('ul', {class: 'events'});
  const entries = keyedList<Entry>(
    list,
    ({key}) => key,
    () => {
      const time = element('span', {class: 'faint event-time'});
      const words = element('span', {});
      return {
        root: element('li', {}, time, words),
        show({at, text}) {
          setWords(time, moment(at, panel.now()));
          setWords(words, text);
        },
      };
    },
  );
  const root = element(
    'section',
    {class: 'block', 'aria-label': 'What happened'},
    element('h2', {}, 'What happened'),
    list,
  );
  return {
    root,
    update({events}) {
      root.hidden = events.length === 0;
      entries.show(events.map(({at, text}) => ({key: `${at} ${text}`, at, text})).toReversed());
    },
  };
}
