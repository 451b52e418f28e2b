import {planMarkdown} from '../../src/core/explain/markdown.ts';
import type {OriginView} from '../../src/protocol/explain-panel.ts';
import {menuButton} from '../ui/menu.ts';
import type {PlanModel} from './model.ts';
import type {Panel} from './panel.ts';
import {pictureOf, pngOf} from './picture.ts';
import {planJson} from './plan-json.ts';
import type {Store} from './store.ts';
import type {Stage} from './view-stage.ts';
import * as words from './words.ts';

export interface ExportOptions {
  readonly panel: Panel;
  readonly origin: OriginView;
  readonly model: PlanModel;
  readonly store: Store;
  /** A picture is of the view that is shown. */
  readonly stage: Pick<Stage, 'view'>;
}

/** Pixels of a PNG for each unit of the picture. */
const scale = 2;

/** The plan to take away: as a picture, as data, or as a document for a ticket. */
export function exportMenu({panel, origin, model, store, stage}: ExportOptions): HTMLElement {
  const {exportItems, labels} = words;
  const {attribution, findings} = model;
  const json = (): string => planJson(attribution.plan);
  const markdown = (): string => planMarkdown(attribution, findings, aboutOf(origin));
  const picture = (): string => pictureOf(model, store.viewing, stage.view === 'flame' ? 'flame' : 'graph');
  const save = (kind: 'svg' | 'png' | 'json' | 'markdown', content: string): void =>
    void panel.client.request('save', {kind, content});
  const copy = (content: string): void => {
    void panel.client.request('copy', {content}).then(answer => {
      panel.say(answer.kind === 'result' ? labels.copied : labels.channelBroken);
    });
  };
  const savePng = async (): Promise<void> => save('png', await pngOf(picture(), scale));
  return menuButton({
    label: labels.export,
    icon: 'export',
    items: [
      {text: exportItems.svg, onChoose: () => save('svg', picture())},
      {text: exportItems.png, onChoose: () => void savePng()},
      {text: exportItems.json, onChoose: () => save('json', json())},
      {text: exportItems.markdown, onChoose: () => save('markdown', markdown())},
      {text: exportItems.copyJson, onChoose: () => copy(json())},
      {text: exportItems.copyMarkdown, onChoose: () => copy(markdown())},
    ],
  });
}

function aboutOf(origin: OriginView): Parameters<typeof planMarkdown>[2] {
  const {connection, title, statement, at, parameters} = origin;
  return {
    title,
    statement,
    facts: [
      ...(connection
        ? [
            ['Connection', `${connection.name} (${connection.environment})`] as const,
            ['Server', `PostgreSQL ${connection.serverVersion}`] as const,
            ['Database', connection.database] as const,
          ]
        : []),
      ['Mode', words.modeText(origin)],
      ['At', new Date(at).toISOString()],
      ...parameters.map(({name, value}) => [`Parameter ${name}`, value ?? 'NULL'] as const),
    ],
  };
}
