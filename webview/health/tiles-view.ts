import type {Sample} from '../../src/core/health/series.ts';
import type {HealthView} from '../../src/protocol/health-panel.ts';
import {element} from '../ui/element.ts';
import {setWords} from '../ui/live-text.ts';
import {sparkline, type SparklinePoint, type SparklineView} from '../ui/sparkline.ts';
import type {Part} from './panel.ts';
import {tiles, type Tile} from './tiles.ts';

const minute = 60_000;
/** Minutes that the curves show: the first that all samples fit into. */
const windows = [1, 2, 5, 10] as const;
/** A sample is missed when the next one comes later than so many intervals. */
const missedAfter = 3;

/** The figures that change from look to look, with their curves. */
export function tilesView(): Part {
  const made = tiles.map(tileOf);
  return {
    root: element('section', {class: 'tiles', 'aria-label': 'Now'}, ...made.map(({root}) => root)),
    update(view) {
      for (const tile of made) tile.update(view);
    },
  };
}

function tileOf(tile: Tile): Part {
  const figure = element('p', {class: 'tile-figure'});
  const more = element('p', {class: 'tile-more'});
  const curve = sparkline();
  const root = element(
    'div',
    {class: 'tile', title: tile.hint},
    element('p', {class: 'tile-title'}, tile.title),
    figure,
    more,
    curve.root,
  );
  return {
    root,
    update(view) {
      root.hidden = tile.shown?.(view) === false;
      const last = view.samples.at(-1);
      const value = last && tile.value(last);
      setWords(figure, value === undefined ? '–' : tile.words(value));
      setWords(more, tile.more?.(view, last) ?? '');
      root.classList.toggle('marked', value !== undefined && tile.marked?.(value, view) === true);
      curve.show(curveOf(tile, view));
    },
  };
}

function curveOf(tile: Tile, view: HealthView): SparklineView {
  const {samples, interval} = view;
  const to = samples.at(-1)?.at ?? 0;
  const span = to - (samples[0]?.at ?? to);
  const minutes = windows.find(one => span <= one * minute) ?? 10;
  const from = to - minutes * minute;
  const within = samples.filter(({at}) => at >= from);
  const values = within.flatMap(sample => tile.value(sample) ?? []);
  return {
    points: pointsOf(tile, within, interval),
    from,
    to,
    label: labelOf(tile, values, within.at(-1), minutes),
    ...tile.scale?.(view, values),
  };
}

function pointsOf(tile: Tile, samples: readonly Sample[], interval: number): readonly SparklinePoint[] {
  return samples.flatMap((sample, index): readonly SparklinePoint[] => {
    const before = samples[index - 1]?.at ?? sample.at;
    const missed = sample.at - before > Math.max(interval, 5000) * missedAfter;
    const point: SparklinePoint = [sample.at, tile.value(sample)];
    return missed ? [[before + interval, undefined], point] : [point];
  });
}

/** @returns `transactions per second, 120/s now, between 80/s and 310/s in 10 minutes` */
function labelOf(
  {unit, words, value}: Tile,
  values: readonly number[],
  last: Sample | undefined,
  minutes: number,
): string {
  const now = last && value(last);
  if (values.length === 0) return `${unit}, not known yet`;
  const range = `between ${words(Math.min(...values))} and ${words(Math.max(...values))} in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}`;
  return `${unit}, ${now === undefined ? 'not known' : words(now)} now, ${range}`;
}
