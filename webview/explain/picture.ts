import {formatMs, formatRows, nodeTitle} from '../../src/core/explain/words.ts';
import {themeColours, type ThemeColours} from './colour-theme.ts';
import {colourTitles} from './colour.ts';
import {FlamePlan} from './flame-plan.ts';
import {GraphFolds} from './graph-folds.ts';
import {layOut} from './graph-layout.ts';
import {GraphPlan} from './graph-plan.ts';
import {graphTree} from './graph-tree.ts';
import type {PlanModel, Viewing} from './model.ts';
import {drawFlame} from './picture-flame.ts';
import {drawGraph} from './picture-graph.ts';
import {pngOfSvg} from './picture-png.ts';
import {Sheet} from './picture-sheet.ts';

const margin = 32;
const headHeight = 64;
const flameWidth = 1600;

/**
 * Draws the whole plan in the colours of the theme, not only what is in sight: all but what the user collapsed, and
 * with the many alike inputs of an Append as one stack, which says how many they are.
 * @returns an SVG that refers to nothing outside of itself
 */
export function pictureOf(model: PlanModel, viewing: Viewing, view: 'graph' | 'flame' = 'graph'): string {
  const colours = themeColours(document.body);
  const sheet = new Sheet();
  const size =
    view === 'flame' ? flame(sheet, model, viewing, colours) : graph(sheet, model, viewing, colours);
  const {title, facts} = heading(model, viewing);
  sheet.text(title, margin, margin + 12, {size: 18, bold: true, fill: colours.ink});
  sheet.text(facts, margin, margin + 34, {size: 12, fill: colours.faint});
  const width = Math.max(size.width, sheet.width(facts, {size: 12}) + 2 * margin);
  return sheet.svg({...size, width}, title, facts, colours.paper);
}

/**
 * @param svg from `pictureOf`
 * @param scale px for each unit; less where no canvas would be large enough
 * @returns base64, without the `data:` prefix
 */
export function pngOf(svg: string, scale: number): Promise<string> {
  // In a task of its own, so that the page can close its menu before a large plan is drawn.
  return new Promise((resolve, reject) => {
    setTimeout(() => {
      try {
        resolve(pngOfSvg(svg, scale));
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function graph(sheet: Sheet, model: PlanModel, {colourBy, collapsed}: Viewing, colours: ThemeColours): Size {
  const plan = new GraphPlan(model, colourBy);
  const folds = new GraphFolds(model, plan.weights).with(collapsed);
  const tree = graphTree(plan.nodes, plan.weights, {...folds, folded: id => collapsed.has(id)});
  if (tree === undefined) return {width: 0, height: 0};
  const layout = layOut(tree);
  drawGraph({sheet, plan, layout, colours, left: margin, top: margin + headHeight});
  return {width: layout.width + 2 * margin, height: layout.height + 2 * margin + headHeight};
}

function flame(sheet: Sheet, model: PlanModel, {colourBy, collapsed}: Viewing, colours: ThemeColours): Size {
  const plan = new FlamePlan(model, colourBy);
  const place = {left: margin, top: margin + headHeight - 16, width: flameWidth - 2 * margin};
  const height = drawFlame({sheet, plan, colours, collapsed, ...place});
  return {width: flameWidth, height: height + 2 * margin + headHeight};
}

function heading({attribution}: PlanModel, {colourBy}: Viewing): {title: string; facts: string} {
  const {plan, executionMs, planningMs} = attribution;
  const count = plan.nodes.length === 1 ? '1 node' : `${formatRows(plan.nodes.length)} nodes`;
  const facts = [
    count,
    ...(executionMs === undefined ? [] : [`execution ${formatMs(executionMs)}`]),
    ...(planningMs === undefined ? [] : [`planning ${formatMs(planningMs)}`]),
    `colour: ${colourTitles[colourBy].toLowerCase()}`,
  ];
  return {title: `PostgreSQL plan: ${nodeTitle(plan.root)}`, facts: facts.join(' · ')};
}
