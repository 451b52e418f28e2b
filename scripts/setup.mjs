// Runs on any Node from 20 with nothing installed: only Node's own modules, no TypeScript.
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {delimiter, dirname, join} from 'node:path';
import {pathToFileURL} from 'node:url';

export const root = dirname(import.meta.dirname);

/** The Node that all tools of the project run on; the machine's own may be older. */
export const node24 = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');

const vscodeVersion = '4.139.1';
const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'howdah');
const vscodeHome = join(cache, `vscode-${vscodeVersion}`);
const serverInside = 'node_modules/code-server/lib/vscode';
const builtInside = 'node_modules/@vscode/spdlog/build/Release/spdlog.node';

/** The real VS Code server, kept outside of the checkout so that every checkout of this user shares it. */
export const vscodeServer = join(vscodeHome, serverInside);

/** A step that cannot go on; the message says what to do. */
export class SetupError extends Error {}

/**
 * @typedef {object} Need
 * @property {string} debian the package that brings it
 * @property {readonly string[]} anyOf commands, or absolute paths, of which one is enough
 */

/** @type {readonly Need[]} */
const toBuildVsCode = [
  {debian: 'python3', anyOf: ['python3']},
  {debian: 'make', anyOf: ['make']},
  {debian: 'g++', anyOf: ['g++']},
  {debian: 'git', anyOf: ['git']},
];

/** @type {readonly Need[]} */
const toTest = [
  {debian: 'git', anyOf: ['git']},
  {debian: 'chromium-headless-shell', anyOf: ['/usr/bin/chromium-headless-shell']},
  {debian: 'fonts-dejavu-core', anyOf: ['/usr/share/fonts/truetype']},
  {debian: 'pgbouncer', anyOf: ['pgbouncer', '/usr/sbin/pgbouncer']},
  {debian: 'postgresql-client', anyOf: ['psql']},
  {debian: 'alembic', anyOf: ['alembic']},
  {debian: 'python3-psycopg2', anyOf: ['/usr/lib/python3/dist-packages/psycopg2']},
  {debian: 'postgresql-15', anyOf: ['/usr/lib/postgresql/15/bin/postgres']},
  {debian: 'postgresql-15-hypopg', anyOf: ['/usr/lib/postgresql/15/lib/hypopg.so']},
];

/**
 * Brings everything that a run needs; what is there already is left alone, so a second call takes milliseconds.
 * @param {{readonly vscode: boolean, readonly tests: boolean}} wanted
 */
export function setup(wanted) {
  installDependencies();
  const build = wanted.vscode && !isVsCodeReady(vscodeServer);
  installFromDebian([...(build ? toBuildVsCode : []), ...(wanted.tests ? toTest : [])]);
  if (build) installVsCode();
}

/** Says in one line what is being done now. @param {string} what */
export function step(what) {
  process.stdout.write(`· ${what}\n`);
}

/** The environment in which the project's Node and its tools come first. */
export function toolEnvironment() {
  const path = [dirname(node24), join(root, 'node_modules/.bin'), process.env['PATH'] ?? ''];
  return {...process.env, PATH: path.join(delimiter)};
}

function installDependencies() {
  const unfinished = join(root, 'node_modules/.unfinished');
  if (!existsSync(unfinished) && dependenciesAreInstalled()) return;
  step('Installing the npm dependencies');
  const flags = ['--no-audit', '--no-fund', '--loglevel=error'];
  const otherwise = 'Check that the npm registry can be reached (npm ping), then run the command again.';
  // The scripts of the dependencies run afterwards, without the project's own, which would build it.
  quietly('npm', ['ci', '--ignore-scripts', ...flags], {otherwise});
  writeFileSync(unfinished, '');
  quietly('npm', ['rebuild', ...flags], {otherwise});
  rmSync(unfinished);
}

/**
 * Compares what is installed with package-lock.json by content: modification times tell nothing after a checkout,
 * and an `npm install` writes both files at almost the same moment.
 */
function dependenciesAreInstalled() {
  const installed = packagesOf(join(root, 'node_modules/.package-lock.json'));
  const wanted = packagesOf(join(root, 'package-lock.json'));
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || installed[path]?.version === entry.version,
  );
}

/**
 * @param {string} lockfile
 * @returns {Record<string, {version?: string, optional?: boolean}>}
 */
