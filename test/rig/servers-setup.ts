import type {TestProject} from 'vitest/node';
import {majors, startServer, type Major} from './servers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A running server for each major version. */
    readonly servers: readonly {readonly major: Major; readonly port: number}[];
  }
}

let running:
  | Promise<readonly {readonly major: Major; readonly port: number; stop(): Promise<void>}[]>
  | undefined;
let users = 0;

/** Starts one server for each major version, once for all projects of a run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  users += 1;
  running ??= Promise.all(majors.map(major => startServer(major)));
  const started = await running;
  project.provide(
    'servers',
    started.map(({major, port}) => ({major, port})),
  );
  return async () => {
    users -= 1;
    if (users === 0) await Promise.all(started.map(server => server.stop()));
  };
}
