import {formatBytes} from '../../src/core/catalog/format.ts';
import type {IndexRow} from '../../src/core/health/parts/indexes.ts';
import {button} from '../ui/controls.ts';
import {element, fill, type Child} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {sparkline} from '../ui/sparkline.ts';
import {tableFacts, usageFacts, type Fact} from './facts.ts';
import type {Panel, Part} from './panel.ts';
import {foreignKeyLines, relatives} from './relatives.ts';
import {rowActions, whyNotDropped} from './row-actions.ts';
import {servicesOf} from './serves.ts';
import {severityIcons} from '../ui/severity-icons.ts';
import {sqlText} from '../ui/sql-box.ts';
import * as words from './words.ts';

const {labels} = words;

export interface Details extends Part {
  focus(): void;
}

export interface DetailsOptions {
  /** Shows another index. */
  readonly onReveal: (oid: number) => void;
  /** Escape leads back to the list. */
  readonly onLeave: () => void;
}

/** Everything about the selected index. */
export function details(panel: Panel, {onReveal, onLeave}: DetailsOptions): Details {
  const {store} = panel;
  const root = element('section', {class: 'details', 'aria-label': labels.details, tabindex: -1});
  root.addEventListener('keydown', ({key}) => {
    if (key === 'Escape') onLeave();
  });
  const live = element('div', {class: 'live'});
  let shown: IndexRow | undefined;
  let since: number | undefined;
  const draw = (): void => {
    const {selected, rows} = store.now;
    const row = rows.find(({oid}) => oid === selected);
    if (row === shown && root.childElementCount > 0) return;
    shown = row;
    root.classList.toggle('details-empty', row === undefined);
    fill(
      root,
      ...(row ? content(panel, row, live, onReveal) : [element('p', {class: 'faint'}, labels.select)]),
    );
    root.scrollTop = 0;
  };
  const drawLive = (): void => {
    if (shown) fill(live, ...usage(panel, shown, since));
  };
  store.onChange((now, before) => {
    draw();
    const other = now.selected !== before.selected || now.rows !== before.rows;
    if (other || now.series !== before.series) drawLive();
  });
  draw();
  return {
    root,
    update(view) {
      if (view.since === since) return;
      ({since} = view);
      drawLive();
    },
    focus: () => root.focus(),
  };
}

function content(
  panel: Panel,
  row: IndexRow,
  live: HTMLElement,
  onReveal: (oid: number) => void,
): readonly Child[] {
  const {store} = panel;
  const table = store.now.tables.get(row.tableOid);
  const {definition, stakes} = asked(panel, row);
  return [
    element(
      'header',
      {class: 'details-head'},
      element('h2', {}, row.name),
      element('p', {class: 'faint'}, `on ${row.schema}.${row.table}`),
      services(panel, row),
    ),
    findingLines(panel, row),
    definition,
    actions(panel, row),
    section(labels.serves, stakes),
    section(labels.usage, live),
    section(labels.table, table && facts(tableFacts(table))),
    section(labels.foreignKeys, foreignKeyLines(store.now, row)),
    section(labels.relatives, relatives(store.now, row, onReveal)),
    row.comment !== undefined && element('p', {class: 'comment'}, row.comment),
  ];
}

function section(title: string, content: Child): Child {
  return (
    content !== undefined &&
    content !== false &&
    element('section', {class: 'part'}, element('h3', {}, title), content)
  );
}

function facts(entries: readonly Fact[]): HTMLElement {
  return element(
    'dl',
    {class: 'facts-list'},
    ...entries.flatMap(({name, text, title}) => [element('dt', {}, name), element('dd', {title}, text)]),
  );
}

function findingLines({store}: Panel, {oid}: IndexRow): Child {
  const places = store.now.found.byIndex.get(oid) ?? [];
  const lines = places.flatMap(place => {
    const finding = store.now.findings[place];
    return finding
      ? [
          element(
            'li',
            {class: `severity-${finding.severity}`},
            icon(severityIcons[finding.severity], words.severityNames[finding.severity]),
            element('span', {}, finding.what),
          ),
        ]
      : [];
  });
  return lines.length > 0 && element('ul', {class: 'finding-lines'}, ...lines);
}

/** The whole definition, and what is at stake when it is dropped; until the host has said it, the short one. */
function asked(
  panel: Panel,
  row: IndexRow,
): {readonly definition: HTMLElement; readonly stakes: HTMLElement} {
  const definition = element('div', {class: 'definition'}, sqlText(row.definition ?? words.shape(row)));
  const stakes = element('ul', {class: 'stakes'});
  const load = async (): Promise<void> => {
    const answer = await panel.client.request('definition', {generation: panel.generation(), oid: row.oid});
    if (answer.kind === 'error' || answer.value === null) return;
    const {serves} = answer.value;
    fill(definition, sqlText(answer.value.definition));
    fill(
      stakes,
      ...(serves.length === 0 ? [labels.onlyQueries] : serves).map(text => element('li', {}, text)),
    );
  };
  void load();
  return {definition, stakes};
}

function actions(panel: Panel, row: IndexRow): HTMLElement {
  const why = whyNotDropped(row);
  return element(
    'div',
    {class: 'actions'},
    ...rowActions(panel, row).map(({text, go}) => button({kind: 'secondary', onClick: go}, text)),
    why !== undefined && element('p', {class: 'faint'}, `${labels.notAlone} ${why}`),
  );
}

function services({store}: Panel, row: IndexRow): HTMLElement {
  const all = servicesOf(row, store.now.supports.get(row.oid) ?? []);
  return element(
    'p',
    {class: 'services'},
    ...all.map(({icon: name, text, more}) =>
      element('span', {class: 'service', title: more}, icon(name), text),
    ),
  );
}

function usage(panel: Panel, row: IndexRow, since: number | undefined): readonly Child[] {
  const {series} = panel.store.now;
  const rate = series.rateOf(row.oid);
  const curve = sparkline();
  if (rate !== undefined && series.range) {
    const [from, to] = series.range;
    curve.show({points: series.points(row.oid), from, to, label: words.rateLabel(row.name, rate)});
  }
  return [
    rate === undefined
      ? undefined
      : element(
          'div',
          {class: 'curve'},
          element('p', {}, element('strong', {}, words.perSecond(rate)), ' scans in each second'),
          curve.root,
        ),
    facts(usageFacts(row, series, {since, now: panel.now()})),
    rate === undefined && element('p', {class: 'faint'}, labels.sampleHint),
    row.bloat &&
      element('p', {class: 'faint'}, `${formatBytes(row.bloat.bytes)} could be freed by a rebuild.`),
  ];
}
