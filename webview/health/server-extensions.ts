import {enumerated} from '../../src/core/words.ts';
import {element} from '../ui/element.ts';
import {block, smallTable, worth} from './block.ts';
import {seen} from './model.ts';
import type {Panel, Part} from './panel.ts';

export function extensionsBlock(panel: Panel): Part {
  return block(panel, {
    title: 'Extensions',
    parts: ['extensions'],
    area: 'settings',
    content: ({reading}) => {
      const part = seen(reading, 'extensions');
      if (part === undefined) return [];
      const {rows, absent} = part;
      const table = smallTable(
        'Extensions',
        ['Extension', 'Schema', 'Installed', 'This server has'],
        rows.map(({name, schema, installed, available}) => [
          name,
          schema,
          installed,
          available === undefined
            ? worth('nothing any more', true)
            : worth(available, available !== installed),
        ]),
      );
      const wanted =
        absent.length > 0 &&
        element('p', {class: 'faint'}, `Not installed, and worth having: ${enumerated(absent)}.`);
      return wanted === false ? [table] : [table, wanted];
    },
  });
}
