import {markdownTable} from 'markdown-table';
import type {RolloutView} from '../../src/protocol/rollout-panel.ts';
import * as words from './words.ts';

/** @returns the table as Markdown, for a pull request or a chat */
export function markdownOf(view: RolloutView): string {
  const over = words.isOver(view);
  const rows = view.targets.map(target => [
    target.name,
    target.environment,
    target.address,
    words.versions(target),
    words.pending(target),
    words.stateWords(target, over),
  ]);
  const head = ['Target', 'Environment', 'Address', 'Version', 'Pending', 'State'];
  return `${words.title(view)}\n\n${markdownTable([head, ...rows.map(row => row.map(inCell))])}\n`;
}

function inCell(text: string): string {
  return text.replaceAll(/[\\|`*_<>[\]]/g, String.raw`\$&`).replaceAll(/\s*\n\s*/g, ' ');
}
