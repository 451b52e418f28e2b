import {element} from '../ui/element.ts';
import {keysHelp} from './graph-keys.ts';

export interface ToolActions {
  readonly zoom: (factor: number) => void;
  readonly actualSize: () => void;
  readonly fit: () => void;
  readonly centre: () => void;
  readonly expandAll: () => void;
}

export interface Tools {
  readonly root: HTMLElement;
  /** @param zoom 1 is 100 %. @param folded whether anything is folded */
  update(zoom: number, folded: boolean): void;
}

/** The buttons on the drawing. All that they do has a key too. */
export function graphTools(actions: ToolActions): Tools {
  const percent = tool('100 %', 'Show at 100 % (0)', actions.actualSize);
  percent.classList.add('graph-zoom');
  const unfold = tool('Expand all', 'Show everything that is folded (*)', actions.expandAll);
  return {
    root: element(
      'div',
      {class: 'graph-tools', role: 'toolbar', 'aria-label': 'View of the graph', title: keysHelp},
      unfold,
      element(
        'span',
        {class: 'graph-tool-group'},
        tool('−', 'Zoom out (-)', () => actions.zoom(1 / 1.25)),
        percent,
        tool('+', 'Zoom in (+)', () => actions.zoom(1.25)),
      ),
      tool('Fit', 'Fit the plan into view (F)', actions.fit),
      tool('Centre', 'Centre the selected node (C)', actions.centre),
    ),
    update(zoom, folded) {
      percent.textContent = `${zoom < 0.1 ? Number((zoom * 100).toFixed(1)) : Math.round(zoom * 100)} %`;
      unfold.hidden = !folded;
    },
  };
}

function tool(text: string, label: string, click: () => void): HTMLElement {
  return element('button', {type: 'button', title: label, 'aria-label': label, on: {click}}, text);
}
