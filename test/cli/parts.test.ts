import {describe, expect, it} from 'vitest';
import {whatToAsk} from '../../src/cli/confirm.ts';
import {parseDuration, showDuration} from '../../src/cli/durations.ts';
import {exitCodeMeanings, exitCodes} from '../../src/cli/exit-codes.ts';
import {paintFor} from '../../src/cli/paint.ts';
import {createRedactor} from '../../src/cli/redact.ts';
import {harmless} from '../../src/cli/render/harmless.ts';
import {table} from '../../src/cli/render/table.ts';
import type {Environment} from '../../src/core/connections/connection.ts';

describe('durations', () => {
  it.each([
    ['500ms', 500],
    ['5s', 5000],
    ['1.5s', 1500],
    ['2min', 120_000],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['250', 250],
    ['0', 0],
    [' 5 s ', 5000],
  ])('%j is read as %i ms', (text, milliseconds) => {
    expect(parseDuration(text)).toEqual({ok: true, value: milliseconds});
  });

  it.each(['', 'soon', '-5s', '5 days', '1e3', 's', '30000h'])('%j is refused', text => {
    expect(parseDuration(text)).toMatchObject({ok: false, failure: {reason: 'invalid-input'}});
  });

  it.each([
    [0.4, '0 ms'],
    [340, '340 ms'],
    [2440, '2.4 s'],
    [59_960, '1 min 0 s'],
    [185_000, '3 min 5 s'],
  ])('%d ms is shown as %j', (milliseconds, text) => {
    expect(showDuration(milliseconds)).toBe(text);
  });
});

describe('colours', () => {
  const red = '\u001B[31mx\u001B[39m';
  it.each<[boolean, Record<string, string>, string]>([
    [true, {}, red],
    [false, {}, 'x'],
    [true, {NO_COLOR: '1'}, 'x'],
    [true, {NO_COLOR: ''}, red],
    [false, {FORCE_COLOR: '1'}, red],
    [true, {FORCE_COLOR: '0'}, 'x'],
    [false, {NO_COLOR: '1', FORCE_COLOR: '1'}, 'x'],
    [true, {TERM: 'dumb'}, 'x'],
  ])('on a terminal: %s, with %j', (isTTY, environment, shown) => {
    expect(paintFor({isTTY}, environment)('red', 'x')).toBe(shown);
  });
});

describe('tables', () => {
  it('aligns by what is seen, not by what is sent', () => {
    const cells = [
      [{text: 'a', paint: (text: string) => `<${text}>`}, {text: '1'}],
      [{text: 'größe'}, {text: '22'}],
    ];
    expect(table(cells)).toBe('<a>      1\ngröße  22\n');
  });

  it('lets no text steer the terminal', () => {
    expect(harmless('a\u001B[2Jb\r\n\tc\u009Bd')).toBe('a\u{FFFD}[2Jb\u{FFFD}\n\tc\u{FFFD}d');
    expect(table([[{text: '\u001B[2J'}]])).toBe('\u{FFFD}[2J\n');
  });
});

describe('what is asked before a write', () => {
  const refused = 'invalid-input';
  it.each<[Environment, {yes: boolean; confirm?: string}, boolean, string]>([
    ['development', {yes: false}, true, 'yes-or-no'],
    ['development', {yes: true}, true, 'nothing'],
    ['development', {yes: false}, false, refused],
    ['development', {yes: true}, false, 'nothing'],
    ['staging', {yes: true}, false, 'nothing'],
    ['production', {yes: false}, true, 'name'],
    ['production', {yes: true}, true, 'name'],
    ['production', {yes: false, confirm: 'shop'}, true, 'nothing'],
    ['production', {yes: true}, false, refused],
    ['production', {yes: false, confirm: 'shop'}, false, refused],
    ['production', {yes: true, confirm: 'shop'}, false, 'nothing'],
    ['production', {yes: true, confirm: 'Shop'}, false, refused],
    ['development', {yes: true, confirm: 'other'}, true, refused],
  ])('%s with %j, someone there: %s', (environment, flags, interactive, expected) => {
    const given = {yes: flags.yes, confirm: flags.confirm};
    const asking = whatToAsk(given, {name: 'shop', environment}, interactive);
    expect(asking.ok ? asking.value : asking.failure.reason).toBe(expected);
  });
});

describe('secrets', () => {
  it('are taken out as they are and as an address writes them', () => {
    const redactor = createRedactor();
    redactor.learn('s&cret/1');
    redactor.learn('');
    const text = 'failed with s&cret/1 at postgres://u:other@h/d or s%26cret%2F1';
    expect(redactor.redact(text)).toBe('failed with *** at postgres://u:***@h/d or ***');
  });
});

it('gives each exit code one meaning', () => {
  expect(exitCodeMeanings.map(([code]) => code)).toEqual(Object.values(exitCodes).toSorted((a, b) => a - b));
});
