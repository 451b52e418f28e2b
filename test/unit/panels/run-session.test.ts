import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {gather} from '../../../src/editor/panels/gather.ts';
import {panelHtml} from '../../../src/editor/panels/panel-html.ts';
import {RunSession} from '../../../src/editor/panels/run-session.ts';
import {DirectedRun} from '../../webview/run-rig.ts';

describe('a run', () => {
  it.each([
    ['development', null, 'started'],
    ['staging', null, 'started'],
    ['production', null, 'name-differs'],
    ['production', 'shop', 'name-differs'],
    ['production', 'shop production', 'started'],
  ] as const)('in %s with the name %j is %s', (environment, name, started) => {
    expect(new DirectedRun({environment}).session.start(name)).toBe(started);
  });

  it('starts once', () => {
    const {session} = new DirectedRun();
    expect([session.start(null), session.start(null)]).toEqual(['started', 'already-started']);
  });

  it('says that it is cancelling, once, and aborts', () => {
    const run = new DirectedRun();
    const kinds: string[] = [];
    run.session.onChange(({kind}) => kinds.push(kind));
    run.session.cancel();
    run.session.start(null);
    run.session.cancel();
    run.session.cancel();
    expect(kinds).toEqual(['run-started', 'cancelling']);
    expect(run.signal?.aborted).toBe(true);
  });

  it('that breaks off is told as such', async () => {
    const {
      session: {model},
    } = new DirectedRun();
    const session = new RunSession(model, () => Promise.reject(new Error('bug')), {
      bytes: [],
      canAgain: false,
    });
    session.start(null);
    await expect.poll(() => session.view.phase).toEqual({kind: 'lost', why: 'broke'});
  });
});

describe('gathered values', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('come at once, then together, and at once again after a pause', () => {
    const delivered: (readonly number[])[] = [];
    const gatherer = gather<number>(values => delivered.push(values), 50);
    [1, 2, 3].forEach(value => gatherer.add(value));
    expect(delivered).toEqual([[1]]);
    vi.advanceTimersByTime(50);
    expect(delivered).toEqual([[1], [2, 3]]);
    vi.advanceTimersByTime(50);
    gatherer.add(4);
    expect(delivered).toEqual([[1], [2, 3], [4]]);
  });

  it('come when they are asked for', () => {
    const delivered: (readonly number[])[] = [];
    const gatherer = gather<number>(values => delivered.push(values), 50);
    [1, 2].forEach(value => gatherer.add(value));
    gatherer.flush();
    vi.advanceTimersByTime(500);
    expect(delivered).toEqual([[1], [2]]);
  });
});

it('allows a page its own script and style and nothing else', () => {
  const html = panelHtml({
    title: '"><script>alert(1)</script>',
    script: 's.js',
    style: 's.css',
    cspSource: 'https://panel',
    nonce: 'N',
    language: 'en',
  });
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
  expect(policy).toBe(
    "default-src 'none'; script-src 'nonce-N'; style-src https://panel 'nonce-N'; base-uri 'none'; form-action 'none'",
  );
  expect(html.match(/<script/g)).toHaveLength(1);
});
