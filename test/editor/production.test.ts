import type {Locator} from 'playwright-core';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {runPanel, type RunPanelUser} from '../rig/vscode-run-panel.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, recordedVersion, sessionsIn, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type ThemeName, type VsCode} from '../rig/vscode.ts';
import {shop} from './shop.ts';

const production = '.env.production DATABASE_URL';
const themes = [
  'dark',
  'high-contrast',
  'high-contrast-light',
  'light',
] as const satisfies readonly ThemeName[];
const wait = {timeout: 30_000};
let workspace: Workspace;
let database: TestDatabase;
let code: VsCode;
let panel: RunPanelUser;

steps('production', () => code);

beforeAll(async () => {
  database = await createDatabase(16, 'shop');
  workspace = await createWorkspace({
    '.env': `DATABASE_URL=${database.url}\n`,
    '.env.production': `DATABASE_URL=${database.url}\n`,
  });
  for (const {name, up, down} of shop.slice(0, 3)) await workspace.migration(name, up, down);
  code = await startVsCode({workspace: workspace.path, theme: 'light'});
  panel = runPanel(code);
});

afterAll(async () => {
  await code?.stop();
  await database?.drop();
  await workspace?.dispose();
});

const isRecorded = (version: string): Promise<void> =>
  expect.poll(() => recordedVersion(database), wait).toBe(version);

/** A colour of the theme as the page computes it, to compare with what is shown. */
async function themeColor(name: string): Promise<string> {
  return code.page.locator('.monaco-workbench').evaluate((workbench, variable) => {
    const probe = document.createElement('span');
    probe.style.color = `var(--vscode-${variable})`;
    workbench.append(probe);
    const {color} = getComputedStyle(probe);
    probe.remove();
    return color;
  }, name);
}

const style = (shown: Locator, property: 'color' | 'backgroundColor'): Promise<string> =>
  shown.evaluate((element, name) => getComputedStyle(element)[name], property);

