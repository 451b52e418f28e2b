import type {Notice} from '../../src/protocol/health-model.ts';
import {element, fill} from './element.ts';
import {icon, type IconName} from './icon.ts';

const signs = {
  busy: 'spinner',
  good: 'check-circle',
  warning: 'warning',
  bad: 'cross-circle',
} as const satisfies Record<Notice['tone'], IconName>;

export interface NoticeBox {
  readonly root: HTMLElement;
  show(notice: Notice | null): void;
}

/** Says what came of an action: a migration that was written, and what its rehearsal found. */
export function noticeBox(): NoticeBox {
  const root = element('div', {class: 'notice-slot', role: 'status', 'aria-live': 'polite'});
  let shown = '';
  return {
    root,
    show(notice) {
      const next = JSON.stringify(notice);
      if (next === shown) return;
      shown = next;
      fill(root, notice === null ? undefined : box(notice));
    },
  };
}

function box({tone, text, more}: Notice): HTMLElement {
  const list = element('ul', {class: 'notice-more'}, ...more.map(line => element('li', {}, line)));
  return element(
    'div',
    {class: `callout callout-${tone} notice`},
    icon(signs[tone]),
    element('div', {}, element('p', {class: 'notice-text'}, text), more.length > 0 && list),
  );
}
