import {startServer} from '../rig/servers.ts';
import {measureActivation} from './activation.ts';
import {measureFrameworks} from './frameworks/frameworks.ts';
import {measureHealth} from './health.ts';
import {measureIndexPage} from './index-page.ts';
import {measureLargeSchemas} from './large-schema.ts';
import {measureLint} from './lint.ts';
import {measureLintWorkspace} from './lint-workspace.ts';
import {measurePackage} from './package-size.ts';
import {measurePlans} from './plans.ts';
import {measureReplay} from './rehearse.ts';
import {measureSchemas} from './schema.ts';
import {printTable, type Figure} from './figure.ts';

/** Measures what users feel and prints one table. These are figures, not tests: nothing here fails. */
async function main(): Promise<void> {
  const figures: Figure[] = [...(await measurePackage())];
  const server = await startServer(17);
  try {
    figures.push(...(await measureLargeSchemas(server)), ...(await measureFrameworks(server)));
    figures.push(...(await measureHealth(server)));
  } finally {
    await server.stop();
  }
  figures.push(...(await measureSchemas()), ...(await measureReplay()));
  figures.push(...(await measureLint()), ...(await measureLintWorkspace()));
  figures.push(...(await measureIndexPage()), ...(await measurePlans()), ...(await measureActivation()));
  printTable(figures);
}

await main();
