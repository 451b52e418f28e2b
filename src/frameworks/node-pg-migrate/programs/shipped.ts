import {fileURLToPath} from 'node:url';

/** @returns the program that runs migrations in JavaScript and TypeScript, which is shipped beside the bundle */
export function shippedRunner(): string {
  return fileURLToPath(new URL('node-pg-migrate/runner.mjs', import.meta.url));
}
