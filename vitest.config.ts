import {defineConfig} from 'vitest/config';
import {temporaryFolder} from './test/rig/temporary-folder.ts';

// Before the processes of the tests are started, which have it from here.
process.env['TMPDIR'] = temporaryFolder();

// A process for each file would cost a fifth of the time of the tests: starting it, and loading the same modules.
const shared = {isolate: false};
const servers = {
  globalSetup: ['test/rig/servers-setup.ts'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    // They wait for servers and browsers more than they compute.
    maxWorkers: 3,
    reporters: ['default', './test/rig/closing-line.ts'],
    projects: [
      {test: {name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 30_000, ...shared}},
      {test: {name: 'postgres', include: ['test/postgres/**/*.test.ts'], ...servers, ...shared}},
      {test: {name: 'contract', include: ['test/contract/**/*.test.ts'], ...servers, ...shared}},
      {
        test: {
          name: 'schema',
          include: ['test/schema/**/*.test.ts'],
          ...servers,
          ...shared,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'embedded',
          include: ['test/embedded/**/*.test.ts'],
          ...shared,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'webview',
          include: ['test/webview/**/*.test.ts'],
          ...shared,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'cli',
          include: ['test/cli/**/*.test.ts'],
          ...servers,
          ...shared,
          globalSetup: [...servers.globalSetup, 'test/cli/built-setup.ts'],
        },
      },
      {
        test: {
          name: 'editor',
          include: ['test/editor/**/*.test.ts'],
          ...servers,
          testTimeout: 180_000,
          hookTimeout: 300_000,
          // An editor shows after seconds what a busy machine does late.
          expect: {poll: {timeout: 30_000}},
          // Each has a VS Code, a browser and servers of its own, and people’s patience: after all others, and one for each core.
          sequence: {groupOrder: 1},
          maxWorkers: 2,
        },
      },
    ],
  },
});
