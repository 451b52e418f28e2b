import {menuButton} from '../ui/menu.ts';
import type {Panel} from './panel.ts';

type Format = 'markdown' | 'html' | 'json';
type To = 'editor' | 'file' | 'clipboard';

const items: readonly (readonly [text: string, format: Format, to: To])[] = [
  ['Open as Markdown', 'markdown', 'editor'],
  ['Save as Markdown…', 'markdown', 'file'],
  ['Save as HTML…', 'html', 'file'],
  ['Save as JSON…', 'json', 'file'],
  ['Copy as Markdown', 'markdown', 'clipboard'],
];

/** What is seen to take away. The host makes the texts: the command line makes the same ones. */
export function reportMenu(panel: Panel): HTMLElement {
  const report = (format: Format, to: To) => (): void => {
    void panel.client.request('report', {format, to}).then(({kind}) => {
      if (to === 'clipboard' && kind === 'result') panel.say('Copied.');
    });
  };
  return menuButton({
    label: 'Report',
    icon: 'export',
    items: items.map(([text, format, to]) => ({text, onChoose: report(format, to)})),
  });
}