function packagesOf(lockfile) {
  return existsSync(lockfile) ? JSON.parse(readFileSync(lockfile, 'utf8')).packages : {};
}

/** @param {readonly Need[]} needs */
function installFromDebian(needs) {
  const missing = [...new Set(needs.filter(need => !isPresent(need)).map(need => need.debian))];
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  const asRoot = rootPrefix();
  if (!isCommand('apt-get') || asRoot === undefined)
    throw new SetupError(`Missing on this machine: ${missing.join(', ')}.\nInstall with: sudo ${command}`);
  step(`Installing from Debian: ${missing.join(', ')}`);
  const options = {otherwise: `Install by hand: sudo apt-get update && sudo ${command}`};
  const apt = [
    ...asRoot,
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    '-qq',
    '-o',
    'DPkg::Lock::Timeout=300',
  ];
  quietly('env', [...apt, 'update'], options);
  quietly('env', [...apt, 'install', '-y', '--no-install-recommends', ...missing], options);
}

/** @returns {readonly string[] | undefined} what to put before `NAME=value command` so that root runs it */
function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n', 'env'] : undefined;
}

/** @param {Need} need */
function isPresent(need) {
  return need.anyOf.some(one => (one.startsWith('/') ? existsSync(one) : isCommand(one)));
}

/** @param {string} name */
function isCommand(name) {
  return (process.env['PATH'] ?? '').split(delimiter).some(folder => existsSync(join(folder, name)));
}

/** @param {string} server */
function isVsCodeReady(server) {
  return existsSync(join(server, 'out/server-main.js')) && existsSync(join(server, builtInside));
}

/** Builds in a folder of its own and renames at the end: who sees the folder sees a complete server. */
function installVsCode() {
  step(`Installing the real VS Code server ${vscodeVersion} (once, about a minute)`);
  const building = `${vscodeHome}.${process.pid}.partial`;
  const server = join(building, serverInside);
  const otherwise = 'Check that the npm registry can be reached (npm ping), then run the command again.';
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  try {
    mkdirSync(building, {recursive: true});
    writeFileSync(join(building, 'package.json'), '{"private": true}\n');
    quietly('npm', ['install', `code-server@${vscodeVersion}`, '--ignore-scripts', ...quiet], {
      cwd: building,
      otherwise,
    });
    quietly('npm', ['install', '--omit=dev', '--ignore-scripts', ...quiet], {cwd: server, otherwise});
    quietly('npm', ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog', '--loglevel=error'], {
      cwd: server,
      env: nodeHeaders(),
      otherwise: 'Two small C++ modules did not compile: check python3, make and g++.',
    });
    if (!isVsCodeReady(server)) throw new SetupError(`The VS Code server in ${server} is not complete.`);
    publish(building);
  } finally {
    rmSync(building, {recursive: true, force: true});
  }
}

/** @param {string} building */
function publish(building) {
  try {
    if (!isVsCodeReady(vscodeServer)) rmSync(vscodeHome, {recursive: true, force: true});
    renameSync(building, vscodeHome);
  } catch (error) {
    // Another run was faster; its server is the same.
    if (!isVsCodeReady(vscodeServer)) throw error;
  }
}

/**
 * The npm package of Node has no C headers, and node-gyp would download them. Both modules use Node-API, whose
 * headers fit every Node, so those of the machine's own Node do.
 */
function nodeHeaders() {
  const bins = (process.env['PATH'] ?? '').split(delimiter);
  const prefix = [...bins.map(dirname), '/usr', '/usr/local'].find(candidate =>
    existsSync(join(candidate, 'include/node/node_api.h')),
  );
  return prefix === undefined ? {} : {npm_config_nodedir: prefix};
}

/**
 * Runs a command without showing its output, unless it fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{readonly cwd?: string, readonly env?: Record<string, string>, readonly otherwise: string}} options
 */
function quietly(command, args, {cwd = root, env = {}, otherwise}) {
  const {status, stdout, stderr, error} = spawnSync(command, args, {
    cwd,
    env: {...toolEnvironment(), ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  const output = error ? error.message : `${stdout}${stderr}`.trim().split('\n').slice(-40).join('\n');
  throw new SetupError(`${command} ${args.join(' ')} failed in ${cwd}\n${output}\n${otherwise}`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    setup({vscode: true, tests: true});
    step('Everything is installed');
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}
