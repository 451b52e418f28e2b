import {summaryOf} from '../../src/protocol/rehearsal-verdict.ts';
import type {RehearsalView} from '../../src/protocol/rehearsal-view.ts';
import {element, fill} from '../ui/element.ts';
import {environmentSign} from '../ui/environment.ts';
import {icon, type IconName} from '../ui/icon.ts';
import type {Part} from './panel.ts';
import * as words from './words.ts';

interface Headline {
  readonly icon: IconName;
  readonly tone: 'plain' | 'good' | 'bad' | 'unsure';
  readonly text: string;
}

/** The heading says how it went; below it, where and with what. */
export function headline(): Part & {focus(): void} {
  const heading = element('h1', {tabindex: -1});
  const target = element('p', {class: 'target'});
  return {
    root: element('header', {}, heading, target),
    update(view) {
      const {icon: name, tone, text} = headlineOf(view);
      if (heading.textContent !== text) {
        heading.className = `tone-${tone}`;
        fill(heading, icon(name), element('span', {}, text));
      }
      fill(target, ...targetParts(view));
    },
    focus: () => heading.focus({preventScroll: true}),
  };
}

function headlineOf(view: RehearsalView): Headline {
  const {phase, steps} = view;
  switch (phase.kind) {
    case 'running':
      return {icon: 'flask', tone: 'plain', text: `Rehearsing ${subject(view)}`};
    case 'cancelled':
      return {
        icon: 'stop-circle',
        tone: 'unsure',
        text: `Cancelled after ${words.duration(phase.milliseconds)}`,
      };
    case 'failed':
      return {icon: 'cross-circle', tone: 'bad', text: 'The rehearsal could not be done'};
    case 'stopped':
      return {icon: 'stop-circle', tone: 'unsure', text: words.stopTitle(phase.stop)};
    case 'refused':
      return {icon: 'stop-circle', tone: 'unsure', text: words.labels.refused};
    case 'lost':
      return {
        icon: 'question-circle',
        tone: 'unsure',
        text: 'The editor was restarted during this rehearsal',
      };
    case 'ended':
      return steps.length === 0
        ? {icon: 'info', tone: 'plain', text: 'There is nothing to rehearse'}
        : verdict(view);
    default:
      return phase satisfies never;
  }
}

function verdict(view: RehearsalView): Headline {
  const {passed, failed, badUndo, lossNow} = summaryOf(view);
  const total = view.steps.length;
  if (failed > 0) {
    const bad = view.steps.find(({state}) => state === 'fails');
    return {icon: 'cross-circle', tone: 'bad', text: `${bad?.label ?? ''} ${bad?.title ?? ''} fails`};
  }
  const passes = total === 1 ? `${subject(view)} passes` : `All ${words.migrations(passed)} pass`;
  const but = [
    badUndo > 0 ? (total === 1 ? 'its undo does not work' : `${ofThem(badUndo)} cannot be undone`) : '',
    lossNow > 0
      ? total === 1
        ? 'it deletes data'
        : `${ofThem(lossNow)} ${lossNow === 1 ? 'deletes' : 'delete'} data`
      : '',
  ].filter(Boolean);
  return but.length === 0
    ? {icon: 'check-circle', tone: 'good', text: passes}
    : {icon: 'warning', tone: 'unsure', text: `${passes}, but ${but.join(' and ')}`};
}

function ofThem(count: number): string {
  return `${count} of them`;
}

function subject({steps}: RehearsalView): string {
  const [first] = steps;
  return steps.length === 1 && first ? `${first.label} ${first.title}` : words.migrations(steps.length);
}

function targetParts({about, replay, phase, steps}: RehearsalView): HTMLElement[] {
  const {connection, framework, folder} = about;
  const statements = summaryOf({steps}).statements;
  return [
    element('span', {class: 'place'}, words.place(about)),
    ...(connection
      ? [
          element('span', {}, words.purpose(about.where)),
          element(
            'span',
            {class: 'connection'},
            environmentSign(connection.environment),
            element('strong', {}, connection.name),
          ),
        ]
      : []),
    ...(statements > 0 ? [element('span', {}, words.statementCount(statements))] : []),
    ...(phase.kind === 'ended' ? [element('span', {}, words.duration(phase.milliseconds))] : []),
    ...(replay ? [element('span', {}, words.replayed(replay))] : []),
    element('span', {}, framework),
    element('span', {class: 'folder'}, folder),
  ];
}
