import {formatMs} from '../../src/core/explain/words.ts';
import type {MaintenanceView} from '../../src/protocol/health-model.ts';
import {button} from './controls.ts';
import {element} from './element.ts';
import {icon, type IconName} from './icon.ts';

export interface MaintenanceStripOptions {
  readonly onCancel: (id: string) => void;
  readonly onDismiss: (id: string) => void;
  /** Milliseconds since 1970 by the host's clock. */
  readonly now: () => number;
}

export interface MaintenanceStrip {
  readonly root: HTMLElement;
  show(maintenance: readonly MaintenanceView[]): void;
  /** For the time that counts up. */
  tick(): void;
}

type Kind = MaintenanceView['state']['kind'];

const signs = {
  running: 'spinner',
  done: 'check-circle',
  failed: 'cross-circle',
  cancelled: 'stop-circle',
} as const satisfies Record<Kind, IconName>;

/** The maintenance commands that were started here: how far they are, and what came of them. */
export function maintenanceStrip(options: MaintenanceStripOptions): MaintenanceStrip {
  const root = element('ul', {class: 'maintenance', 'aria-label': 'Maintenance'});
  const rows = new Map<string, Row>();
  return {
    root,
    show(maintenance) {
      root.hidden = maintenance.length === 0;
      for (const [id, row] of rows) {
        if (maintenance.some(one => one.id === id && one.state.kind === row.kind)) continue;
        row.root.remove();
        rows.delete(id);
      }
      for (const one of maintenance) {
        const row = rows.get(one.id) ?? rowOf(one, options);
        rows.set(one.id, row);
        row.show(one);
        if (!row.root.isConnected) root.append(row.root);
      }
    },
    tick() {
      for (const row of rows.values()) row.tick();
    },
  };
}

interface Row {
  readonly root: HTMLElement;
  readonly kind: Kind;
  show(maintenance: MaintenanceView): void;
  tick(): void;
}

function rowOf(
  {id, title, state: {kind}, startedAt, told = []}: MaintenanceView,
  options: MaintenanceStripOptions,
): Row {
  const words = element('span', {class: 'maintenance-state', role: 'status'});
  const time = element('span', {class: 'maintenance-time'});
  const fill = element('span', {class: 'bar-fill'});
  const bar = element(
    'div',
    {class: 'bar', role: 'progressbar', 'aria-label': title, 'aria-valuemin': 0, 'aria-valuemax': 100},
    fill,
  );
  const end = button(
    {kind: 'secondary', onClick: () => (kind === 'running' ? options.onCancel(id) : options.onDismiss(id))},
    kind === 'running' ? 'Cancel' : 'Dismiss',
  );
  const tick = (): void => {
    if (kind === 'running') time.textContent = formatSeconds(options.now() - startedAt);
  };
  const root = element(
    'li',
    {class: `maintenance-row maintenance-${kind}`},
    icon(signs[kind]),
    element(
      'div',
      {class: 'maintenance-words'},
      element('code', {}, title),
      element('p', {}, words, time),
      ...told.map(sentence => element('p', {class: 'maintenance-told'}, sentence)),
    ),
    bar,
    end,
  );
  return {
    root,
    kind,
    tick,
    show({state}) {
      const text = stateWords(state);
      if (words.textContent !== text) words.textContent = text;
      const share = state.kind === 'running' ? state.share : undefined;
      bar.hidden = share === undefined;
      bar.setAttribute('aria-valuenow', String(Math.round((share ?? 0) * 100)));
      fill.style.setProperty('inline-size', `${(share ?? 0) * 100}%`);
      end.hidden = state.kind === 'running' && state.cancelling;
      tick();
    },
  };
}

function stateWords(state: MaintenanceView['state']): string {
  switch (state.kind) {
    case 'running':
      return state.cancelling ? 'Cancelling…' : state.phase;
    case 'done':
      return `Done in ${formatMs(state.milliseconds)}`;
    case 'failed':
      return [state.failure.message, state.failure.advice].filter(Boolean).join(' ');
    case 'cancelled':
      return 'Cancelled';
    default:
      return state satisfies never;
  }
}

function formatSeconds(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
