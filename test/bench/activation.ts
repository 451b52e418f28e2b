import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {startVsCode} from '../rig/vscode.ts';
import {median, milliseconds, type Figure} from './figure.ts';

/** Until the editor's own start is over: its other extensions would be measured as well. Milliseconds. */
const settle = 8000;

/**
 * Activation in the real VS Code, as its own list of running extensions says: loading our code, and `activate`. The
 * workspace holds no migrations, so that the first look at the view is what starts it.
 */
export async function measureActivation(vsix?: string): Promise<readonly Figure[]> {
  const workspace = await mkdtemp(join(tmpdir(), 'howdah-bench-workspace-'));
  const times: number[] = [];
  try {
    for (let round = 0; round < 5; round += 1) times.push(await once(workspace, vsix));
  } finally {
    await rm(workspace, {recursive: true, force: true});
  }
  const all = times.toSorted((a, b) => a - b).join(', ');
  return [{what: `activation in VS Code (${all})`, measured: milliseconds(median(times)), goal: '≤ 50 ms'}];
}

async function once(workspace: string, vsix?: string): Promise<number> {
  const vscode = await startVsCode({workspace, ...(vsix === undefined ? {} : {vsix})});
  try {
    // Tall enough for the whole list: rows out of sight do not exist for the page.
    await vscode.page.setViewportSize({width: 1280, height: 2400});
    await vscode.page.waitForTimeout(settle);
    await vscode.openView('Howdah');
    await vscode.command('Developer: Show Running Extensions');
    const row = vscode.page.locator('.extension', {hasText: 'Howdah'}).first();
    const text = await row.locator('.activation-time').innerText();
    return Number(/(\d+)ms/.exec(text)?.[1]);
  } finally {
    await vscode.stop();
  }
}
