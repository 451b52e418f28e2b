import {dirname} from 'node:path';
import type {ConnectionDefaults} from '../core/connections/parsed.ts';
import type {Files} from '../core/files.ts';
import {connectionsOfAlembic} from './alembic.ts';
import {connectionsOfCompose, overridesOf, isOverride, type ComposeResult} from './compose.ts';
import {reachContainer} from './containers.ts';
import {connectionsOfVariables, isDotenvName} from './dotenv.ts';
import type {FoundConnection} from './found.ts';
import {connectionsOfPassfile, connectionsOfServices} from './home-connections.ts';
import {defaultsFrom} from './defaults.ts';
import {readPassfile, readServiceFiles} from './home-files.ts';
import type {Machine} from './machine.ts';
import {readSources, type SourceTexts} from './source-files.ts';
import {uniqueConnections} from './unique.ts';
import {parseVariables} from './variables.ts';

const dotenvGlobs = ['**/.env', '**/.env.*'];
const alembicGlobs = ['**/alembic.ini'];
const composeGlobs = [
  '**/compose*.yml',
  '**/compose*.yaml',
  '**/docker-compose*.yml',
  '**/docker-compose*.yaml',
];

/**
 * Looks for connections where teams keep them, and connects to nothing: dotenv files, Compose files, `alembic.ini`,
 * and libpq's own files in the home directory. Addresses of other databases are left out; what is meant for
 * PostgreSQL and cannot be used is a problem that says why.
 *
 * Templates such as `.env.example` are not read: their values are made up.
 *
 * @returns in the order of the sources above, files near the top of a folder first; the same server, database and
 *   user once
 */
export async function discoverConnections(
  files: Files,
  machine: Machine,
): Promise<readonly FoundConnection[]> {
  const [dotenvFiles, composeFiles, alembicFiles, serviceFiles, passfile] = await Promise.all([
    readSources(files, dotenvGlobs, isDotenvName),
    readSources(files, composeGlobs),
    readSources(files, alembicGlobs),
    readServiceFiles(machine),
    readPassfile(machine),
  ]);
  const defaults = defaultsFrom(machine, serviceFiles);
  const compose = await fromCompose(composeFiles, machine, defaults);
  const written = [
    ...(await fromDotenv(dotenvFiles, compose, machine, defaults)),
    ...compose.items,
    ...alembicFiles.problems,
    ...alembicFiles.texts.flatMap(({file, text}) => connectionsOfAlembic(file, text, defaults)),
  ];
  return uniqueConnections([
    ...written.map(item => reachContainer(item, compose.containers, machine)),
    ...connectionsOfServices(serviceFiles, defaults),
    ...connectionsOfPassfile(passfile, defaults),
  ]);
}

async function fromCompose(
  files: SourceTexts,
  machine: Machine,
  defaults: ConnectionDefaults,
): Promise<ComposeResult> {
  const bases = files.texts.filter(text => !isOverride(text, files.texts));
  const results = await Promise.all(
    bases.map(base => connectionsOfCompose(base, overridesOf(base, files.texts), machine, defaults)),
  );
  return {
    items: [...files.problems, ...results.flatMap(({items}) => items)],
    containers: results.flatMap(({containers}) => containers),
  };
}

async function fromDotenv(
  files: SourceTexts,
  compose: ComposeResult,
  machine: Machine,
  defaults: ConnectionDefaults,
): Promise<readonly FoundConnection[]> {
  // POSTGRES_DB without a host beside a Compose file makes the container, and is found there with its port.
  const directories = new Set(compose.items.map(item => dirname(pathOf(item))));
  const found = await Promise.all(
    files.texts.map(async ({file, text}) => {
      const variables = await parseVariables(text, machine.env);
      return connectionsOfVariables(file, variables, defaults).flatMap(({item, isHostless}) =>
        isHostless && directories.has(dirname(file.path)) ? [] : [item],
      );
    }),
  );
  return [...files.problems, ...found.flat()];
}

function pathOf(item: FoundConnection): string {
  const source = item.kind === 'found' ? item.connection.source : item.source;
  return source.kind === 'file' ? source.path : '';
}
