import {counted} from '../../src/core/words.ts';
import type {HealthView} from '../../src/protocol/health-panel.ts';
import {element} from '../ui/element.ts';
import {setWords} from '../ui/live-text.ts';
import {keyedList} from './keyed-list.ts';
import type {Part} from './panel.ts';

type Unseen = HealthView['unseen'][number];

/** Checks that could not look, with what would let them. */
export function unseenView(): Part {
  const summary = element('summary', {});
  const list = element('ul', {class: 'unseen'});
  const entries = keyedList<Unseen>(
    list,
    ({title}) => title,
    ({title}) => {
      const why = element('span', {});
      const advice = element('p', {class: 'faint'});
      return {
        root: element('li', {}, element('strong', {}, title), ' ', why, advice),
        show(one) {
          setWords(why, one.why);
          setWords(advice, one.advice ?? '');
          advice.hidden = one.advice === undefined;
        },
      };
    },
  );
  const root = element('details', {class: 'block unseen-box'}, summary, list);
  return {
    root,
    update({unseen}) {
      root.hidden = unseen.length === 0;
      setWords(summary, `${counted(unseen.length, 'check')} could not look`);
      entries.show(unseen);
    },
  };
}
