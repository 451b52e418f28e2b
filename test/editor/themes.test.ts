import type {Locator} from 'playwright-core';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {runPanel, type RunPanelUser} from '../rig/vscode-run-panel.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type ThemeName, type VsCode} from '../rig/vscode.ts';
import {shop} from './shop.ts';

const production = '.env.production DATABASE_URL';
const themes = [
  'light',
  'dark',
  'high-contrast',
  'high-contrast-light',
] as const satisfies readonly ThemeName[];
let workspace: Workspace;
let database: TestDatabase;
let code: VsCode;
let panel: RunPanelUser;

steps('themes', () => code);

beforeAll(async () => {
  database = await createDatabase(17, 'shop');
  workspace = await createWorkspace({
    '.env': `DATABASE_URL=${database.url}\n`,
    '.env.production': `DATABASE_URL=${database.url}\n`,
  });
  for (const {name, up, down} of shop) await workspace.migration(name, up, down);
  code = await startVsCode({workspace: workspace.path, theme: 'light'});
  panel = runPanel(code);
  await code.openView('Howdah');
  await code.expand('.env DATABASE_URL', 'Migrations');
  await code.contextMenu(/^000003 add_order_status, pending/, 'Apply up to Here…');
  await panel.press(/^Apply 3 migrations/, 'Apply 3 Migrations');
  await panel.says(/^3 migrations applied/);
  await panel.button('Close').click();
  await code.rowAt('.env DATABASE_URL', 'public', 'Tables', 'orders');
  await code.expand('.env DATABASE_URL', 'public', 'Tables', 'orders', 'Columns');
});

afterAll(async () => {
  await code?.stop();
  await database?.drop();
  await workspace?.dispose();
});

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

describe('in every theme', () => {
  it.each(themes)('production and its plan can be read: %s', async theme => {
    await code.setTheme(theme);
    if (theme === themes[0]) {
      await code.command('Howdah: Select Target Connection');
      await code.quickPick(/^\.env\.production DATABASE_URL, production/);
      await code.command('Howdah: Apply All Pending Migrations');
    }
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

  it.each(themes)('a failed run can be read: %s', async theme => {
    if (theme === themes[0]) {
      await panel.button('Cancel').click();
      await code.contextMenu('Migrations', 'Apply All Pending Migrations');
      await panel.says(/^Apply 1 migration/);
      await code.webview().getByText('The rehearsal fails in').waitFor();
      await panel.button('Apply 1 Migration').click();
      await panel.button('Apply Anyway').click();
      await panel.says('000004 index_orders failed');
      await code.problems();
    }
    await code.setTheme(theme);
    await code.screenshot(`failed-run-${theme}`);
    expect(await contrast(panel.heading)).toBeGreaterThanOrEqual(4.5);
    expect(await contrast(code.webview().locator('.message'))).toBeGreaterThanOrEqual(4.5);
    expect(await contrast(code.webview().locator('.sqlstate'))).toBeGreaterThanOrEqual(4.5);
    expect(await contrast(code.webview().locator('.place'))).toBeGreaterThanOrEqual(4.5);
  });
});
