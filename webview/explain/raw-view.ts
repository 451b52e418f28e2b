import {button} from '../ui/controls.ts';
import {element, fill} from '../ui/element.ts';
import {virtualRows} from '../ui/virtual-rows.ts';
import type {MakeView} from './model.ts';
import type {Panel} from './panel.ts';
import {planJson} from './plan-json.ts';
import {indentJson, linesOf} from './raw-lines.ts';
import {rawSearch} from './raw-search.ts';
import {labels} from './words.ts';

/** px of a line, as in the style sheet. */
const lineHeight = 18;

type Form = 'json' | 'source';

/** The plan as JSON, and as it came. Only the lines in sight are in the document. */
export const rawView =
  (panel: Panel, onLines: () => void): MakeView =>
  ({attribution}) => {
    const {plan} = attribution;
    const texts: Readonly<Record<Form, () => string>> = {
      json: () => (plan.format === 'json' && isJson(plan.source) ? indentJson(plan.source) : planJson(plan)),
      source: () => plan.source,
    };
    let form: Form = plan.format === 'json' ? 'json' : 'source';
    let text = '';
    let lines = linesOf('');
    const body = element('div', {class: 'lines'});
    const scroller = element(
      'div',
      {class: 'raw-text', tabindex: 0, role: 'region', 'aria-label': 'Text of the plan'},
      body,
    );
    const rows = virtualRows({
      scroller,
      body,
      height: lineHeight,
      make: index =>
        element(
          'div',
          {class: found.classOf(index)},
          element('span', {class: 'line-number', 'aria-hidden': 'true'}, String(index + 1)),
          element('code', {}, ...coloured(lines.at(index))),
        ),
    });
    const found = rawSearch(() => lines, {refresh: () => rows.refresh(), reveal: line => rows.reveal(line)});
    const choices = (['json', 'source'] as const).map(each => {
      const click = (): void => show(each);
      const label = each === 'json' ? 'JSON' : 'As it came';
      return {each, root: element('button', {type: 'button', class: 'tool', on: {click}}, label)};
    });
    const show = (next: Form): void => {
      form = next;
      for (const {each, root} of choices) root.setAttribute('aria-pressed', String(each === form));
      text = texts[form]();
      lines = linesOf(text);
      body.style.setProperty('--digits', String(String(lines.count).length));
      body.style.setProperty('--width', String(lines.width));
      rows.reset(lines.count);
      onLines();
    };
    const copy = async (): Promise<void> => {
      const answer = await panel.client.request('copy', {content: text});
      panel.say(answer.kind === 'result' ? labels.copied : labels.channelBroken);
    };
    const bar = element('div', {class: 'raw-bar'});
    fill(
      bar,
      element(
        'div',
        {role: 'group', class: 'switch', 'aria-label': 'Form'},
        ...choices.map(({root}) => root),
      ),
      button({kind: 'secondary', onClick: () => void copy()}, 'Copy'),
    );
    let shown = false;
    return {
      root: element('div', {class: 'raw'}, bar, scroller),
      update() {
        if (!shown) show(form);
        shown = true;
      },
      lines: found,
      focus: () => scroller.focus(),
      dispose: () => rows.dispose(),
    };
  };

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A name and its value, told apart. A line of text has neither. */
function coloured(line: string): (HTMLElement | string)[] {
  const [, indent = '', name, value = ''] = /^(\s*)("(?:[^"\\]|\\.)*")(:.*)$/.exec(line) ?? [];
  if (name === undefined) return [line];
  return [indent, element('span', {class: 'json-name'}, name), value];
}
