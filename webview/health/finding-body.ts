import type {Action, HealthFinding} from '../../src/core/health/finding.ts';
import {button} from '../ui/controls.ts';
import {element, fill, type Child} from '../ui/element.ts';
import {setContent, setWords} from '../ui/live-text.ts';
import {sqlBox} from '../ui/sql-box.ts';
import {leadsOf} from './finding-leads.ts';
import {copy, type Panel} from './panel.ts';
import {actionWords} from './words.ts';

/** An action with its index among all of the finding's. */
export interface Offered {
  readonly action: Action;
  readonly index: number;
}

export interface FindingBody {
  readonly root: HTMLElement;
  show(finding: HealthFinding, actions: readonly Offered[]): void;
}

/** What a finding opens to: why it matters, what to do, what would be sent, and what it rests on. */
export function findingBody(panel: Panel, act: (action: number) => void): FindingBody {
  const why = element('p', {class: 'finding-why'});
  const fix = element('p', {class: 'finding-fix'});
  const evidence = element('ul', {class: 'finding-evidence'});
  const sql = element('div', {class: 'finding-sql'});
  const buttons = element('div', {class: 'actions'});
  let drawn = '';
  return {
    root: element('div', {class: 'finding-body'}, why, fix, sql, buttons, evidence),
    show(finding, actions) {
      setWords(why, finding.why);
      setWords(fix, finding.fix);
      setContent(
        evidence,
        finding.evidence.map(text => element('li', {}, text)),
      );
      evidence.hidden = finding.evidence.length === 0;
      const next = JSON.stringify([actions, finding.subject, finding.check]);
      if (next === drawn) return;
      drawn = next;
      fill(sql, ...actions.flatMap(({action}) => statementsOf(panel, action)));
      fill(buttons, ...buttonsOf(panel, finding, actions, act));
    },
  };
}

/** What an action would send, to be read before it is pressed. */
function statementsOf(panel: Panel, action: Action): readonly HTMLElement[] {
  if (action.kind === 'show-sql') return [sqlBox(action.sql, sql => copy(panel, sql))];
  if (action.kind !== 'migration') return [];
  return action.migrations.flatMap(({up, down}) => [
    sqlBox(up.trimEnd(), sql => copy(panel, sql)),
    element('p', {class: 'faint'}, 'Undone by'),
    sqlBox(down.trimEnd(), sql => copy(panel, sql)),
  ]);
}

function buttonsOf(
  panel: Panel,
  {subject, check}: HealthFinding,
  actions: readonly Offered[],
  act: (action: number) => void,
): readonly Child[] {
  const doing = actions.map(({action, index}, place) =>
    button(
      {kind: place === 0 ? 'primary' : 'secondary', onClick: () => act(index)},
      action.kind === 'show-sql' ? `Open in Editor: ${action.title}` : actionWords(action),
    ),
  );
  const about = (): void => void panel.client.request('openCheck', {check});
  return [
    ...doing,
    ...leadsOf(panel, subject).map(({text, go}) => button({kind: 'secondary', onClick: go}, text)),
    element('button', {type: 'button', class: 'link', on: {click: about}}, 'About This Check'),
  ];
}
