import type {SessionRow} from '../../src/core/health/parts/sessions.ts';
import {setText, textField} from '../ui/controls.ts';
import {element} from '../ui/element.ts';
import {setWords} from '../ui/live-text.ts';

export interface SessionFilter {
  readonly root: HTMLElement;
  passes(row: SessionRow): boolean;
  /** Counts what each choice would show. */
  show(rows: readonly SessionRow[]): void;
  /** Shows all again. */
  reset(): void;
}

const choices = [
  {id: 'clients', text: 'Clients', passes: (row: SessionRow) => isClient(row)},
  {id: 'active', text: 'Active', passes: (row: SessionRow) => isClient(row) && row.state === 'active'},
  {id: 'waiting', text: 'Waiting', passes: ({blockedBy}: SessionRow) => blockedBy.length > 0},
  {
    id: 'idle-in-transaction',
    text: 'Idle in transaction',
    passes: ({state}: SessionRow) => state?.startsWith('idle in transaction') === true,
  },
  {id: 'idle', text: 'Idle', passes: (row: SessionRow) => isClient(row) && row.state === 'idle'},
  {id: 'server', text: 'Server', passes: (row: SessionRow) => !isClient(row)},
  {id: 'all', text: 'All', passes: () => true},
] as const;

/** Which sessions are shown: by what they do, and by text. */
export function sessionFilter(changed: () => void): SessionFilter {
  let chosen: (typeof choices)[number]['id'] = 'clients';
  let text = '';
  const buttons = choices.map(choice => {
    const number = element('span', {class: 'number'});
    const click = (): void => {
      chosen = choice.id;
      changed();
    };
    const root = element('button', {type: 'button', class: 'tool chip', on: {click}}, choice.text, number);
    return {choice, number, root};
  });
  const look = (next: string): void => {
    text = next.trim().toLowerCase();
    changed();
  };
  const field = textField({
    label: 'Filter sessions',
    description: 'Shows only sessions whose user, application, client, query or PID contains this text.',
    placeholder: 'Filter',
    onInput: look,
    onEnter: look,
  });
  field.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    setText(field, '');
    look('');
  });
  const group = {class: 'chips', role: 'group', 'aria-label': 'Which sessions'};
  return {
    root: element(
      'span',
      {class: 'filters'},
      element('span', group, ...buttons.map(({root}) => root)),
      element('span', {class: 'search', role: 'search'}, field),
    ),
    passes: row => choices.find(({id}) => id === chosen)?.passes(row) === true && contains(row, text),
    show(rows) {
      for (const {choice, number, root} of buttons) {
        setWords(number, String(rows.filter(row => choice.passes(row)).length));
        root.setAttribute('aria-pressed', String(choice.id === chosen));
      }
    },
    reset() {
      chosen = 'all';
      text = '';
      setText(field, '');
    },
  };
}

function isClient({kind}: SessionRow): boolean {
  return kind === 'client backend';
}

function contains({pid, user, application, client, query, database}: SessionRow, text: string): boolean {
  if (text === '') return true;
  return [String(pid), user, application, client, query, database].some(
    value => value?.toLowerCase().includes(text) === true,
  );
}
