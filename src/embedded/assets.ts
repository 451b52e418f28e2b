import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {BackendOptions} from './backend-messages.ts';
import {unpack} from './pack.ts';

// the compiler's libraries have it for browsers only
declare const WebAssembly: {compile(bytes: Uint8Array): Promise<object>};

/** What every start of a backend needs of the folder with the bundles; loaded once, since compiling takes a while. */
export type Assets = Pick<BackendOptions, 'assets' | 'module' | 'extensions'>;

/** Throws what the file system throws. */
export async function loadAssets(assets: string): Promise<Assets> {
  const [module, extensions] = await Promise.all([
    readFile(join(assets, 'pglite.wasm')).then(bytes => WebAssembly.compile(bytes)),
    unpack(join(assets, 'extensions.br')),
  ]);
  const shared = new Uint8Array(new SharedArrayBuffer(extensions.length));
  shared.set(extensions);
  return {assets, module, extensions: shared};
}
