import type {NoticeView} from '../../src/protocol/schema-panel.ts';
import {element, fill} from '../ui/element.ts';
import {icon, type IconName} from '../ui/icon.ts';
import type {Part} from './panel.ts';

const signs = {
  busy: 'spinner',
  good: 'check-circle',
  warning: 'warning',
  bad: 'cross-circle',
} as const satisfies Record<NoticeView['tone'], IconName>;

/** Says what came of an action: a migration that was written, and what its rehearsal found. */
export function noticeBox(): Part {
  const root = element('div', {class: 'notice-slot', role: 'status', 'aria-live': 'polite'});
  let shown = '';
  return {
    root,
    update({notice}) {
      const next = JSON.stringify(notice);
      if (next === shown) return;
      shown = next;
      fill(root, notice === null ? undefined : box(notice));
    },
  };
}

function box({tone, text, more}: NoticeView): HTMLElement {
  const list = element('ul', {class: 'notice-more'}, ...more.map(line => element('li', {}, line)));
  return element(
    'div',
    {class: `callout callout-${tone} notice`},
    icon(signs[tone]),
    element('div', {}, element('p', {class: 'notice-text'}, text), more.length > 0 && list),
  );
}
