import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import {largePlan} from '../rig/large-plan.ts';
import {DirectedPlan, planText} from './explain-rig.ts';
import {PageRig, type OpenPage} from './page-rig.ts';
import {themes, type Theme} from './themes.ts';

type Page = OpenPage['page'];

let rig: PageRig;
const opened: OpenPage[] = [];

beforeAll(async () => {
  rig = await PageRig.start('explain');
});
afterAll(() => rig.stop());
afterEach(async () => {
  for (const one of opened.splice(0)) {
    await one.close();
    expect(one.problems).toEqual([]);
  }
});

const theme = (name: string): Theme => {
  const found = themes.find(theme => theme.name === name);
  if (found === undefined) throw new Error(`no theme ${name}`);
  return found;
};

async function graph(text: string, name = 'light'): Promise<{page: Page; plan: DirectedPlan}> {
  const plan = new DirectedPlan({text});
  const one = await rig.open('explain', theme(name), plan.connect);
  opened.push(one);
  await one.page.emulateMedia({reducedMotion: 'reduce'});
  await one.page.setViewportSize({width: 1360, height: 820});
  await one.page.locator('.card').first().waitFor();
  return {page: one.page, plan};
}

const small = planText('orders-report-18');
const cte = planText('recent-customers-18');

/** An Append over partitions that take 1 ms each, but for the last ones. */
function partitions(count: number): string {
  const scan = (index: number): object => ({
    'Node Type': 'Seq Scan',
    'Parent Relationship': 'Member',
    'Relation Name': `events_${index}`,
    Alias: `events_${index}`,
    'Plan Rows': 10,
    'Total Cost': 10,
    'Actual Startup Time': 0,
    'Actual Total Time': index > count - 3 ? 100 : 1,
    'Actual Rows': 10,
    'Actual Loops': 1,
  });
  const Plans = Array.from({length: count}, (_, index) => scan(index + 1));
  const total = 300 + count;
  const append = {'Node Type': 'Append', 'Actual Total Time': total, 'Actual Rows': 10 * count};
  return JSON.stringify([{Plan: {...append, 'Actual Loops': 1, 'Plan Rows': 9, 'Total Cost': 9000, Plans}}]);
}

const card = (page: Page, name: RegExp | string): ReturnType<Page['getByRole']> =>
  page.getByRole('treeitem', {name}).first();

/** What a screen reader says of the card under the keyboard. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');

const selected = (page: Page): Promise<string | null> =>
  page.locator('.card[aria-selected=true]').getAttribute('aria-label');

/** The upper left corner of an element. */
async function corner(page: Page, name: RegExp): Promise<{x: number; y: number}> {
  const box = await card(page, name).boundingBox();
  if (box === null) throw new Error(`${name} is not seen`);
  return {x: box.x, y: box.y};
}

const zoomText = (page: Page): Promise<string | null> => page.locator('.graph-zoom').textContent();

/** Elements of the graph, the number that keeps a large plan usable. */
const elements = (page: Page): Promise<number> =>
  page.evaluate(() => document.querySelectorAll('.graph *').length);

async function focusRoot(page: Page): Promise<void> {
  await page.locator('.card[tabindex="0"]').focus();
  await page.keyboard.press('Home');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-level') === '1');
}

describe('the first look', () => {
  it('has the slowest node of a small plan selected, in sight, and all of its way from the root', async () => {
    const {page} = await graph(small);
    expect(await selected(page)).toMatch(/^Seq Scan on payments, self 1\.19 s, 94 % of the time/);
    await expect(card(page, /^Seq Scan on payments/).isVisible()).resolves.toBe(true);
    const root = await corner(page, /^Limit/);
    const surface = await page.locator('.graph-surface').boundingBox();
    expect(root.y).toBeGreaterThan(surface?.y ?? Number.POSITIVE_INFINITY);
  });

  it('says on a card what it is, what it took, and what is wrong', async () => {
    const {page} = await graph(small);
    const text = await card(page, /^Seq Scan on payments/).textContent();
    expect(text).toBe('Seq Scan94 %on payments1.19 s78 rows1');
    await expect(
      card(page, /^Seq Scan on payments/)
        .locator('.badge-finding')
        .getAttribute('title'),
    ).resolves.toBe('1 finding');
  });

  it('names what hangs at the side, and never executed nodes', async () => {
    const {page} = await graph(cte);
    await expect(card(page, /^CTE recent: Seq Scan/).count()).resolves.toBe(1);
    await expect(card(page, /^InitPlan 2: Aggregate/).count()).resolves.toBe(1);
  });

  it('shows a table’s name as text', async () => {
    const {page} = await graph(small.replaceAll('payments', '<img src=x onerror=alert(1)>'));
    await expect(page.locator('.graph img').count()).resolves.toBe(0);
    await expect(card(page, 'Seq Scan on <img src=x onerror=alert(1)>').count()).resolves.toBe(1);
  });
});

