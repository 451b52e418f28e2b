import type {HealthFinding} from '../../src/core/health/finding.ts';
import type {SettingRow} from '../../src/core/health/parts/settings.ts';
import type {HealthView} from '../../src/protocol/health-panel.ts';
import {element, type Child} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {block, smallTable} from './block.ts';
import {seen} from './model.ts';
import type {Panel, Part} from './panel.ts';
import {severityIcons} from '../ui/severity-icons.ts';
import {severityNames} from './words.ts';

export interface SettingsBlock extends Part {
  go(name: string): void;
}

/** Settings with what they should be; those about which something was found first. */
export function settingsBlock(panel: Panel): SettingsBlock {
  const part = block(panel, {title: 'Settings', parts: ['settings'], area: 'settings', content: contentOf});
  return {
    ...part,
    go(name) {
      const rows = [...part.root.querySelectorAll<HTMLElement>('[data-setting]')];
      const row = rows.find(one => one.dataset['setting'] === name);
      row?.scrollIntoView({block: 'center'});
      row?.focus({preventScroll: true});
    },
  };
}

function contentOf({reading, findings}: HealthView): readonly HTMLElement[] {
  const part = seen(reading, 'settings');
  if (part === undefined) return [];
  const about = (name: string): HealthFinding | undefined =>
    findings.find(({subject}) => subject?.kind === 'setting' && subject.name === name);
  const rows = part.rows.map(row => ({row, finding: about(row.name)}));
  const sorted = rows.toSorted(
    (a, b) =>
      Number(a.finding === undefined) - Number(b.finding === undefined) ||
      a.row.name.localeCompare(b.row.name, 'en'),
  );
  return [
    smallTable(
      'Settings',
      ['Setting', 'Value', 'Set by', 'What it should be'],
      sorted.map(({row, finding}) => [
        element('code', {'data-setting': row.name, tabindex: -1}, row.name),
        valueOf(row),
        row.source,
        finding && advice(finding),
      ]),
    ),
  ];
}

function valueOf({shown, pendingRestart}: SettingRow): Child {
  return element(
    'span',
    {},
    element('code', {}, shown),
    pendingRestart && element('span', {class: 'sign'}, 'after a restart'),
  );
}

function advice({severity, fix}: HealthFinding): HTMLElement {
  return element(
    'span',
    {class: `advice severity-${severity}`},
    icon(severityIcons[severity], severityNames[severity]),
    fix,
  );
}
