import type {Client} from '../../src/protocol/channel.ts';
import type {RunContract, RunView} from '../../src/protocol/run-panel.ts';
import {element} from '../ui/element.ts';
import {announcer} from './announcer.ts';
import {confirmation, type Confirmation} from './confirmation.ts';
import {ended} from './ended.ts';
import {headline} from './headline.ts';
import {notices} from './notices.ts';
import type {Panel, Part} from './panel.ts';
import {planned} from './planned.ts';
import {rehearsed} from './rehearsed.ts';
import {running} from './running.ts';
import {stepList} from './step-list.ts';
import * as words from './words.ts';

export interface Page {
  readonly root: HTMLElement;
  update(view: RunView): void;
  tick(): void;
  focus(): void;
}

/** The page of one plan, from its confirmation to its report. */
export function page(client: Client<RunContract>, view: RunView, now: () => number): Page {
  if (view.plan === null) return emptyPage();
  const panel: Panel = {client, plan: view.plan, now};
  const head = headline(panel.plan);
  const files = stepList(panel);
  const messages = notices(panel.plan);
  const announce = announcer();
  const slot = element('div');
  const rehearsal = rehearsed(panel);
  const foot = element('footer');
  let shownKind: RunView['phase']['kind'] | undefined;
  let part: Part = {root: slot};
  let confirm: Confirmation | undefined;
  const focus = (): void => {
    if (!confirm?.focus()) head.focus();
  };
  const enter = (next: RunView): void => {
    const isMove = shownKind !== undefined;
    shownKind = next.phase.kind;
    part = situation(panel, next, files.reveal);
    confirm = shownKind === 'planned' ? confirmation(panel) : undefined;
    slot.replaceChildren(part.root);
    foot.replaceChildren(...(confirm === undefined ? [] : [rehearsal.root, confirm.root]));
    if (isMove) focus();
  };
  return {
    root: element(
      'div',
      {class: `page environment-${panel.plan.connection.environment}`},
      head.root,
      slot,
      files.root,
      messages.root,
      foot,
      announce.root,
    ),
    update(next) {
      head.update(next);
      if (next.phase.kind !== shownKind) enter(next);
      confirm?.update(next);
      for (const one of [part, files, messages, rehearsal, announce]) one.update?.(next);
    },
    tick() {
      part.tick?.();
      files.tick?.();
    },
    focus,
  };
}

function situation(panel: Panel, {phase}: RunView, reveal: (step: number) => void): Part {
  switch (phase.kind) {
    case 'planned':
      return planned(panel, reveal);
    case 'running':
      return running(panel);
    case 'ended':
    case 'refused':
    case 'lost':
      return {root: ended(panel, phase)};
    default:
      return phase satisfies never;
  }
}

/** Of a page that nothing is known about any more. */
function emptyPage(): Page {
  const head = headline(null);
  const text = element('p', {class: 'lead'}, words.lost['nothing-kept'].text);
  return {
    root: element('div', {class: 'page'}, head.root, text),
    update: view => head.update(view),
    tick: () => {},
    focus: () => head.focus(),
  };
}