describe('the keyboard', () => {
  it('walks the tree, and the selection with it', async () => {
    const {page} = await graph(small);
    await focusRoot(page);
    const steps: readonly (readonly [string, RegExp])[] = [
      ['ArrowDown', /^Sort,/],
      ['ArrowDown', /^GroupAggregate/],
      ['ArrowUp', /^Sort,/],
      ['ArrowLeft', /^Sort,/],
      ['End', /^Seq Scan on payments/],
      ['ArrowUp', /^Aggregate/],
      ['ArrowLeft', /^Nested Loop/],
      ['ArrowRight', /^Aggregate/],
      ['Home', /^Limit/],
    ];
    for (const [key, name] of steps) {
      await page.keyboard.press(key);
      await expect.poll(() => focused(page)).toMatch(name);
      await expect.poll(() => selected(page)).toMatch(name);
    }
  });

  it('has one card in the Tab order, and tells levels, places and keys', async () => {
    const {page} = await graph(small);
    await expect(page.locator('.card[tabindex="0"]').count()).resolves.toBe(1);
    const tree = page.getByRole('tree');
    await expect(tree.getAttribute('aria-keyshortcuts')).resolves.toContain('Home');
    const aggregate = card(page, /^Aggregate/);
    for (const [name, value] of [
      ['aria-level', '6'],
      ['aria-posinset', '2'],
      ['aria-setsize', '2'],
      ['aria-expanded', 'true'],
    ] as const)
      await expect(aggregate.getAttribute(name)).resolves.toBe(value);
  });

  it('hides what is below with Space, keeps the focus and the place, and shows it again', async () => {
    const {page} = await graph(small);
    await focusRoot(page);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused(page)).toMatch(/^Sort/);
    const before = await corner(page, /^Sort/);
    await page.keyboard.press(' ');
    await expect.poll(() => focused(page)).toMatch(/^Sort, .* 15 nodes hidden, 1\.27 s, 100 %$/);
    await expect(page.locator('.card').count()).resolves.toBe(2);
    const after = await corner(page, /^Sort/);
    expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeLessThan(1);
    await page.keyboard.press('*');
    await expect.poll(() => page.locator('.card').count()).toBeGreaterThan(5);
    await expect.poll(() => focused(page)).toMatch(/^Sort/);
  });

  it('zooms and moves the view', async () => {
    const {page} = await graph(small);
    await focusRoot(page);
    await page.keyboard.press('0');
    await expect.poll(() => zoomText(page)).toBe('100 %');
    await page.keyboard.press('-');
    await expect.poll(() => zoomText(page)).toBe('80 %');
    const before = await corner(page, /^Limit/);
    await page.keyboard.press('Shift+ArrowDown');
    await expect.poll(async () => (await corner(page, /^Limit/)).y).toBeCloseTo(before.y - 90, 0);
    await page.keyboard.press('f');
    await expect.poll(() => page.locator('.card').count()).toBe(17);
  });

  it('opens the details with Enter', async () => {
    const {page} = await graph(small);
    await focusRoot(page);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('tab', {name: 'Node'}).getAttribute('aria-selected')).toBe('true');
  });
});

describe('the mouse', () => {
  it('selects with a click, and not at the end of a drag', async () => {
    const {page} = await graph(small);
    const at = await corner(page, /^Aggregate/);
    await page.mouse.move(at.x + 20, at.y + 20);
    await page.mouse.down();
    await page.mouse.move(at.x + 80, at.y - 40, {steps: 4});
    await page.mouse.up();
    await expect.poll(() => corner(page, /^Aggregate/)).toEqual({x: at.x + 60, y: at.y - 60});
    expect(await selected(page)).toMatch(/^Seq Scan on payments/);
    await card(page, /^Aggregate/).click();
    await expect.poll(() => selected(page)).toMatch(/^Aggregate/);
  });

  it('zooms with Ctrl and the wheel at the pointer, and pans without', async () => {
    const {page} = await graph(small);
    const at = await corner(page, /^Aggregate/);
    await page.mouse.move(at.x, at.y);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -100);
    await page.keyboard.up('Control');
    const before = await zoomText(page);
    await expect.poll(() => zoomText(page)).not.toBe('100 %');
    const zoomed = await corner(page, /^Aggregate/);
    expect(Math.hypot(zoomed.x - at.x, zoomed.y - at.y)).toBeLessThan(2);
    await page.mouse.wheel(30, 50);
    await expect.poll(async () => (await corner(page, /^Aggregate/)).y).toBeCloseTo(zoomed.y - 50, 0);
    expect((await corner(page, /^Aggregate/)).x).toBeCloseTo(zoomed.x - 30, 0);
    expect(await zoomText(page)).toBe(before);
  });

  it('folds with the chip under a card', async () => {
    const {page} = await graph(small);
    await card(page, /^Aggregate/).hover();
    await card(page, /^Aggregate/)
      .locator('.card-chip')
      .click();
    await expect
      .poll(() =>
        card(page, /^Aggregate/)
          .locator('.card-chip')
          .textContent(),
      )
      .toBe('+ 1 · 1.19 s, 94 %');
    await card(page, /^Aggregate/)
      .locator('.card-chip')
      .click();
    await expect.poll(() => card(page, /^Seq Scan on payments/).count()).toBe(1);
  });
});

