import {rm} from 'node:fs/promises';
import type {TestProject} from 'vitest/node';
import {buildCli} from './rig.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder with the bundled command line. */
    readonly cliFolder: string;
  }
}

/** Bundles the command line from what is there now, once for all files of a run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await buildCli();
  project.provide('cliFolder', folder);
  return () => rm(folder, {recursive: true, force: true});
}
