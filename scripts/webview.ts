import {join} from 'node:path';
import {build, type Metafile} from 'esbuild';

const root = join(import.meta.dirname, '..');

/** One page for each panel: a module and a style sheet of its name. */
const panels = ['run', 'rollout', 'explain', 'rehearsal', 'schema', 'indexes', 'health'] as const;

export interface WebviewOptions {
  readonly minify: boolean;
  /** All of them unless told. */
  readonly only?: readonly (typeof panels)[number][];
}

/**
 * Builds the page of each panel.
 * @param outDir receives `<panel>.js` and `<panel>.css`
 * @returns what went into them, for the sizes
 */
export async function buildWebviews(
  outDir: string,
  {minify, only = panels}: WebviewOptions,
): Promise<Metafile> {
  const {metafile} = await build({
    absWorkingDir: root,
    entryPoints: only.flatMap(panel => [
      {in: `webview/${panel}/main.ts`, out: panel},
      {in: `webview/${panel}/styles.css`, out: panel},
    ]),
    outdir: outDir,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    // The Chromium of the oldest editor that is supported.
    target: ['es2022', 'chrome134'],
    minify,
    sourcemap: minify ? false : 'inline',
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  });
  return metafile;
}
