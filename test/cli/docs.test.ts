import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {exitCodeMeanings} from '../../src/cli/exit-codes.ts';
import {documents, type DocumentName} from '../../src/cli/json.ts';
import {useCli} from './repository.ts';

const text = readFileSync(join(import.meta.dirname, '../../docs/cli.md'), 'utf8');
const names = Object.keys(documents).filter((name): name is DocumentName => name in documents);
const {cli} = useCli();

function example(name: string): Record<string, unknown> {
  const [, json = ''] = new RegExp(`\`\`\`json ${name}\\n([^]*?)\`\`\``).exec(text) ?? [];
  const parsed: unknown = JSON.parse(json);
  return {...Object(parsed)};
}

/** Parts that are documented once, with `status`, and the documents whose examples leave them out. */
const leaves: Readonly<Record<string, readonly string[]>> = {
  connection: ['plan', 'run', 'force', 'repair', 'explain', 'baseline', 'convert'],
  server: ['plan', 'run', 'force', 'repair', 'explain', 'baseline', 'convert'],
  project: ['plan', 'run', 'rollout', 'force', 'repair', 'rehearse', 'baseline', 'convert', 'squash'],
};

it.each(names)('the documented shape of %s is the real one', name => {
  const {connection, server, project} = example('status');
  const shared = {connection, server, project};
  const leftOut = Object.fromEntries(Object.entries(shared).filter(([key]) => leaves[key]?.includes(name)));
  const document = {...leftOut, ...example(name)};
  expect(documents[name].parse(document)).toEqual(document);
});

it('documents each exit code in the words of --help', () => {
  const rows = [...text.matchAll(/^\| (\d+) +\| (.*?) +\|$/gmu)].map(([, code, meaning]) => [
    Number(code),
    meaning,
  ]);
  expect(rows).toEqual(exitCodeMeanings);
});

it('documents each command and each option', async () => {
  const cwd = import.meta.dirname;
  const {stdout} = await cli().run(['--help'], {cwd});
  const commands = [...stdout.matchAll(/^ {2}([a-z]+) .*[<[]/gmu)].map(([, name = '']) => name);
  const real = commands.filter(name => name !== 'help');
  expect(real).toEqual([
    'connections',
    'status',
    'create',
    'plan',
    'up',
    'down',
    'rollout',
    'force',
    'repair',
    'explain',
    'rehearse',
    'drift',
    'baseline',
    'convert',
    'squash',
    'lint',
    'health',
  ]);
  for (const name of real) {
    expect(text).toMatch(new RegExp(`^\\| \`${name}`, 'm'));
    const help = await cli().run([name, '--help'], {cwd});
    const options = [...help.stdout.matchAll(/(--[a-z-]+)/gu)].map(([, option = '']) => option);
    for (const option of options) expect(text).toContain(option);
    expect(help.stdout).toContain('Examples:');
  }
});