describe('a plan over many partitions', () => {
  it('stacks those that took little, and opens the stack', async () => {
    const {page} = await graph(partitions(500));
    const stack = card(page, /^497 more inputs/);
    await expect(stack.textContent()).resolves.toContain('× 497 more');
    await expect(stack.textContent()).resolves.toContain('Seq Scan');
    await stack.click();
    await expect.poll(() => card(page, /^Stack 497 more inputs again/).count()).toBe(1);
    await page.getByRole('button', {name: 'Show at 100 %'}).click();
    await expect.poll(() => card(page, /^Seq Scan on events_\d+,/).count()).toBe(1);
    expect(await elements(page)).toBeLessThan(1500);
  });

  it('shows a partition that is chosen elsewhere', async () => {
    const {page} = await graph(partitions(500));
    await page.keyboard.press('/');
    await page.keyboard.type('events_77');
    await page.keyboard.press('Enter');
    await expect.poll(() => selected(page)).toMatch(/^Seq Scan on events_77,/);
    await expect(page.locator('.card.is-found').count()).resolves.toBe(1);
    await expect(page.locator('.card.is-dimmed').count()).resolves.toBeGreaterThan(0);
  });
});

describe('the colours', () => {
  it('prints what they stand for, by whatever they are', async () => {
    const {page} = await graph(small);
    const value = (): Promise<string | null> =>
      card(page, /^Seq Scan on payments/)
        .locator('.card-value')
        .textContent();
    for (const [by, text] of [
      ['Buffers', /^[\d.]+ [MG]B$/],
      ['Rows', /^78 rows$/],
      ['Estimate error', /× too (low|high)$|^exact$/],
      ['Cost', /^cost [\d,]+$/],
      ['Self time', /^1\.19 s$/],
    ] as const) {
      await page.getByRole('combobox', {name: 'Colour by'}).click();
      await page.getByRole('option', {name: by, exact: true}).click();
      await expect.poll(value).toMatch(text);
    }
  });

  it.each(themes.map(({name}) => name))('are legible in %s', async name => {
    const {page} = await graph(small, name);
    // On every tint of the flame graph, and on cards.
    const ratios = await page.evaluate(() => {
      const context = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
      const luminance = (colour: string): number => {
        if (context === null) return 0;
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
        const parts = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3).map(part => part / 255);
        const [red = 0, green = 0, blue = 0] = parts.map(part =>
          part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
        );
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      return ['warm', 'cool'].flatMap(tone =>
        [0, 1, 2, 3, 4, 5].map(level => {
          const probe = document.createElement('span');
          probe.className = `shade-${tone}-${level}`;
          probe.style.background = 'var(--tint)';
          probe.style.color = 'var(--vscode-foreground)';
          document.body.append(probe);
          const {color, backgroundColor} = getComputedStyle(probe);
          const [text, ground] = [luminance(color), luminance(backgroundColor)];
          return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
        }),
      );
    });
    expect(ratios.length).toBe(12);
    expect(Math.min(...ratios)).toBeGreaterThan(4.5);
  });
});

describe('10,000 nodes', () => {
  const large = largePlan(10_000);

  it('stay few elements, from the first look to all of them, and at every distance', async () => {
    const {page} = await graph(large);
    const counts = [await elements(page)];
    await page.getByRole('button', {name: 'Show everything that is folded'}).click();
    for (const name of ['Fit the plan into view', 'Show at 100 %']) {
      await page.getByRole('button', {name}).click();
      await page.waitForTimeout(100);
      counts.push(await elements(page));
    }
    for (let step = 0; step < 8; step++) {
      await page.getByRole('button', {name: 'Zoom out'}).click();
      await page.waitForTimeout(60);
      counts.push(await elements(page));
    }
    expect(Math.max(...counts)).toBeLessThan(1500);
    expect(Math.min(...counts)).toBeGreaterThan(5);
  });

  it('lies in the overview with each click on the node that is under it', async () => {
    const {page} = await graph(large);
    await page.getByRole('button', {name: 'Show everything that is folded'}).click();
    await page.getByRole('button', {name: 'Fit the plan into view'}).click();
    const before = await selected(page);
    const surface = await page.locator('.graph-surface').boundingBox();
    if (surface === null) throw new Error('no surface');
    for (let down = 100; down < surface.height && (await selected(page)) === before; down += 7)
      await page.mouse.click(surface.x + surface.width / 3, surface.y + down);
    expect(await selected(page)).not.toBe(before);
  });
});
