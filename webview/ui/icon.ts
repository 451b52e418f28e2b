/** Drawn on 16 × 16 with strokes of the text's colour. */
const shapes = {
  check: ['M3 8.5 6.5 12 13 4.5'],
  cross: ['M4 4 12 12', 'M12 4 4 12'],
  circle: ['M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 0 1 0-11Z'],
  dash: ['M4.5 8h7'],
  question: ['M6 6a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.4', 'M8 11.4v.2'],
  'check-circle': ['M8 2a6 6 0 1 1 0 12a6 6 0 0 1 0-12Z', 'M5.3 8.2 7.2 10.1 10.8 6'],
  'cross-circle': ['M8 2a6 6 0 1 1 0 12a6 6 0 0 1 0-12Z', 'M5.9 5.9 10.1 10.1', 'M10.1 5.9 5.9 10.1'],
  'stop-circle': ['M8 2a6 6 0 1 1 0 12a6 6 0 0 1 0-12Z', 'M6 6h4v4h-4Z'],
  'question-circle': [
    'M8 2a6 6 0 1 1 0 12a6 6 0 0 1 0-12Z',
    'M6.4 6.6a1.6 1.6 0 1 1 2.3 1.4c-.5.3-.7.6-.7 1',
    'M8 11v.1',
  ],
  spinner: ['M8 2.5a5.5 5.5 0 1 1-5.5 5.5'],
  warning: ['M8 2.2 14.3 13.2H1.7Z', 'M8 6.3v3.4', 'M8 11.4v.2'],
  info: ['M8 2a6 6 0 1 1 0 12a6 6 0 0 1 0-12Z', 'M8 7.3v3.6', 'M8 5.1v.2'],
  lock: ['M3.5 7.5h9v6h-9Z', 'M5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5'],
  shield: [
    'M8 1.8 13.2 3.7v4.1c0 3-2.1 5.2-5.2 6.4c-3.1-1.2-5.2-3.4-5.2-6.4V3.7Z',
    'M8 5.2v3.4',
    'M8 10.6v.2',
  ],
  flask: ['M6 2.5h4', 'M6.8 2.5v4L3 12.6a.6.6 0 0 0 .5.9h9a.6.6 0 0 0 .5-.9L9.2 6.5v-4', 'M5 9.8h6'],
  code: ['M5.5 4.5 2 8 5.5 11.5', 'M10.5 4.5 14 8 10.5 11.5'],
  up: ['M8 13.5v-11', 'M3.8 6.7 8 2.5 12.2 6.7'],
  down: ['M8 2.5v11', 'M3.8 9.3 8 13.5 12.2 9.3'],
  'open-file': ['M8.5 2h-5v12h9V6Z', 'M8.5 2v4h4'],
  plus: ['M8 3.5v9', 'M3.5 8h9'],
  chevron: ['M4.5 6.5 8 10 11.5 6.5'],
  play: ['M5 3 12.5 8 5 13Z'],
  pause: ['M5.5 3.5v9', 'M10.5 3.5v9'],
  compare: ['M2.5 3h4.5v10H2.5Z', 'M9 3h4.5v10H9Z'],
  export: ['M8 9.5v-7', 'M5 5 8 2 11 5', 'M3 8.5v5h10v-5'],
  search: ['M7 2.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9Z', 'M10.3 10.3 13.5 13.5'],
  tree: ['M6.5 2.5h3v3h-3Z', 'M2.5 10.5h3v3h-3Z', 'M10.5 10.5h3v3h-3Z', 'M8 5.5v2.5', 'M4 10.5V8h8v2.5'],
  bars: ['M2.5 4h11', 'M2.5 8h7.5', 'M2.5 12h4'],
  table: ['M2.5 3h11v10h-11Z', 'M2.5 6.3h11', 'M6.5 6.3V13'],
  braces: ['M6 2.5c-2.2 0-1 4.5-3 5.5c2 1 .8 5.5 3 5.5', 'M10 2.5c2.2 0 1 4.5 3 5.5c-2 1-.8 5.5-3 5.5'],
  sum: ['M12 3.5V2.5H4L8.5 8 4 13.5h8v-1'],
  copy: ['M5.5 5.5h8v8h-8Z', 'M3.5 10.5h-1v-8h8v1'],
  arrow: ['M2.5 8h11', 'M9.3 3.8 13.5 8 9.3 12.2'],
  more: ['M3.4 8h.2', 'M7.9 8h.2', 'M12.4 8h.2'],
  key: ['M5.5 5.5a3 3 0 1 1 0 6a3 3 0 0 1 0-6Z', 'M8 7.2 13 2.5', 'M10.6 4.8 12.4 6.6'],
  one: ['M8 2a6 6 0 1 1 0 12a6 6 0 0 1 0-12Z', 'M6.7 6.3 8.4 5.2v5.6'],
  link: [
    'M6.8 9.2 9.2 6.8',
    'M7.2 4.8 8.9 3.1a2.8 2.8 0 0 1 4 4L11.2 8.8',
    'M8.8 11.2 7.1 12.9a2.8 2.8 0 0 1-4-4L4.8 7.2',
  ],
  refresh: ['M13 8a5 5 0 1 1-1.5-3.6', 'M13 2.5v3h-3'],
  columns: ['M2.5 3h11v10h-11Z', 'M6.2 3v10', 'M9.8 3v10'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type IconName = keyof typeof shapes;

const svgNamespace = 'http://www.w3.org/2000/svg';

/** @param label what it says to a screen reader; without one the icon is decoration */
export function icon(name: IconName, label?: string): SVGSVGElement {
  const svg = document.createElementNS(svgNamespace, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', `icon icon-${name}`);
  if (label === undefined) svg.setAttribute('aria-hidden', 'true');
  else {
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', label);
  }
  const path = document.createElementNS(svgNamespace, 'path');
  path.setAttribute('d', shapes[name].join(''));
  svg.append(path);
  return svg;
}
