import type {HealthView} from '../../src/protocol/health-panel.ts';
import {element} from '../ui/element.ts';
import type {Panel} from './panel.ts';
import type {Section} from './sections.ts';
import {databasesBlock} from './server-databases.ts';
import {replicationBlock} from './server-replication.ts';
import {securityBlock} from './server-security.ts';
import {sequencesBlock} from './server-sequences.ts';
import {settingsBlock} from './server-settings.ts';
import {writingBlock} from './server-writing.ts';
import {extensionsBlock} from './server-extensions.ts';

/** What belongs to the whole server. */
export function server(panel: Panel): Section {
  const settings = settingsBlock(panel);
  const blocks = [
    writingBlock(panel),
    replicationBlock(panel),
    databasesBlock(panel),
    sequencesBlock(panel),
    settings,
    securityBlock(panel),
    extensionsBlock(panel),
  ];
  return {
    root: element('div', {class: 'server scrolling', tabindex: -1}, ...blocks.map(({root}) => root)),
    update(view: HealthView) {
      for (const block of blocks) block.update(view);
    },
    go(place) {
      if (place.kind === 'setting') settings.go(place.name);
    },
  };
}
