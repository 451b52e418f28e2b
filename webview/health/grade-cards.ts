import type {Grade} from '../../src/core/health/grade.ts';
import {counted} from '../../src/core/words.ts';
import {element} from '../ui/element.ts';
import {setWords} from '../ui/live-text.ts';
import {keyedList, type KeyedItem} from './keyed-list.ts';
import type {Panel, Part} from './panel.ts';
import {areaNames, gradeWords} from './words.ts';

/** A grade and how much was found in its area. */
interface Card extends Grade {
  readonly found: number;
}

/** A card for each area, which leads to what was found in it. */
export function gradeCards(panel: Panel): Part {
  const root = element('ul', {class: 'grades', 'aria-label': 'Grades'});
  const list = keyedList<Card>(
    root,
    ({area}) => area,
    card => cardOf(panel, card),
  );
  return {
    root,
    update({grades, findings}) {
      const found = (area: string): number => findings.filter(finding => finding.area === area).length;
      list.show(grades.map(grade => ({...grade, found: found(grade.area)})));
      root.hidden = grades.length === 0;
    },
  };
}

function cardOf(panel: Panel, {area}: Card): KeyedItem<Card> {
  const letter = element('span', {class: 'grade-letter', 'aria-hidden': 'true'});
  const word = element('span', {class: 'grade-word'});
  const reason = element('span', {class: 'grade-reason'});
  const button = element(
    'button',
    {type: 'button', class: 'grade', on: {click: () => panel.go({kind: 'area', area})}},
    letter,
    element('span', {class: 'grade-title'}, element('strong', {}, areaNames[area]), word),
    reason,
  );
  return {
    root: element('li', {}, button),
    show({grade, reason: why, found}) {
      button.className = `grade grade-${grade ?? 'none'}`;
      const name = grade === undefined ? 'Not seen' : gradeWords[grade];
      setWords(letter, grade ?? '–');
      setWords(word, name);
      setWords(reason, why);
      button.title = why;
      const said = `${areaNames[area]}: ${grade === undefined ? '' : `grade ${grade}, `}${name}. ${why}`;
      button.setAttribute('aria-label', found === 0 ? said : `${said} Show ${counted(found, 'finding')}.`);
      button.toggleAttribute('disabled', found === 0);
    },
  };
}
