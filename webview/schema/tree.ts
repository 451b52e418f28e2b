import {element} from '../ui/element.ts';
import {virtualRows} from '../ui/virtual-rows.ts';
import {differenceRow, type Row} from './model.ts';
import type {Store} from './store.ts';
import {treeKeys, type TreeActions} from './tree-keys.ts';
import {rowElement, rowHeight} from './tree-row.ts';
import {labels} from './words.ts';

export interface Tree {
  readonly root: HTMLElement;
  dispose(): void;
}

/**
 * Objects and their differences. However many they are, only those in sight are in the document.
 * Source of its keys: https://www.w3.org/WAI/ARIA/apg/patterns/treeview/
 */
export function tree(store: Store): Tree {
  const body = element('div', {class: 'rows', role: 'presentation'});
  const root = element(
    'div',
    {
      class: 'tree',
      role: 'tree',
      tabindex: 0,
      'aria-label': labels.differences,
      'aria-description': labels.choice,
    },
    body,
  );
  const rows = virtualRows({
    scroller: root,
    body,
    height: rowHeight,
    make: index => rowElement(store.now, index),
  });
  const actions = actionsOn(store);
  const placeOf = (id: string | undefined): number => store.now.rows.findIndex(row => row.id === id);
  const reveal = (): void => {
    const place = placeOf(store.now.active);
    if (place === -1) return root.removeAttribute('aria-activedescendant');
    rows.reveal(place);
    root.setAttribute('aria-activedescendant', `row-${place}`);
  };
  store.onChange((now, before) => {
    root.hidden = now.rows.length === 0;
    if (now.rows !== before.rows) rows.reset(now.rows.length);
    else if (now.active !== before.active || now.chosen !== before.chosen) rows.refresh();
    // While more is loading nobody is to be scrolled back.
    if (now.active !== before.active || now.folded !== before.folded || now.filter !== before.filter)
      reveal();
  });
  root.addEventListener('click', event => clicked(store, actions, event));
  root.addEventListener('keydown', treeKeys({store, actions, placeOf, pageSize: () => rows.pageSize()}));
  return {root, dispose: () => rows.dispose()};
}

function clicked(store: Store, actions: TreeActions, {target}: Event): void {
  if (!(target instanceof Element)) return;
  const place = target.closest<HTMLElement>('[data-place]')?.dataset['place'];
  const row = store.now.rows[Number(place)];
  if (place === undefined || row === undefined) return;
  if (target.closest('.tick') !== null) actions.choose(row);
  else if (row.kind === 'object' && target.closest('.twistie') !== null) actions.fold(row);
  else store.set({active: row.id});
}

function actionsOn(store: Store): TreeActions {
  return {
    choose: row => {
      const indexes = differencesOf(row).map(({index}) => index);
      const chosen = new Set(store.now.chosen);
      const all = indexes.every(index => chosen.has(index));
      for (const index of indexes) {
        if (all) chosen.delete(index);
        else chosen.add(index);
      }
      store.set({chosen, active: row.id});
    },
    fold: ({shown, id}) => {
      const {key} = shown.object;
      const folded = new Set(store.now.folded);
      if (!folded.delete(key)) folded.add(key);
      const inside = shown.differences.some(one => differenceRow(one) === store.now.active);
      store.set({folded, ...(inside ? {active: id} : {})});
    },
  };
}

function differencesOf(row: Row): Row['shown']['differences'] {
  return row.kind === 'object' ? row.shown.differences : [row.difference];
}
