// `npm start`: from a fresh checkout to VS Code with Howdah and a sample shop in it, on nothing but Node.
import {spawnSync} from 'node:child_process';
import {node24, setup} from './setup.mjs';
import {runStages} from './stages.mjs';

const desktop = hasDesktop();

await runStages({
  prepare: () => setup({vscode: !desktop, tests: false}),
  stages: [
    {what: 'Building', command: ['npm', 'run', '--silent', 'build'], quiet: true},
    {what: 'Packaging', command: ['npm', 'run', '--silent', 'package'], quiet: true},
    {
      what: 'Starting the sample shop and VS Code',
      command: [node24, 'scripts/open.ts', desktop ? 'desktop' : 'browser'],
      stays: true,
    },
  ],
});

/** `code --version` also fails where `code` is there but will not start, as for root. */
function hasDesktop() {
  if (process.env['HOWDAH_BROWSER'] === '1') return false;
  return spawnSync('code', ['--version'], {shell: process.platform === 'win32'}).status === 0;
}
