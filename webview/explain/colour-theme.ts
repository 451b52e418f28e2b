import {element} from '../ui/element.ts';
import {shadeClass, type Shade} from './colour.ts';

type ShadeName = Pick<Shade, 'tone' | 'level'>;

/** The theme's colours as `#rrggbb`, for what is drawn and not styled: a canvas, a picture. */
export interface ThemeColours {
  readonly paper: string;
  readonly ink: string;
  readonly faint: string;
  readonly line: string;
  readonly card: string;
  readonly edge: string;
  readonly accent: string;
  /** The way from the root to what is selected. */
  readonly path: string;
  readonly found: string;
  readonly warning: string;
  readonly side: string;
  /** The editor's `font-family`. */
  readonly font: string;
  /** A high-contrast theme: shapes need a border, and a pattern where the colour says something. */
  readonly contrast: boolean;
  shade(of: ShadeName): string;
  tint(of: ShadeName): string;
}

/** Resolves the theme as it is now, in the place where `host` stands in the page. */
export function themeColours(host: HTMLElement): ThemeColours {
  const probe = element('span', {class: 'colour-probe', 'aria-hidden': 'true'});
  host.append(probe);
  const resolved = resolver(probe);
  const paper = resolved('var(--vscode-editor-background)', 'colour-probe');
  const named = (value: string): string => resolved(value, 'colour-probe', paper);
  const shades = new Map<string, string>();
  for (const tone of ['warm', 'cool'] as const)
    for (const level of [0, 1, 2, 3, 4, 5] as const)
      for (const value of ['shade', 'tint'] as const)
        shades.set(
          `${value} ${shadeClass({tone, level})}`,
          resolved(`var(--${value})`, `colour-probe ${shadeClass({tone, level})}`, paper),
        );
  const look = (value: string, of: ShadeName): string => shades.get(`${value} ${shadeClass(of)}`) ?? paper;
  const colours = {
    paper,
    ink: named('var(--vscode-foreground)'),
    faint: named('var(--faint)'),
    line: named('var(--graph-line)'),
    card: named('var(--graph-card)'),
    edge: named('var(--graph-edge)'),
    path: named('var(--graph-path)'),
    accent: named('var(--vscode-focusBorder)'),
    found: named('var(--graph-found)'),
    warning: named('var(--warning)'),
    side: named('var(--graph-side)'),
    font: getComputedStyle(host).fontFamily,
    contrast: document.body.matches('.vscode-high-contrast, .vscode-high-contrast-light'),
    shade: (of: ShadeName) => look('shade', of),
    tint: (of: ShadeName) => look('tint', of),
  };
  probe.remove();
  return colours;
}

/** @returns a call of `changed` whenever the editor changes the theme; the call that stops it */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, {attributeFilter: ['class', 'data-vscode-theme-id']});
  observer.observe(document.documentElement, {attributeFilter: ['style']});
  return () => observer.disconnect();
}

type Resolve = (value: string, classes: string, over?: string) => string;

/**
 * A theme's variables hold any CSS colour, mixes and transparent ones too. One pixel, painted over the background, is
 * what the eye sees, and every program that reads a picture knows `#rrggbb`.
 */
function resolver(probe: HTMLElement): Resolve {
  const context = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
  return (value, classes, over = '#000000') => {
    probe.className = classes;
    probe.style.color = value;
    if (context === null) return over;
    for (const colour of [over, getComputedStyle(probe).color]) {
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
    }
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return `#${[red, green, blue].map(part => part.toString(16).padStart(2, '0')).join('')}`;
  };
}
