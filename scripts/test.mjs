// `npm test`: everything that must hold, on a machine that has nothing but Node. Arguments go to vitest.
import {setup} from './setup.mjs';
import {runStages} from './stages.mjs';

await runStages({
  prepare: () => setup({vscode: true, tests: true}),
  stages: [
    {what: 'Building', command: ['npm', 'run', '--silent', 'build'], quiet: true},
    {
      what: 'Checking types, rules, format and unused code',
      command: ['npm', 'run', '--silent', 'check'],
      quiet: true,
    },
    {what: 'Packaging', command: ['npm', 'run', '--silent', 'package'], quiet: true},
    {what: 'Checking sizes', command: ['npm', 'run', '--silent', 'size'], quiet: true},
    {what: 'Testing', command: ['vitest', 'run', ...process.argv.slice(2)]},
  ],
  // The tests print this line themselves; whoever reads it must also find it when a stage before them fails.
  whenStopped: '0 passed, 1 failed',
});
