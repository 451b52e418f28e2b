import {formatBytes} from '../../src/core/catalog/format.ts';
import type {Action, HealthFinding} from '../../src/core/health/finding.ts';
import {button} from '../ui/controls.ts';
import {element, type Child} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import type {Panel} from './panel.ts';
import {severityIcons} from '../ui/severity-icons.ts';
import {sqlBox} from '../ui/sql-box.ts';
import {labels, severityNames} from './words.ts';

export interface FindingCardOptions {
  readonly panel: Panel;
  /** Place of the finding in the view. */
  readonly place: number;
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
  /** Shows the index in the list. */
  readonly onReveal: (oid: number) => void;
}

let made = 0;

/** One finding: a line, and once it is opened everything that it rests on and what can be done. */
export function findingCard(finding: HealthFinding, options: FindingCardOptions): HTMLElement {
  made += 1;
  const id = `finding-${made}`;
  const body = element('div', {id, class: 'finding-body', role: 'region', 'aria-label': finding.what});
  const {severity, what, bytes} = finding;
  const head = element(
    'button',
    {type: 'button', class: 'disclosure finding-head', 'aria-controls': id},
    icon('chevron'),
    element(
      'span',
      {class: `sign severity-${severity}`},
      icon(severityIcons[severity], severityNames[severity]),
    ),
    element('span', {class: 'finding-what'}, what),
    bytes !== undefined && bytes > 0 && element('span', {class: 'finding-bytes'}, formatBytes(bytes)),
  );
  let open = options.open;
  const show = (): void => {
    head.setAttribute('aria-expanded', String(open));
    body.hidden = !open;
    if (open && body.childElementCount === 0) body.append(...content(finding, options));
  };
  head.addEventListener('click', () => {
    open = !open;
    show();
    options.onToggle(open);
  });
  show();
  return element('li', {class: 'finding'}, head, body);
}

function content(finding: HealthFinding, options: FindingCardOptions): readonly HTMLElement[] {
  const {why, fix, evidence, actions} = finding;
  return [
    element('p', {}, why),
    element('p', {class: 'finding-fix'}, fix),
    ...(evidence.length === 0
      ? []
      : [
          element(
            'ul',
            {class: 'evidence', 'aria-label': labels.evidence},
            ...evidence.map(line => element('li', {}, line)),
          ),
        ]),
    ...actions.flatMap(action => statements(action, options.panel)),
    buttons(finding, options),
  ];
}

/** What an action would send, to be read before it is pressed. */
function statements(action: Action, panel: Panel): readonly HTMLElement[] {
  const copy = (content: string): void => {
    void panel.client.request('copy', {content});
    panel.say(labels.copied);
  };
  if (action.kind === 'show-sql') return [sqlBox(action.sql, copy)];
  if (action.kind !== 'migration') return [];
  return action.migrations.map(({up, down}) =>
    element(
      'div',
      {class: 'ddl'},
      sqlBox(up.trimEnd(), copy),
      element('p', {class: 'faint ddl-label'}, labels.undo),
      sqlBox(down.trimEnd(), copy),
    ),
  );
}

function buttons({actions, check}: HealthFinding, options: FindingCardOptions): HTMLElement {
  const {panel, place, onReveal} = options;
  const {client, store} = panel;
  const index = store.now.found.indexOf.get(place);
  const shownInTree = index ?? store.now.found.tableOf.get(place);
  const why = (): void => void client.request('openCheck', {check});
  const [first] = actions.flatMap((action, at) => (textOf(action, panel) === undefined ? [] : [at]));
  return element(
    'div',
    {class: 'actions'},
    ...actions.map((action, at): Child => {
      const text = textOf(action, panel);
      if (text === undefined) return undefined;
      const go = (): void =>
        void client.request('act', {generation: panel.generation(), finding: place, action: at});
      const made = button({kind: at === first ? 'primary' : 'secondary', onClick: go}, text);
      if ('title' in action) made.title = action.title;
      return made;
    }),
    index !== undefined && button({kind: 'secondary', onClick: () => onReveal(index)}, labels.showInList),
    shownInTree !== undefined &&
      button(
        {
          kind: 'secondary',
          onClick: () => void client.request('reveal', {generation: panel.generation(), oid: shownInTree}),
        },
        labels.reveal,
      ),
    element('button', {type: 'button', class: 'link', title: labels.whyHint, on: {click: why}}, labels.why),
  );
}

const commands = {
  vacuum: 'Vacuum',
  'vacuum-freeze': 'Freeze',
  analyze: 'Analyze',
  reindex: 'Rebuild',
  'reindex-table': 'Rebuild All Indexes',
  checkpoint: 'Checkpoint',
} as const;

/** @returns what the button says; undefined where there is nothing to press */
function textOf(action: Action, panel: Panel): string | undefined {
  switch (action.kind) {
    case 'migration':
      return action.migrations.length > 1
        ? `Write ${action.migrations.length} Migrations`
        : labels.writeMigration;
    case 'maintain':
      return panel.readOnly() ? undefined : commands[action.command];
    case 'show-sql':
      return action.title;
    case 'show-indexes':
      return labels.showIndexes;
    case 'show-session':
    case 'explain':
      return undefined;
    default:
      return action satisfies never;
  }
}
