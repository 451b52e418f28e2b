import type {TargetView} from '../../src/protocol/rollout-panel.ts';
import type {IconName} from '../ui/icon.ts';
import type {Panel} from './panel.ts';
import {labels} from './words.ts';

export interface RowAction {
  readonly text: string;
  readonly icon: IconName;
  readonly go: () => void;
}

/** What can be done about one target; the first is what Enter does. */
export function rowActions({client}: Panel, {id, state}: TargetView): readonly RowAction[] {
  const failed = state.kind === 'failed' ? state : undefined;
  const marked = (state.kind === 'failed' || state.kind === 'refused') && state.marked;
  return [
    failed?.file !== undefined && {
      text: labels.open,
      icon: 'open-file' as const,
      go: () => void client.request('open', {id}),
    },
    marked && {text: labels.repair, icon: 'key' as const, go: () => void client.request('repair', {id})},
    state.kind === 'waiting' && {
      text: labels.showSql,
      icon: 'code' as const,
      go: () => void client.request('showSql', {id}),
    },
  ].filter(action => action !== false);
}
