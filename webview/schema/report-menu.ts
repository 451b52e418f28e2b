import type {ComparedPhase} from '../../src/protocol/schema-panel.ts';
import {menuButton} from '../ui/menu.ts';
import type {Panel} from './panel.ts';
import {labels, reportItems} from './words.ts';

/** The comparison to take away. The host makes the texts: the command line makes the same ones. */
export function reportMenu(panel: Panel, {id}: ComparedPhase): HTMLElement {
  const report = (format: 'markdown' | 'json', to: 'file' | 'clipboard') => (): void => {
    void panel.client.request('report', {id, format, to}).then(answer => {
      if (to === 'clipboard') panel.say(answer.kind === 'result' ? labels.copied : labels.channelBroken);
    });
  };
  return menuButton({
    label: labels.report,
    icon: 'export',
    items: [
      {text: reportItems.markdownFile, onChoose: report('markdown', 'file')},
      {text: reportItems.jsonFile, onChoose: report('json', 'file')},
      {text: reportItems.markdownCopy, onChoose: report('markdown', 'clipboard')},
      {text: reportItems.jsonCopy, onChoose: report('json', 'clipboard')},
    ],
  });
}
