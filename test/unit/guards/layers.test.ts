import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createMiniature, type Miniature} from './miniature.ts';

const toolkit = '@vscode/webview-ui-toolkit';

/** A file, what it imports, and what the linter's rule says of it. */
const forbidden: readonly (readonly [file: string, specifier: string, says: string])[] = [
  ['src/core/a.ts', 'node:fs', 'The core is pure'],
  ['src/core/migrations/b.ts', 'vscode', 'The core is pure'],
  ['src/core/sql/c.ts', '../../postgres/x.ts', 'The core imports nothing but itself'],
  ['src/core/d.ts', '../protocol/x.ts', 'The core imports nothing but itself'],
  ['src/protocol/a.ts', 'zod', 'The protocol is shared with webviews'],
  ['src/protocol/b.ts', 'node:fs', 'The protocol is shared with webviews'],
  ['src/protocol/c.ts', '../postgres/x.ts', 'The protocol imports the core only'],
  ['src/postgres/a.ts', 'vscode', 'vscode lives in src/editor'],
  ['src/postgres/catalog/b.ts', '../../connections/x.ts', 'Siblings do not import each other'],
  ['src/connections/a.ts', 'pg', 'Finding connections connects to nothing'],
  ['src/connections/b.ts', '../frameworks/x.ts', 'Siblings do not import each other'],
  ['src/parser/a.ts', 'pg', 'The parser reads text, nothing else'],
  ['src/parser/b.ts', '../postgres/x.ts', 'Siblings do not import each other'],
  ['src/frameworks/a.ts', 'pg', 'A framework talks to a server through the session'],
  ['src/frameworks/c.ts', '../parser/x.ts', 'Siblings do not import each other'],
  ['src/frameworks/tool/b.ts', '../../postgres/x.ts', 'Siblings do not import each other'],
  ['src/embedded/a.ts', 'vscode', 'The embedded PostgreSQL is reached through a session'],
  ['src/embedded/b.ts', '../postgres/x.ts', 'Siblings do not import each other'],
  ['src/cli/a.ts', 'vscode', 'The command line has no editor'],
  ['src/cli/commands/b.ts', '../../editor/x.ts', 'two faces that do not know each other'],
  ['src/editor/a.ts', 'pg', 'The editor reaches servers through src/postgres'],
  ['src/editor/tree/b.ts', '../../cli/x.ts', 'two faces that do not know each other'],
  ['webview/run/a.ts', toolkit, 'The toolkit is imported in webview/ui only'],
  ['webview/run/b.ts', `${toolkit}/dist/button/index.js`, 'The toolkit is imported in webview/ui only'],
  ['webview/run/c.ts', '../../src/postgres/x.ts', 'A webview imports the protocol and the core only'],
  ['webview/ui/d.ts', 'node:fs', 'A webview has the protocol and the core'],
];

const allowed: readonly (readonly [file: string, specifier: string])[] = [
  ['src/core/migrations/ok.ts', '../outcome.ts'],
  ['src/protocol/ok.ts', 'zod/mini'],
  ['src/protocol/ok-core.ts', '../core/outcome.ts'],
  ['src/postgres/ok.ts', 'pg'],
  ['src/frameworks/tool/ok.ts', '../../core/outcome.ts'],
  ['src/frameworks/ok.ts', 'node:path'],
  ['src/editor/ok.ts', 'vscode'],
  ['src/editor/tree/ok.ts', '../../postgres/x.ts'],
  ['src/cli/ok.ts', '../postgres/x.ts'],
  ['webview/ui/ok.ts', toolkit],
  ['webview/run/ok.ts', '../../src/protocol/x.ts'],
];

describe('the linter', () => {
  let miniature: Miniature;
  let said: ReadonlyMap<string, string>;
  beforeAll(() => {
    miniature = createMiniature();
    for (const [file, specifier] of [...forbidden, ...allowed])
      miniature.plant(file, `import * as planted from '${specifier}';\nexport const used = planted;\n`);
    said = miniature.lint();
  });
  afterAll(() => miniature.remove());

  it.each(forbidden)('stops %s importing %s', (file, _specifier, says) => {
    expect(said.get(file)).toContain(says);
  });

  it.each(allowed)('lets %s import %s', file => {
    expect(said.get(file) ?? '').not.toMatch(/pattern|layer|import/i);
  });
});

describe('the compiler', () => {
  let miniature: Miniature;
  beforeAll(() => {
    miniature = createMiniature();
    for (const project of ['core', 'postgres', 'connections'])
      miniature.plant(`src/${project}/good.ts`, `export const name: string = '${project}';\n`);
  });
  afterAll(() => miniature.remove());

  it('follows the references a project has', () => {
    miniature.plant('src/postgres/planted.ts', `export {name as core} from '../core/good.ts';\n`);
    expect(miniature.compile('src/postgres')).toBe('');
  });

  it.each([
    ['src/core', '../postgres/good.ts'],
    ['src/postgres', '../connections/good.ts'],
  ])('stops %s importing %s, which it does not refer to', (project, specifier) => {
    miniature.plant(`${project}/planted.ts`, `export {name as other} from '${specifier}';\n`);
    expect(miniature.compile(project)).toMatch(/planted\.ts.*TS6307/);
    miniature.plant(`${project}/planted.ts`, '');
  });

  it('stops the core importing Node, whose types it does not have', () => {
    miniature.plant('src/core/planted.ts', `export {readFile} from 'node:fs';\n`);
    expect(miniature.compile('src/core')).toMatch(/planted\.ts.*TS2591/);
    miniature.plant('src/core/planted.ts', '');
  });
});
