import {readFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import {join} from 'node:path';
import {build} from 'esbuild';

const root = join(import.meta.dirname, '../../..');

/** A page with pev2, built as its readers would build it. */
export interface YardstickPage {
  readonly url: string;
  stop(): void;
}

/** Serves the page with pev2 from this machine. */
export async function serveYardstick(): Promise<YardstickPage> {
  const {outputFiles} = await build({
    absWorkingDir: root,
    entryPoints: ['test/bench/yardstick/pev2.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    minify: true,
    define: {'process.env.NODE_ENV': '"production"'},
    logLevel: 'error',
  });
  const files = new Map([
    ['/pev2.js', ['text/javascript', outputFiles[0]?.text ?? '']],
    ['/pev2.css', ['text/css', await readFile(join(root, 'node_modules/pev2/dist/pev2.css'), 'utf8')]],
    ['/', ['text/html', page]],
  ]);
  const server = createServer(({url = '/'}, response) => {
    const [type = 'text/plain', body = ''] = files.get(url) ?? [];
    response.writeHead(200, {'content-type': type}).end(body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {url: `http://127.0.0.1:${port}/`, stop: () => void server.close()};
}

const page = `<!doctype html><html><head><link rel="stylesheet" href="/pev2.css"></head>
<body><script type="module" src="/pev2.js"></script></body></html>`;
