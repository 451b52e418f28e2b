import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import {largePlan} from '../rig/large-plan.ts';
import {DirectedPlan, planText} from './explain-rig.ts';
import {PageRig, type OpenPage} from './page-rig.ts';
import {themes} from './themes.ts';

type Page = OpenPage['page'];

const folder = join(import.meta.dirname, '../../.cache/screenshots');
let rig: PageRig;
const opened: OpenPage[] = [];

beforeAll(async () => {
  await mkdir(folder, {recursive: true});
  rig = await PageRig.start('explain');
});
afterAll(() => rig.stop());
/** The page's policy lets it load nothing: a picture that needs it would be among the problems. */
afterEach(async () => {
  for (const one of opened.splice(0)) {
    await one.close();
    expect(one.problems).toEqual([]);
    expect(one.requested).toEqual(['/explain', '/explain.css', '/explain.js']);
  }
});

async function exported(text: string, kind: 'SVG' | 'PNG', view = '1', theme = themes[0]): Promise<string> {
  if (theme === undefined) throw new Error('no theme');
  const plan = new DirectedPlan({text});
  const one = await rig.open('explain', theme, plan.connect);
  opened.push(one);
  await one.page.locator('.workspace').waitFor();
  await one.page.keyboard.press(view);
  await one.page
    .locator(view === '1' ? '.card' : '.bar')
    .first()
    .waitFor();
  await one.page.getByRole('button', {name: 'Export'}).click();
  await one.page
    .getByRole('menuitem', {name: new RegExp(kind)})
    .first()
    .click();
  await expect.poll(() => plan.askedFor('save').length, {timeout: 20_000}).toBe(1);
  const saved: unknown = JSON.parse(plan.askedFor('save')[0] ?? '{}');
  if (typeof saved !== 'object' || saved === null || !('content' in saved)) throw new Error('not saved');
  expect(saved).toMatchObject({kind: kind.toLowerCase()});
  return String(saved.content);
}

/** What a browser's parser of XML finds, in a page of its own. */
function read(page: Page, svg: string): Promise<{names: string[]; texts: string[]; attributes: string[]}> {
  return page.evaluate(text => {
    const document = new DOMParser().parseFromString(text, 'image/svg+xml');
    const all = [...document.querySelectorAll('*')];
    return {
      names: [...new Set(all.map(({tagName}) => tagName))].toSorted(),
      texts: all.filter(({tagName}) => tagName === 'text').map(({textContent}) => textContent),
      attributes: [...new Set(all.flatMap(each => each.getAttributeNames()))].toSorted(),
    };
  }, svg);
}

const lastPage = (): Page => {
  const last = opened.at(-1);
  if (last === undefined) throw new Error('no page');
  return last.page;
};

describe('the picture of a plan', () => {
  it('is an SVG of shapes and texts that refers to nothing', async () => {
    const svg = await exported(planText('orders-report-18'), 'SVG');
    const {names, attributes, texts} = await read(lastPage(), svg);
    expect(names).toEqual(['desc', 'path', 'rect', 'svg', 'text', 'title']);
    expect(attributes.filter(name => /^on|href|style|class|src/.test(name))).toEqual([]);
    expect(svg).not.toContain('url(');
    expect(svg).not.toContain('var(');
    expect(texts).toContain('PostgreSQL plan: Limit');
    expect(texts.filter(text => text.startsWith('Seq Scan')).length).toBeGreaterThan(2);
    expect(texts).toContain('94 %');
  });

  it('has every node, also those that are out of sight or folded', async () => {
    const svg = await exported(largePlan(120), 'SVG');
    const {texts} = await read(lastPage(), svg);
    const cards = texts.filter(text => /^(\d[\d,.]*|0) ?(ms|s)$|^–$/.test(text));
    expect(cards.length).toBe(120);
  });

  it('is of the view that is seen', async () => {
    const svg = await exported(planText('orders-report-18'), 'SVG', '2');
    const {texts, names} = await read(lastPage(), svg);
    expect(names).not.toContain('path');
    expect(texts).toContain('1.19 s · self 1.19 s');
  });

  it('writes what a server returned as text', async () => {
    const name = '</text><script>alert(1)</script>&"\u0001';
    const plan = JSON.stringify([
      {Plan: {'Node Type': name, 'Relation Name': '<a href="x">', 'Total Cost': 1}},
    ]);
    const svg = await exported(plan, 'SVG');
    const {names, texts} = await read(lastPage(), svg);
    expect(names).not.toContain('script');
    expect(names).not.toContain('parsererror');
    expect(texts.some(text => text.startsWith('</text><script>'))).toBe(true);
  });

  it.each(themes.map(theme => [theme.name, theme] as const))('is a PNG too, in %s', async (name, theme) => {
    for (const view of ['1', '2']) {
      const png = Buffer.from(await exported(planText('parallel-report-18'), 'PNG', view, theme), 'base64');
      expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
      const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
      expect(width).toBeGreaterThan(800);
      expect(height).toBeGreaterThan(600);
      expect(png.length).toBeGreaterThan(10_000);
      await writeFile(join(folder, `picture-${view === '1' ? 'graph' : 'flame'}-${name}.png`), png);
    }
  });

  it('of 10,000 nodes is no larger than a canvas can be', async () => {
    const png = Buffer.from(await exported(largePlan(10_000), 'PNG'), 'base64');
    expect(png.readUInt32BE(16)).toBeLessThanOrEqual(16_384);
    expect(png.readUInt32BE(16)).toBeGreaterThan(10_000);
  });
});
