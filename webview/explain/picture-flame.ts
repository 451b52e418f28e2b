import type {ThemeColours} from './colour-theme.ts';
import {barName, barValue} from './flame-bar.ts';
import {barsOf, type Bar} from './flame-layout.ts';
import type {FlamePlan} from './flame-plan.ts';
import type {Sheet} from './picture-sheet.ts';

export interface FlamePicture {
  readonly sheet: Sheet;
  readonly plan: FlamePlan;
  readonly colours: ThemeColours;
  readonly collapsed: ReadonlySet<number>;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

const barHeight = 24;
/** px below which siblings are merged. */
const narrow = 2;

/** @returns the height of what was drawn, px */
export function drawFlame(picture: FlamePicture): number {
  const {plan, collapsed, width} = picture;
  const {nodes, weights} = plan;
  const {levels} = barsOf({nodes, weights, root: 0, collapsed, least: narrow / width});
  for (const bar of levels.flat()) drawBar(picture, bar);
  return levels.length * barHeight;
}

function drawBar({sheet, plan, colours, collapsed, left, top, width}: FlamePicture, bar: Bar): void {
  const shade = plan.shadeOf(bar);
  const [x, y] = [left + bar.left * width, top + bar.level * barHeight];
  const across = Math.max(0.5, bar.width * width - 1);
  const edge = colours.contrast ? {stroke: colours.line} : {};
  sheet.rect(x, y, across, barHeight - 1, {fill: colours.tint(shade), radius: 2, ...edge});
  if (across < 34) return;
  const numbers = barValue(plan, bar, shade);
  const numbersWidth =
    across < 190
      ? 0
      : sheet.text(numbers, x + across - 7, y + 16, {size: 11, fill: colours.ink, anchor: 'end'});
  const room = across - numbersWidth - 20;
  sheet.text(barName(plan, bar, collapsed.has(bar.id)), x + 7, y + 16, {size: 12, fill: colours.ink, room});
}
