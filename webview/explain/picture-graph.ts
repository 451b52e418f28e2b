import {formatRows} from '../../src/core/explain/words.ts';
import {formatShare} from './colour-values.ts';
import type {ThemeColours} from './colour-theme.ts';
import {dashes, edgeLabel} from './graph-canvas.ts';
import {allEdges, edgePath, edgeWidth, type Edge} from './graph-edges.ts';
import {card, type Box, type GraphLayout} from './graph-layout.ts';
import type {GraphPlan} from './graph-plan.ts';
import {badgesOf, rowWords, subjectOf, titleParts, type Badge} from './graph-words.ts';
import type {Sheet} from './picture-sheet.ts';

export interface GraphPicture {
  readonly sheet: Sheet;
  readonly plan: GraphPlan;
  readonly layout: GraphLayout;
  readonly colours: ThemeColours;
  /** Where the drawing's upper left corner is on the sheet. */
  readonly left: number;
  readonly top: number;
}

/** Draws the cards as they are seen near, and their edges. */
export function drawGraph(picture: GraphPicture): void {
  const {layout, plan, left, top} = picture;
  const moved = ({x, y}: {x: number; y: number}): {x: number; y: number} => ({x: x + left, y: y + top});
  const edges = allEdges(layout, plan).map(edge => ({...edge, from: moved(edge.from), to: moved(edge.to)}));
  for (const edge of edges) drawEdge(picture, edge);
  for (const edge of edges) drawEdgeLabel(picture, edge);
  for (const box of layout.boxes.values()) drawBox(picture, {...box, ...moved(box)});
}

function drawEdge({sheet, colours}: GraphPicture, edge: Edge): void {
  const colour = edge.kind === 'input' ? colours.edge : colours.side;
  sheet.line(edgePath(edge), {colour, width: edgeWidth(edge), dashes: dashes[edge.kind]});
}

function drawEdgeLabel({sheet, colours}: GraphPicture, edge: Edge): void {
  const words = edgeLabel(edge);
  if (words === '') return;
  const {x, y} = edge.to;
  const width = sheet.width(words, {size: 11});
  sheet.rect(x - width / 2 - 3, y - 22, width + 6, 14, {fill: colours.paper});
  sheet.text(words, x, y - 11, {size: 11, fill: colours.faint, anchor: 'middle'});
}

function drawBox(picture: GraphPicture, box: Box): void {
  if (box.item.kind === 'stack') return drawStack(picture, box);
  drawCard(picture, box);
  drawBadges(picture, box);
  drawHidden(picture, box);
}

function drawCard({sheet, plan, colours}: GraphPicture, {item, x, y}: Box): void {
  const {node} = item;
  const shade = plan.shadeOf(item);
  const {step} = titleParts(node);
  const subject = subjectOf(node);
  const [start, end] = [x + 14, x + card.width - 10];
  const strip = colours.contrast ? 2 + shade.level * 2 : 6;
  sheet.rect(x, y, card.width, card.height, {fill: colours.card, stroke: colours.line, radius: 6});
  sheet.rect(x, y, strip, card.height, {fill: colours.shade(shade), radius: 3});
  const share = shade.share === undefined ? '' : formatShare(shade.share);
  const shareWidth =
    share === ''
      ? 0
      : sheet.text(share, end, y + 20, {size: 12, bold: true, fill: colours.ink, anchor: 'end'});
  const room = end - start - shareWidth - 8;
  sheet.text(step, start, y + 20, {size: 13, bold: true, fill: colours.ink, room});
  if (subject !== '') sheet.text(subject, start, y + 35, {size: 11, fill: colours.faint, room: end - start});
  const track = {fill: colours.paper, stroke: colours.line, radius: 2};
  sheet.rect(start, y + 43, end - start, 4, track);
  if (shade.fill > 0)
    sheet.rect(start, y + 43, (end - start) * shade.fill, 4, {fill: colours.shade(shade), radius: 2});
  sheet.text(shade.text === '' ? '–' : shade.text, start, y + 63, {size: 12, fill: colours.ink});
  if (plan.colourBy !== 'rows')
    sheet.text(rowWords(plan.numbersOf(node)), end, y + 63, {size: 12, fill: colours.faint, anchor: 'end'});
}

function drawBadges({sheet, plan, colours}: GraphPicture, {item, x, y}: Box): void {
  const badges = badgesOf(item.node, plan.numbersOf(item.node), plan.findingsAt(item.node.id));
  let right = x + card.width - 8;
  for (const badge of badges.toReversed()) {
    const words = badgeWords(badge);
    const width = sheet.width(words, {size: 10.5}) + 14;
    const stroke = badge.tone === 'warning' ? colours.warning : colours.line;
    sheet.rect(right - width, y - 13, width, 18, {fill: colours.paper, stroke, radius: 9});
    sheet.text(words, right - width / 2, y, {size: 10.5, fill: colours.ink, anchor: 'middle'});
    right -= width + 4;
  }
}

function badgeWords({kind, text, label}: Badge): string {
  if (kind === 'finding') return label;
  if (kind === 'workers') return `${text} workers`;
  return kind === 'spill' ? `disk ${text}` : text;
}

function drawHidden({sheet, plan, colours}: GraphPicture, {item, x, y}: Box): void {
  if (item.hidden === undefined) return;
  const words = `+ ${formatRows(item.hidden.nodes)} · ${plan.hiddenWords(item)}`;
  const width = sheet.width(words, {size: 11}) + 18;
  const [left, top] = [x + (card.width - width) / 2, y + card.height - 10];
  sheet.rect(left, top, width, 20, {fill: colours.paper, stroke: colours.line, radius: 10});
  sheet.text(words, left + width / 2, top + 14, {size: 11, fill: colours.ink, anchor: 'middle'});
}

function drawStack({sheet, plan, colours}: GraphPicture, {item, x, y}: Box): void {
  for (const back of [6, 3, 0])
    sheet.rect(x + back, y + back, card.width, card.height, {
      fill: colours.card,
      stroke: colours.line,
      radius: 6,
    });
  const [middle, shade] = [x + card.width / 2, plan.shadeOf(item)];
  const anchor = 'middle';
  sheet.rect(x, y, 6, card.height, {fill: colours.shade(shade), radius: 3});
  const count = `× ${formatRows(item.stacked.length)} more`;
  sheet.text(count, middle, y + 27, {size: 13, bold: true, fill: colours.ink, anchor});
  sheet.text(plan.stackKind(item), middle, y + 44, {size: 11, fill: colours.faint, anchor});
  sheet.text(plan.hiddenWords(item), middle, y + 61, {size: 12, fill: colours.ink, anchor});
}
