import type {Area} from '../../src/core/health/finding.ts';
import type {PartName} from '../../src/core/health/parts.ts';
import {counted} from '../../src/core/words.ts';
import type {HealthView} from '../../src/protocol/health-panel.ts';
import {element, fill, type Child} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {setContent, setWords} from '../ui/live-text.ts';
import {gapsOf} from './gaps.ts';
import {countBySeverity} from './model.ts';
import type {Panel, Part} from './panel.ts';
import {severityIcons} from '../ui/severity-icons.ts';
import {countWords, reading} from './words.ts';

export interface BlockOptions {
  readonly title: string;
  readonly parts: readonly [PartName, ...PartName[]];
  /** Whose findings are counted beside the title. */
  readonly area: Area;
  /** Only those of these checks, where the area is about more than the block. */
  readonly checks?: readonly string[];
  /** @returns nothing where nothing was seen. Without listeners: it is thrown away where it looks as before */
  readonly content: (view: HealthView) => readonly HTMLElement[];
}

/** A titled part of the server’s page: what was seen, what could not be, and what was found about it. */
export function block(panel: Panel, {title, parts, area, checks, content}: BlockOptions): Part {
  const body = element('div', {class: 'block-body'});
  const found = element('button', {
    type: 'button',
    class: 'link found',
    on: {click: () => panel.go({kind: 'area', area})},
  });
  const gaps = gapsOf(panel, ...parts);
  const root = element(
    'section',
    {class: 'block', 'aria-label': title},
    element('h2', {}, title, found),
    body,
    gaps.root,
  );
  let before: HealthView | undefined;
  const showFound = (view: HealthView): void => {
    const findings = view.findings.filter(
      finding => finding.area === area && (checks?.includes(finding.check) ?? true),
    );
    found.hidden = findings.length === 0;
    const counts = countBySeverity(findings);
    const worst = counts.error > 0 ? 'error' : counts.warning > 0 ? 'warning' : 'information';
    fill(found, icon(severityIcons[worst]), element('span', {}, countWords(findings)));
    found.className = `link found severity-${worst}`;
  };
  return {
    root,
    update(view) {
      if (before?.findings !== view.findings) showFound(view);
      const known =
        parts.every(name => before?.reading[name] === view.reading[name]) &&
        before?.findings === view.findings;
      before = view;
      if (known) return;
      gaps.show(view.reading);
      const waits = parts.every(name => view.reading[name] === undefined);
      if (waits) setWords(body, reading);
      else setContent(body, content(view));
    },
  };
}

type Fact = readonly [name: string, value: Child | readonly Child[] | undefined, hint?: string];

/** Names and values; a value that is absent is left out. */
export function factList(...facts: readonly Fact[]): HTMLElement {
  const rows = facts.flatMap(([name, value, hint]) => {
    if (value === undefined || value === '' || value === false) return [];
    const children: readonly Child[] = isList(value) ? value : [value];
    return [element('div', {title: hint}, element('dt', {}, name), element('dd', {}, ...children))];
  });
  return element('dl', {class: 'fact-grid'}, ...rows);
}

function isList(value: Child | readonly Child[]): value is readonly Child[] {
  return Array.isArray(value);
}

/** A column of a small table: its head, and whether it holds figures. */
export type Head = string | {readonly text: string; readonly figure: true};

/** A table that is small enough to be in the document as a whole. */
export function smallTable(
  label: string,
  heads: readonly Head[],
  rows: readonly (readonly Child[])[],
): HTMLElement {
  const names = heads.map(head => (typeof head === 'string' ? head : head.text));
  const looks = heads.map(head => (typeof head === 'string' ? '' : 'figure'));
  const head = names.map((name, at) => element('th', {scope: 'col', class: looks[at] ?? ''}, name));
  const lines = rows.map(cells =>
    element('tr', {}, ...cells.map((cell, at) => element('td', {class: looks[at] ?? ''}, cell))),
  );
  return element(
    'div',
    {class: 'table-box'},
    element(
      'table',
      {class: 'small', 'aria-label': label},
      element('thead', {}, element('tr', {}, ...head)),
      element('tbody', {}, ...lines),
    ),
  );
}

/** @returns words that are marked where they are worth a look */
export function worth(text: string, marked: boolean): Child {
  return marked ? element('strong', {class: 'worth'}, text) : text;
}

/** @returns what is said after a table that is cut */
export function moreThan(count: number, shown: number, one: string): HTMLElement | undefined {
  return count > shown
    ? element('p', {class: 'faint'}, `${counted(count - shown, `more ${one}`)}.`)
    : undefined;
}
