import {afterEach, beforeEach} from 'vitest';
import type {VsCode} from './vscode.ts';

/**
 * For a file whose tests are the steps of one journey: once a step has failed, the window is kept as a picture and the
 * steps after it are skipped, because they would only repeat its failure one time-out after another.
 */
export function steps(name: string, code: () => VsCode | undefined): void {
  let failed = false;
  beforeEach(context => context.skip(failed, 'a step before it failed'));
  afterEach(async context => {
    if (failed || context.task.result?.state !== 'fail') return;
    failed = true;
    await code()?.screenshot(`failed-${name}`);
  });
}
