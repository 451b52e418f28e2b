import type {SessionRow} from '../../src/core/health/parts/sessions.ts';
import {element} from '../ui/element.ts';
import {setWords} from '../ui/live-text.ts';
import {keyedList} from './keyed-list.ts';

export interface SessionApplications {
  readonly root: HTMLElement;
  passes(row: SessionRow): boolean;
  /** Counts the sessions of each application. */
  show(rows: readonly SessionRow[]): void;
  reset(): void;
}

interface Application {
  readonly name: string;
  readonly count: number;
  readonly chosen: boolean;
}

/** More of them are no overview; the filter finds the others. */
const most = 6;

/** How many sessions each application has; a click shows those of one only. */
export function sessionApplications(changed: () => void): SessionApplications {
  let chosen: string | undefined;
  const list = element('span', {class: 'chips', role: 'group', 'aria-label': 'Applications'});
  const chips = keyedList<Application>(
    list,
    ({name}) => name,
    first => {
      const number = element('span', {class: 'number'});
      const click = (): void => {
        chosen = chosen === first.name ? undefined : first.name;
        changed();
      };
      const root = element(
        'button',
        {type: 'button', class: 'tool chip application', on: {click}},
        element('span', {}, first.name === '' ? 'unnamed' : first.name),
        number,
      );
      return {
        root,
        show({count, chosen}) {
          setWords(number, String(count));
          root.setAttribute('aria-pressed', String(chosen));
        },
      };
    },
  );
  const root = element(
    'div',
    {class: 'applications'},
    element('span', {class: 'faint'}, 'Applications'),
    list,
  );
  return {
    root,
    passes: ({application}) => chosen === undefined || application === chosen,
    show(rows) {
      const counts = new Map<string, number>();
      for (const {application} of rows) counts.set(application, (counts.get(application) ?? 0) + 1);
      const largest = [...counts]
        .toSorted(([a, x], [b, y]) => y - x || a.localeCompare(b, 'en'))
        .slice(0, most);
      // What is chosen can be taken back, even when its last session is gone.
      const gone = chosen !== undefined && !largest.some(([name]) => name === chosen);
      const shown =
        gone && chosen !== undefined ? [...largest, [chosen, counts.get(chosen) ?? 0] as const] : largest;
      root.hidden = shown.length < 2 && chosen === undefined;
      chips.show(shown.map(([name, count]) => ({name, count, chosen: name === chosen})));
    },
    reset() {
      chosen = undefined;
    },
  };
}
