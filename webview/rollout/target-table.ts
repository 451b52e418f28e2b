import type {RolloutView, TargetView} from '../../src/protocol/rollout-panel.ts';
import {element, type Child} from '../ui/element.ts';
import {environmentSign} from '../ui/environment.ts';
import {grid, type GridColumn} from '../ui/grid.ts';
import {icon, type IconName} from '../ui/icon.ts';
import type {MenuItem} from '../ui/menu.ts';
import type {Panel, Part} from './panel.ts';
import {rowActions} from './row-actions.ts';
import * as words from './words.ts';

export interface TargetTable extends Part {
  select(id: string): void;
}

/** Where there is hardly room, where a target is yields to how it fares; the address is in the name's tooltip. */
const narrow = matchMedia('(max-width: 940px)');
const narrower = matchMedia('(max-width: 640px)');

/** @param onSelect told of the row that is looked at */
export function targetTable(panel: Panel, onSelect: (id: string | undefined) => void): TargetTable {
  let view: RolloutView | undefined;
  const hidden = (): ReadonlySet<string> =>
    new Set([
      ...(narrow.matches ? ['address'] : []),
      ...(narrower.matches ? ['environment', 'pending'] : []),
    ]);
  const rows = grid<TargetView>({
    label: words.labels.targets,
    columns: columns(() => view),
    hidden: hidden(),
    key: ({id}) => id,
    name: ({name}) => name,
    empty: '',
    look: ({state}) => `target-${state.kind}`,
    actions: target =>
      rowActions(panel, target).map(({text, icon: name, go}): MenuItem => ({text, icon: name, onChoose: go})),
    onSelect: target => onSelect(target?.id),
    onOpen: target => rowActions(panel, target)[0]?.go(),
  });
  for (const media of [narrow, narrower]) media.addEventListener('change', () => rows.setHidden(hidden()));
  return {
    root: rows.root,
    update(next) {
      const before = view;
      view = next;
      if (before?.targets === next.targets) rows.refresh();
      else rows.setRows(next.targets);
    },
    select: id => void rows.select(id),
  };
}

function columns(view: () => RolloutView | undefined): readonly GridColumn<TargetView>[] {
  const over = (): boolean => {
    const now = view();
    return now !== undefined && words.isOver(now);
  };
  return [
    {
      id: 'name',
      label: 'Target',
      width: 150,
      grow: true,
      value: ({name}) => name,
      cell: ({name}) => name,
      title: ({name, address}) => `${name} (${address})`,
    },
    {
      id: 'environment',
      label: 'Environment',
      width: 136,
      value: ({environment}) => environment,
      cell: ({environment}) => environmentSign(environment),
    },
    {
      id: 'address',
      label: 'Address',
      width: 150,
      grow: true,
      value: ({address}) => address,
      cell: ({address}) => element('span', {class: 'address'}, address),
      title: ({address}) => address,
    },
    {
      id: 'versions',
      label: 'At → To',
      width: 150,
      grow: true,
      value: target => words.versions(target),
      cell: target => element('span', {class: 'versions'}, words.versions(target)),
      title: target => words.versions(target),
    },
    {
      id: 'pending',
      label: 'Pending',
      width: 72,
      align: 'end',
      value: target => Number(words.pending(target)),
      cell: target => words.pending(target),
    },
    {
      id: 'state',
      label: 'State',
      width: 220,
      grow: true,
      value: target => words.stateWords(target, over()),
      cell: target => [
        stateIcon(target),
        element('span', {class: 'state'}, words.stateWords(target, over())),
        view()?.choice.canary === target.id && element('span', {class: 'canary'}, 'canary'),
      ],
      title: target => words.stateWords(target, over()),
    },
  ];
}

const icons: Readonly<Record<TargetView['state']['kind'], IconName>> = {
  planning: 'spinner',
  waiting: 'circle',
  running: 'spinner',
  done: 'check-circle',
  unchanged: 'check-circle',
  failed: 'cross-circle',
  refused: 'stop-circle',
  unknown: 'question-circle',
};

function stateIcon({state}: TargetView): Child {
  return icon(icons[state.kind]);
}
