import type {RehearsalView} from '../../src/protocol/rehearsal-view.ts';
import {button} from '../ui/controls.ts';
import {element, fill} from '../ui/element.ts';
import {menuButton, type MenuItem} from '../ui/menu.ts';
import type {Panel, Part} from './panel.ts';
import {labels} from './words.ts';

type Where = RehearsalView['about']['where'];

const places: readonly (readonly [Where, string])[] = [
  ['embedded', labels.onEmbedded],
  ['scratch', labels.onScratch],
  ['server', labels.onServer],
];

/** What can be done with a report. */
export function toolbar(panel: Panel): Part {
  const root = element('div', {class: 'actions toolbar'});
  let key = '';
  return {
    root,
    update(view) {
      const {phase, about, steps} = view;
      root.hidden = phase.kind === 'running';
      const canApply =
        phase.kind === 'ended' && steps.length > 0 && steps.every(({state}) => state === 'passes');
      // A history that does not run has better ways out below.
      const isSecond = canApply || phase.kind === 'stopped';
      const next = JSON.stringify([phase.kind, about.where, canApply]);
      // The menus keep their place while figures come in.
      if (next === key) return;
      key = next;
      fill(
        root,
        canApply && button({kind: 'primary', onClick: () => ask(panel, 'apply')}, labels.apply),
        button({kind: isSecond ? 'secondary' : 'primary', onClick: () => ask(panel, 'again')}, labels.again),
        menuButton({label: labels.elsewhere, icon: 'play', items: elsewhere(panel, about.where)}),
        phase.kind === 'ended' && menuButton({label: labels.export, icon: 'export', items: exports(panel)}),
      );
    },
  };
}

function ask({client}: Panel, what: 'apply' | 'again'): void {
  void client.request(what, null);
}

function elsewhere({client}: Panel, here: Where): readonly MenuItem[] {
  return places
    .filter(([where]) => where !== here)
    .map(([where, text]) => ({text, onChoose: () => void client.request('rehearseOn', {where})}));
}

function exports(panel: Panel): readonly MenuItem[] {
  const {client} = panel;
  const copy = async (): Promise<void> => {
    const answer = await client.request('copy', null);
    panel.say(answer.kind === 'result' ? labels.copied : labels.channelBroken);
  };
  return [
    {text: labels.copyMarkdown, icon: 'copy', onChoose: () => void copy()},
    {text: labels.saveMarkdown, onChoose: () => void client.request('save', {kind: 'markdown'})},
    {text: labels.saveJson, onChoose: () => void client.request('save', {kind: 'json'})},
  ];
}
