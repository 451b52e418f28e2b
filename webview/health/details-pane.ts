import {element} from '../ui/element.ts';
import {setContent, setWords} from '../ui/live-text.ts';

/** A name with its value; without a value it is left out. */
export type Fact = readonly [name: string, value: string | undefined];

export interface DetailsPane {
  readonly root: HTMLElement;
  readonly buttons: HTMLElement;
  /** @param code SQL that belongs to it, whole */
  show(title: string, facts: readonly Fact[], code?: string): void;
}

/** The selected row of a grid with everything that is known of it. */
export function detailsPane(label: string): DetailsPane {
  const title = element('h2', {});
  const facts = element('dl', {class: 'facts'});
  const code = element('code', {});
  const query = element('pre', {class: 'query', tabindex: 0, 'aria-label': 'SQL'}, code);
  const buttons = element('div', {class: 'actions'});
  const root = element(
    'section',
    {class: 'details', 'aria-label': label},
    element('div', {class: 'details-head'}, title, buttons),
    facts,
    query,
  );
  root.hidden = true;
  return {
    root,
    buttons,
    show(name, known, text = '') {
      setWords(title, name);
      const shown = known.filter(([, value]) => value !== undefined && value !== '');
      const rows = shown.map(([term, value]) =>
        element('div', {}, element('dt', {}, term), element('dd', {}, value)),
      );
      setContent(facts, rows);
      query.hidden = text === '';
      setWords(code, text);
    },
  };
}
