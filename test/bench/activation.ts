import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {startVsCode} from '../rig/vscode.ts';
import {median, milliseconds, type Figure} from './figure.ts';

/** Activation in the real VS Code, as its own list of running extensions says: our code from load to return. */
export async function measureActivation(): Promise<readonly Figure[]> {
  const workspace = await mkdtemp(join(tmpdir(), 'howdah-bench-workspace-'));
  await mkdir(join(workspace, 'migrations'));
  await writeFile(join(workspace, 'migrations/000001_first.up.sql'), 'SELECT 1;\n');
  const vscode = await startVsCode({workspace});
  const times: number[] = [];
  try {
    for (let round = 0; round < 5; round += 1) {
      if (round > 0) await vscode.reload();
      await vscode.openView('Howdah');
      await vscode.command('Developer: Show Running Extensions');
      const row = vscode.page.locator('.extension', {hasText: 'Howdah'}).first();
      const text = await row.locator('.activation-time').innerText();
      times.push(Number(/(\d+)ms/.exec(text)?.[1]));
    }
  } finally {
    await vscode.stop();
    await rm(workspace, {recursive: true, force: true});
  }
  return [{what: 'activation in VS Code', measured: milliseconds(median(times)), goal: '≤ 50 ms'}];
}