/** The contrast of a text with what is behind it, as WCAG 2.2 defines it: 1 to 21. */
function contrast(text: Locator): Promise<number> {
  return text.evaluate(element => {
    const channels = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
    const behind: number[][] = [];
    for (let at: Element | null = element; at; at = at.parentElement) {
      const color = channels(getComputedStyle(at).backgroundColor);
      behind.push(color);
      if ((color[3] ?? 1) === 1 && color.length >= 3) break;
    }
    const over = (below: number[], above: number[]): number[] =>
      [0, 1, 2].map(i => {
        const alpha = above[3] ?? 1;
        return (above[i] ?? 0) * alpha + (below[i] ?? 255) * (1 - alpha);
      });
    const background = behind.reduceRight((below, above) => over(below, above), [255, 255, 255]);
    const luminance = (color: number[]): number => {
      const [r = 0, g = 0, b = 0] = color.map(value => {
        const part = value / 255;
        return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const text = luminance(over(background, channels(getComputedStyle(element).color)));
    const page = luminance(background);
    return (Math.max(text, page) + 0.05) / (Math.min(text, page) + 0.05);
  });
}

describe('production', () => {
  it('is shown in the error colour of the theme, in the tree and in the status bar', async () => {
    await code.openView('Howdah');
    const name = code.treeRow(production).locator('.label-name').first();
    await expect.poll(() => style(name, 'color'), wait).toBe(await themeColor('errorForeground'));
    expect(await style(code.treeRow('.env DATABASE_URL').locator('.label-name').first(), 'color')).not.toBe(
      await themeColor('errorForeground'),
    );
    await code.statusBar('Choose database').click();
    await code.quickPick(/^\.env\.production DATABASE_URL, production/);
    const item = code.statusBar(production);
    await item.waitFor();
    const background = await themeColor('statusBarItem-errorBackground');
    await expect.poll(() => style(item, 'backgroundColor'), wait).toBe(background);
    // Choosing a target connects to nothing.
    expect(await sessionsIn(database)).toEqual([]);
  });

  it.each(themes)('and its plan can be read: %s', async theme => {
    await code.setTheme(theme);
    if (theme === themes[0]) await code.command('Howdah: Apply Next Migration');
    await panel.says(`Apply 1 migration to ${production}`);
    await code.screenshot(`production-${theme}`);
    // Large text is enough at 3, all other at 4.5: https://www.w3.org/TR/WCAG22/#contrast-minimum
    expect(await contrast(code.statusBar(production).locator('a').first())).toBeGreaterThanOrEqual(4.5);
    await code.statusBar(production).locator('.codicon-shield').waitFor();
    expect(await contrast(panel.heading)).toBeGreaterThanOrEqual(4.5);
    expect(await contrast(code.webview().locator('.environment'))).toBeGreaterThanOrEqual(4.5);
    expect(await contrast(code.webview().locator('.address'))).toBeGreaterThanOrEqual(4.5);
    expect(await contrast(code.webview().locator('.question span'))).toBeGreaterThanOrEqual(4.5);
  });

  it('runs a plan only once its name is typed exactly', async () => {
    await panel.says(`Apply 1 migration to ${production}`);
    // What the database is at now.
    expect(await panel.text()).toContain('none');
    const apply = panel.button('Apply 1 Migration');
    const disabled = (): Promise<boolean> => apply.first().isDisabled();
    expect(await disabled()).toBe(true);
    for (const wrong of ['production', `${production} `, production.toUpperCase()]) {
      await panel.nameField.fill(wrong);
      await code.page.keyboard.press('Enter');
      expect(await disabled(), wrong).toBe(true);
    }
    expect(await recordedVersion(database)).toBe('no table');
    await panel.nameField.fill(production);
    await expect.poll(disabled, wait).toBe(false);
    await apply.first().click();
    await panel.says(/^1 migration applied in/);
    await isRecorded('1');
    await code.statusBar(`${production} · 2 pending`).waitFor();
  });

  it('records a version only once its name is typed exactly', async () => {
    await code.expand(production, 'Migrations');
    await code.contextMenu(/^000002 create_orders, pending/, 'Force Version…');
    await code.quickInput.getByText('Only the bookkeeping changes').waitFor();
    await code.input('production');
    await code.quickInput.getByText('That is not the name of the connection').waitFor();
    await code.page.keyboard.press('Escape');
    expect(await recordedVersion(database)).toBe('1');
    await code.contextMenu(/^000002 create_orders, pending/, 'Force Version…');
    await code.input(production);
    await isRecorded('2');
    await code.treeRow(/^000002 create_orders, current/).waitFor();
  });

  it('refuses every write while it is read-only', async () => {
    await code.contextMenu(/^\.env\.production DATABASE_URL/, 'Make Read-Only');
    await code.treeRow(/^\.env\.production DATABASE_URL, production, .*read-only/).waitFor();
    await code.expand(production, 'Migrations');
    await code.contextMenu(/^000001 create_customers/, 'Force Version…');
    await code.notification('is read-only, so nothing was changed').waitFor();
    await code.command('Howdah: Apply All Pending Migrations');
    await panel.says(`Apply 1 migration to ${production}`);
    expect(await panel.text()).toContain('This connection is read-only, so nothing can be run on it.');
    expect(await panel.button('Apply 1 Migration').first().isDisabled()).toBe(true);
    expect(await panel.nameField.isVisible()).toBe(false);
    await code.page.keyboard.press('Enter');
    expect(await recordedVersion(database)).toBe('2');
  });

  it('asks for one click once the connection is said to be for development', async () => {
    await code.contextMenu(/^\.env\.production DATABASE_URL/, 'Set Environment…');
    await code.quickPick(/^Development/);
    await code.treeRow(/^\.env\.production DATABASE_URL, development/).waitFor();
    const background = await themeColor('statusBarItem-errorBackground');
    await expect.poll(() => style(code.statusBar(production), 'backgroundColor'), wait).not.toBe(background);
    await code.command('Howdah: Apply All Pending Migrations');
    // The panel of the read-only plan shows this one now.
    await expect.poll(() => panel.button('Apply 1 Migration').first().isEnabled(), wait).toBe(true);
    await code.page.keyboard.press('Enter');
    await panel.says('000003 add_order_status failed');
    // The second file was recorded by force and never ran, so the third has no table to change.
    await isRecorded('3 dirty');
    expect(await panel.text()).toContain('relation "orders" does not exist');
  });

  it.each(themes)('a failed run can be read: %s', async theme => {
    if (theme === themes[0]) await code.problems();
    await code.setTheme(theme);
    await code.screenshot(`failed-run-${theme}`);
    expect(await contrast(panel.heading)).toBeGreaterThanOrEqual(4.5);
    expect(await contrast(code.webview().locator('.message'))).toBeGreaterThanOrEqual(4.5);
    expect(await contrast(code.webview().locator('.sqlstate'))).toBeGreaterThanOrEqual(4.5);
    expect(await contrast(code.webview().locator('.place'))).toBeGreaterThanOrEqual(4.5);
  });

  it('has left no error behind', async () => {
    expect(await code.extensionHostErrors()).toEqual([]);
    // The editor writes each error that it shows to the console as well.
    expect(code.consoleErrors).toEqual([expect.stringContaining('is read-only, so nothing was changed')]);
  });
});
