import type {ComparedPhase} from '../../src/protocol/schema-panel.ts';
import {menuButton} from '../ui/menu.ts';
import type {Listing, Store} from './store.ts';
import type {Panel} from './panel.ts';
import {writeItems} from './words.ts';

type How = keyof typeof writeItems;

const order = ['change-live', 'describe-live', 'script'] as const satisfies readonly How[];

/** Writes a migration about what is chosen, or else about all that is shown. */
export function writeMenu({client}: Panel, {id}: ComparedPhase, store: Store, label: string): HTMLElement {
  return menuButton({
    label,
    icon: 'plus',
    items: order.map(how => ({
      text: writeItems[how],
      onChoose: () => void client.request('write', {id, how, differences: subject(store.now)}),
    })),
  });
}

function subject({chosen, shown, objects, complete}: Listing): readonly number[] | null {
  if (chosen.size > 0) return [...chosen];
  const indexes = shown.flatMap(({differences}) => differences.map(({index}) => index));
  const all = objects.reduce((sum, {differences}) => sum + differences.length, 0);
  return complete && indexes.length === all ? null : indexes;
}
